import { forwardRef, useImperativeHandle, useRef } from 'react'

export interface EditorHandle {
  insert(name: string): void
  goTo(place: number): void
}

interface SqlEditorProps {
  readonly id: string
  readonly describedBy: string
  readonly value: string
  /** Where the statement cannot be understood. */
  readonly faultAt: number | undefined
  readonly onChange: (value: string) => void
  readonly onRun: () => void
}

/** A plain area with numbered lines: what is typed and undone there is the browser's own. */
export const SqlEditor = forwardRef<EditorHandle, SqlEditorProps>(
  function SqlEditor(props, handle) {
    const { id, describedBy, value, faultAt, onChange, onRun } = props
    const area = useRef<HTMLTextAreaElement>(null)
    const numbers = useRef<HTMLOListElement>(null)
    useImperativeHandle(handle, () => ({
      insert(name) {
        area.current?.focus()
        // The only way that the browser's own undo goes on knowing of.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        document.execCommand('insertText', false, name)
      },
      goTo(place) {
        const end = /^(["`]).*?\1|^[\p{L}\p{N}_]+/u.exec(value.slice(place))?.[0].length ?? 1
        area.current?.focus()
        area.current?.setSelectionRange(place, Math.min(value.length, place + end))
      },
    }))
    const faulty = faultAt === undefined ? -1 : value.slice(0, faultAt).split('\n').length - 1
    return (
      <div className="sql-editor" data-faulty={faulty >= 0}>
        <ol ref={numbers} aria-hidden>
          {value.split('\n').map((_, line) => (
            <li key={line} data-fault={line === faulty}>
              {line + 1}
            </li>
          ))}
        </ol>
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
          onChange={(event) => onChange(event.target.value)}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            onRun()
          }}
        />
      </div>
    )
  },
)
