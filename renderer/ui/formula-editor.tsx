import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { Span } from '../../shared/expression/tree.ts'
import type { Text } from '../../shared/text/messages.ts'
import { fieldIcon } from './field-words.ts'
import { Icon } from './icon.tsx'
import { useLanguage, useText } from './use-text.ts'
import type { Completion, FormulaWords, Suggestion } from './complete-formula.ts'
import { completed, completionAt } from './complete-formula.ts'
import type { Listing } from './suggestion-list.tsx'
import { steerList, SuggestionList } from './suggestion-list.tsx'
import './formula-editor.css'

interface FormulaEditorProps {
  readonly formula: string
  readonly words: FormulaWords
  /** Marked under the text. */
  readonly fault: Span | undefined
  /** The element that says what is wrong or what the formula means. */
  readonly describedBy: string
  readonly onChange: (formula: string) => void
}

/** A formula with what could come next: arrows choose, Enter or Tab takes, Escape closes, Ctrl+Space asks. */
export function FormulaEditor(props: FormulaEditorProps) {
  const { formula, words, fault, describedBy, onChange } = props
  const text = useText()
  const language = useLanguage()
  const own = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const caret = useRef<number | null>(null)
  const [list, setList] = useState<Listing<Completion> | null>(null)
  useLayoutEffect(() => {
    if (caret.current === null) return
    area.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const offer = (written: string, place: number, asked: boolean): void => {
    const completion = completionAt(written, place, words, language, asked)
    setList(completion ? { completion, at: 0 } : null)
  }
  const take = (suggestion: Suggestion | undefined): void => {
    if (!list || !suggestion) return
    const next = completed(formula, list.completion, suggestion)
    caret.current = next.caret
    setList(null)
    onChange(next.formula)
  }
  const onKey = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault()
      offer(formula, event.currentTarget.selectionStart, true)
      return
    }
    if (!list) return
    steerList(event, list, setList, take)
  }
  return (
    <div className="formula-editor">
      <Underlined formula={formula} fault={fault} />
      <textarea
        ref={area}
        rows={3}
        spellCheck={false}
        aria-label={text('recipe.form.formula')}
        aria-autocomplete="list"
        aria-controls={list ? `${own}-list` : undefined}
        aria-activedescendant={list ? `${own}-${list.at}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={fault !== undefined}
        maxLength={10_000}
        value={formula}
        onChange={({ target }) => {
          onChange(target.value)
          offer(target.value, target.selectionStart, false)
        }}
        onKeyDown={onKey}
        onBlur={() => setList(null)}
      />
      {list && (
        <SuggestionList
          own={own}
          list={list}
          keyOf={({ kind, name }) => `${kind} ${name}`}
          line={(one) => <SuggestionLine suggestion={one} text={text} />}
          onTake={take}
        />
      )}
    </div>
  )
}

interface LineProps {
  readonly suggestion: Suggestion
  readonly text: Text
}

function SuggestionLine({ suggestion, text }: LineProps) {
  if (suggestion.kind === 'field') {
    return (
      <>
        <Icon name={fieldIcon(suggestion.field)} size={13} />
        <span>{suggestion.name}</span>
        <small>{text(`type.${suggestion.field.type}`)}</small>
      </>
    )
  }
  if (suggestion.kind === 'parameter') {
    return (
      <>
        <Icon name="parameter" size={13} />
        <span>@{suggestion.name}</span>
        <small>{text(`parameter.type.${suggestion.type}`)}</small>
      </>
    )
  }
  const { entry, name } = suggestion
  const places = [...entry.parameters, ...(entry.repeated ?? []), ...(entry.last ? [entry.last] : [])] // prettier-ignore
  const args = places.map((place) => text(`formula.arg.${place.name}`)).join(', ')
  return (
    <>
      <b aria-hidden="true">ƒ</b>
      <span>
        {name}({args})
      </span>
      <small>{text(`formula.about.${entry.id}`)}</small>
    </>
  )
}

/** The same text behind the field, of which only the mark is seen. */
function Underlined({ formula, fault }: Pick<FormulaEditorProps, 'formula' | 'fault'>) {
  if (!fault) return null
  const [from, to] = [fault.from, Math.max(fault.to, fault.from + 1)]
  return (
    <div className="formula-marks" aria-hidden="true">
      {formula.slice(0, from)}
      <mark>{formula.slice(from, to) || ' '}</mark>
      {formula.slice(to)}
    </div>
  )
}
