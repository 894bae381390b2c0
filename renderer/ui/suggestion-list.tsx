import type { ReactNode } from 'react'
import { useText } from './use-text.ts'

/** What could come next, and the one that would be taken. */
export interface Listing<C> {
  readonly completion: C
  readonly at: number
}

interface Completion<S> {
  readonly suggestions: readonly S[]
}

/** Arrows choose, Enter or Tab takes, Escape closes; true when the key was one of these. */
export function steerList<S, C extends Completion<S>>(
  event: React.KeyboardEvent,
  list: Listing<C>,
  setList: (list: Listing<C> | null) => void,
  take: (suggestion: S | undefined) => void,
): boolean {
  const { suggestions } = list.completion
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step !== undefined) {
    setList({ ...list, at: (list.at + step + suggestions.length) % suggestions.length })
  } else if (event.key === 'Enter' || event.key === 'Tab') take(suggestions[list.at])
  else if (event.key === 'Escape') setList(null)
  else return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

interface SuggestionListProps<S> {
  /** Begins the ids of the list and its lines. */
  readonly own: string
  readonly list: Listing<Completion<S>>
  readonly keyOf: (suggestion: S) => string
  readonly line: (suggestion: S) => ReactNode
  readonly onTake: (suggestion: S) => void
}

export function SuggestionList<S>({ own, list, keyOf, line, onTake }: SuggestionListProps<S>) {
  const text = useText()
  return (
    <ul
      id={`${own}-list`}
      role="listbox"
      aria-label={text('recipe.form.suggestions')}
      className="formula-list"
    >
      {list.completion.suggestions.map((one, index) => (
        <li
          key={keyOf(one)}
          id={`${own}-${index}`}
          role="option"
          aria-selected={index === list.at}
          ref={(node) => {
            if (index === list.at) node?.scrollIntoView({ block: 'nearest' })
          }}
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(one)
          }}
        >
          {line(one)}
        </li>
      ))}
    </ul>
  )
}
