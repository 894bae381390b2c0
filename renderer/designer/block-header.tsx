import { memo } from 'react'
import { useStore } from 'zustand'
import { localMoment } from '../../shared/data/local-moment.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { drillPosition } from '../../shared/report/drill.ts'
import { fieldNameOf } from '../../shared/report/field-use.ts'
import { perform } from '../state/actions.ts'
import { useApp, useBlockResult, useDocument, useReport, useSession } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import type { BlockReader } from '../state/block-reader.ts'
import { useDrilledBlock } from '../state/content-block.ts'
import { staleBlock } from '../state/stale-blocks.ts'
import { IconButton } from '../ui/controls.tsx'
import { answerNotes } from '../../shared/report/answer-notes.ts'
import { blockTitle, measureNote } from '../../shared/report/captions.ts'
import { Icon } from '../ui/icon.tsx'
import { showMember } from '../ui/show-value.ts'
import { useText } from '../ui/use-text.ts'

interface HeaderProps {
  readonly block: Block
  readonly reader: BlockReader
  readonly onMenu: (at: { readonly x: number; readonly y: number }) => void
}

/** The steps taken down the drill path; each is the way back up to it. */
function Breadcrumb({ block, reader }: { readonly block: Block; readonly reader: BlockReader }) {
  const report = useReport()
  const drill = useSession((session) => session.drill)
  const text = useText()
  const position = drillPosition(report, block, drill)
  if (!position || position.members.length === 0) return null
  const first = position.path.levels[position.start]
  return (
    <nav className="breadcrumb" aria-label={text('drill.breadcrumb')}>
      <button type="button" onClick={() => reader.drillUp(0)}>
        {text('drill.all', { field: first ? fieldNameOf(first.field) : '' })}
      </button>
      {position.members.map((member, index) => (
        <span key={index}>
          <Icon name="right" size={10} />
          <button
            type="button"
            aria-current={index === position.members.length - 1 ? 'step' : undefined}
            onClick={() => reader.drillUp(index + 1)}
          >
            {showMember(member, text)}
          </button>
        </span>
      ))}
    </nav>
  )
}

/** Amber while a file behind the block is newer than what was read of it; the way to new data. */
function StaleMark({ block }: { readonly block: Block }) {
  const app = useApp()
  const text = useText()
  const bindings = useDocument((open) => open.bindings)
  const stale = useStore(app.staleness.store, (state) => state.stale)
  const found = staleBlock(block, bindings, stale)
  const asOf = useStore(app.workspace.store, () => app.workspace.dataset(found?.dataset)?.dataAsOf)
  if (!found) return null
  const time = asOf === undefined ? '–' : localMoment(asOf)
  const files = found.files.join(text('list.separator'))
  // The status bar's words.
  const asOfWords = `${text('status.asOf', { time })} · ${text('status.stale')}`
  const said = `${asOfWords}\n${text('status.staleFiles', { files })}`
  return (
    <button
      type="button"
      className="block-stale"
      title={said}
      aria-label={said}
      onClick={() => void perform(app, 'data.refresh')}
    >
      <Icon name="warning" size={12} />
    </button>
  )
}

/** What the numbers shown need said: they stand only while their answer does. */
function AnswerNotes({ block }: { readonly block: string }) {
  const text = useText()
  const answer = useBlockResult(block)?.shown?.answer
  const notes = answer?.state === 'result' ? answerNotes(answer.result, text) : []
  if (notes.length === 0) return null
  const said = notes.join(text('list.separator'))
  return (
    <span className="block-note" title={notes.join('\n')} role="note">
      {said}
    </span>
  )
}

/** Title, how fresh, drill steps and the block's menu. Texts and pictures show theirs only while they have a title. */
export const BlockHeader = memo(function BlockHeader({ block, reader, onMenu }: HeaderProps) {
  const app = useApp()
  const text = useText()
  const shown = useDrilledBlock(block)
  const title = blockTitle(shown, text)
  const note = measureNote(shown, text)
  const bare = (block.kind === 'text' || block.kind === 'image') && (block.title ?? '') === ''
  const rename = (next: string): void => {
    const args = { block: block.id, settings: { title: next === '' ? undefined : next } }
    tryCommand(app, { name: 'block.configure', args })
  }
  return (
    <header className={bare ? 'block-header bare' : 'block-header'}>
      {!bare && (
        <h2
          title={title}
          onDoubleClick={(event) => {
            event.stopPropagation()
            const answer = event.currentTarget
            answer.contentEditable = 'plaintext-only'
            answer.focus()
          }}
          onBlur={(event) => {
            event.currentTarget.contentEditable = 'inherit'
            const next = event.currentTarget.textContent.trim().slice(0, 200)
            // Emptied: the words come back by themselves, which React does not know are gone.
            if (next === '') event.currentTarget.textContent = title
            if (next !== title) rename(next)
          }}
          onKeyDown={(event) => {
            if (!event.currentTarget.isContentEditable) return
            event.stopPropagation()
            if (event.key === 'Escape') event.currentTarget.textContent = title
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        >
          {title}
        </h2>
      )}
      {note !== undefined && <span className="block-note">{note}</span>}
      <AnswerNotes block={block.id} />
      <StaleMark block={block} />
      {'drillPath' in block && <Breadcrumb block={block} reader={reader} />}
      <IconButton
        icon="more"
        small
        label={text('block.menu', { block: title })}
        onClick={() => {
          const button = document.activeElement?.getBoundingClientRect()
          onMenu({ x: button?.left ?? 0, y: button?.bottom ?? 0 })
        }}
      />
    </header>
  )
})
