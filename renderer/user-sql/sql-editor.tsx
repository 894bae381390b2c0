import { forwardRef, useId, useImperativeHandle, useRef, useState } from 'react'
import { fieldIcon } from '../ui/field-words.ts'
import '../ui/formula-editor.css'
import { Icon } from '../ui/icon.tsx'
import type { Listing } from '../ui/suggestion-list.tsx'
import { steerList, SuggestionList } from '../ui/suggestion-list.tsx'
import { useText } from '../ui/use-text.ts'
import type { SqlCompletion, SqlNames, SqlSuggestion } from './complete-sql.ts'
import { paintedSql, sqlCompletionAt } from './complete-sql.ts'

export interface EditorHandle {
  insert(name: string): void
  goTo(place: number): void
}

interface SqlEditorProps {
  readonly id: string
  readonly describedBy: string
  readonly value: string
  /** What the statement can name. */
  readonly names: SqlNames
  /** Where the statement cannot be understood. */
  readonly faultAt: number | undefined
  readonly onChange: (value: string) => void
  readonly onRun: () => void
}

/** An area with numbered lines, colors and completion: what is typed, taken and undone there is the browser's own. */
export const SqlEditor = forwardRef<EditorHandle, SqlEditorProps>(
  function SqlEditor(props, handle) {
    const { id, describedBy, value, names, faultAt, onChange, onRun } = props
    const own = useId()
    const [list, setList] = useState<Listing<SqlCompletion> | null>(null)
    const colors = useRef<HTMLPreElement>(null)
    const area = useRef<HTMLTextAreaElement>(null)
    const numbers = useRef<HTMLOListElement>(null)
    useImperativeHandle(handle, () => ({
      insert: (name) => type(area.current, name),
      goTo(place) {
        const end = /^(["`]).*?\1|^[\p{L}\p{N}_]+/u.exec(value.slice(place))?.[0].length ?? 1
        area.current?.focus()
        area.current?.setSelectionRange(place, Math.min(value.length, place + end))
      },
    }))
    const faulty = faultAt === undefined ? -1 : value.slice(0, faultAt).split('\n').length - 1
    const offer = (written: string, caret: number, asked: boolean): void => {
      const completion = sqlCompletionAt(written, caret, names, asked)
      setList(completion ? { completion, at: 0 } : null)
    }
    const take = (suggestion: SqlSuggestion | undefined): void => {
      if (!list || !suggestion) return
      area.current?.setSelectionRange(list.completion.from, list.completion.to)
      type(area.current, suggestion.written)
      setList(null)
    }
    const onKey = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        setList(null)
        onRun()
      } else if (event.key === ' ' && event.ctrlKey) {
        event.preventDefault()
        offer(value, event.currentTarget.selectionEnd, true)
      } else if (list) steerList(event, list, setList, take)
    }
    return (
      <div className="sql-editor" data-faulty={faulty >= 0}>
        <ol ref={numbers} aria-hidden>
          {value.split('\n').map((_, line) => (
            <li key={line} data-fault={line === faulty}>
              {line + 1}
            </li>
          ))}
        </ol>
        <div className="sql-area">
          <pre ref={colors} aria-hidden>
            {paintedSql(value, names.kind).map(({ text, paint }, at) => (
              <span key={at} data-paint={paint}>
                {text}
              </span>
            ))}
            {'\n'}
          </pre>
          <textarea
            ref={area}
            id={id}
            rows={9}
            wrap="off"
            spellCheck={false}
            autoComplete="off"
            maxLength={100_000}
            aria-describedby={describedBy}
            aria-invalid={faulty >= 0}
            value={value}
            aria-autocomplete="list"
            aria-controls={list ? `${own}-list` : undefined}
            aria-activedescendant={list ? `${own}-${list.at}` : undefined}
            onChange={({ target }) => {
              onChange(target.value)
              offer(target.value, target.selectionStart, false)
            }}
            onBlur={() => setList(null)}
            onScroll={({ currentTarget: { scrollTop, scrollLeft } }) => {
              if (numbers.current) numbers.current.scrollTop = scrollTop
              if (colors.current) Object.assign(colors.current, { scrollTop, scrollLeft })
            }}
            onKeyDown={onKey}
          />
          {list && (
            <SuggestionList
              own={own}
              list={list}
              keyOf={(one) => `${one.kind} ${one.kind === 'field' ? one.table : ''} ${one.name}`}
              line={(one) => <SuggestionLine suggestion={one} />}
              onTake={take}
            />
          )}
        </div>
      </div>
    )
  },
)

/** The only way that the browser's own undo goes on knowing of. */
function type(area: HTMLTextAreaElement | null, text: string): void {
  area?.focus()
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('insertText', false, text)
}

function SuggestionLine({ suggestion: one }: { readonly suggestion: SqlSuggestion }) {
  const text = useText()
  if (one.kind === 'parameter') {
    return (
      <>
        <Icon name="parameter" size={13} />
        <span>{one.written}</span>
        <small>{text(`parameter.type.${one.type}`)}</small>
      </>
    )
  }
  return (
    <>
      <Icon name={one.kind === 'table' ? 'table' : fieldIcon(one.field)} size={13} />
      <span>{one.name}</span>
      <small>
        {one.kind === 'table' ? text('sql.table') : text('sql.columnOf', { table: one.table })}
      </small>
    </>
  )
}
