import { useEffect, useRef } from 'react'
import { useApp, useSession } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { useText } from '../ui/use-text.ts'
import './blocks.css'

/** Plain text, written in place: leaving keeps it as one undo step, Escape takes it back. */
export function TextContent({ block }: BlockContentProps<'text'>) {
  const app = useApp()
  const text = useText()
  const editing = useSession((session) => session.editing === block.id)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (editing) field.current?.focus()
  }, [editing])
  const stop = (keep: boolean): void => {
    const next = field.current?.value ?? block.text
    app.session.setState({ editing: null })
    if (keep && next !== block.text)
      tryCommand(app, {
        name: 'block.configure',
        args: { block: block.id, settings: { text: next } },
      })
  }
  const look = { 'data-size': block.style.size, 'data-tone': block.style.tone }
  const style = { textAlign: block.style.align, fontWeight: block.style.bold ? 700 : undefined }
  if (editing) {
    return (
      <textarea
        ref={field}
        className="text-content"
        aria-label={text('text.content')}
        defaultValue={block.text}
        maxLength={20_000}
        style={style}
        {...look}
        onBlur={() => stop(true)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') stop(false)
        }}
      />
    )
  }
  return (
    <div className="text-content" style={style} {...look}>
      {block.text === '' ? <span className="hint">{text('block.empty.text')}</span> : block.text}
    </div>
  )
}
