import { useEffect } from 'react'
import { useApp, useShell } from '../state/app-context.ts'
import type { Note } from '../state/shell-store.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'

const staysMs = { info: 4000, success: 2500, error: 12_000 }
const icons = { info: 'more', success: 'check', error: 'warning' } as const

function NoteLine({ note }: { readonly note: Note }) {
  const { shell } = useApp()
  const text = useText()
  useEffect(() => {
    const timer = setTimeout(() => shell.dismiss(note.id), staysMs[note.tone])
    return () => clearTimeout(timer)
  }, [shell, note])
  const cause = note.error?.causeId
  return (
    <li className="note" data-tone={note.tone}>
      <Icon name={icons[note.tone]} />
      <span className="selectable" role={note.tone === 'error' ? 'alert' : 'status'}>
        {text(note.text.key, note.text.values)}
        {cause !== undefined && <small>{text('app.moreDetails', { id: cause })}</small>}
      </span>
      <IconButton
        icon="close"
        small
        label={text('app.dismiss')}
        onClick={() => shell.dismiss(note.id)}
      />
    </li>
  )
}

/** Short messages in a corner, and a line across the top while the engine is away. */
export function Notes() {
  const notes = useShell((shell) => shell.notes)
  const connection = useShell((shell) => shell.connection)
  const text = useText()
  return (
    <>
      {(connection === 'lost' || connection === 'gone' || connection === 'refused') && (
        <div className="connection-line" role="alert">
          {text(`app.${connection}`)}
        </div>
      )}
      <section aria-label={text('app.notes')}>
        <ul className="notes">
          {notes.map((note) => (
            <NoteLine key={note.id} note={note} />
          ))}
        </ul>
      </section>
    </>
  )
}
