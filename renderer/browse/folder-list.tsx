import { Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { FolderEntry } from '../../shared/host-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { showBytes, showMoment } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { Browse, BrowseState } from './browse-store.ts'
import { shownEntries, wantsFolder } from './browse-store.ts'

const icons: Readonly<Record<string, IconName>> = {
  xlsx: 'crosstab',
  csv: 'table',
  tsv: 'table',
  txt: 'table',
  sqlite: 'dataset',
  sqlite3: 'dataset',
  db: 'dataset',
  sbtemplate: 'template',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  webp: 'image',
  svg: 'image',
}

function iconOf(entry: FolderEntry): IconName {
  if (entry.kind === 'folder') return 'folder'
  return icons[entry.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'page'
}

/** What is in the folder; one stop for the keyboard, arrows move inside. */
export function FolderList({ browse }: { readonly browse: Browse }) {
  const text = useText()
  const state = useStore(browse.store)
  const { listing, loading, error, cursor, ask } = state
  const entries = shownEntries(state)
  const list = useRef<HTMLUListElement>(null)
  const folder = listing?.folder.id
  useEffect(() => {
    if (ask.kind === 'open') list.current?.focus()
  }, [folder, ask])
  useEffect(() => {
    list.current?.children[cursor]?.scrollIntoView({ block: 'nearest' })
  }, [cursor])
  const active = entries[cursor]
  return (
    <>
      <div className="browse-heads" aria-hidden="true">
        <span>{text('browse.name')}</span>
        <span>{text('browse.modified')}</span>
        <span>{text('browse.size')}</span>
      </div>
      {error && <ErrorNotice error={error} />}
      {loading && !listing && (
        <div className="browse-list" aria-busy="true" aria-label={text('browse.loading')}>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
      )}
      {listing && !error && (
        <ul
          ref={list}
          className="browse-list"
          role="listbox"
          tabIndex={0}
          aria-label={text('browse.files')}
          aria-busy={loading}
          aria-multiselectable={ask.kind === 'open' && ask.ask.multiple}
          aria-activedescendant={active ? `browse-${active.id}` : undefined}
          onKeyDown={(event) => onListKey(event, browse)}
        >
          {entries.map((entry, index) => (
            <Entry
              key={entry.id}
              entry={entry}
              browse={browse}
              index={index}
              active={index === cursor}
            />
          ))}
        </ul>
      )}
      {listing && !error && !loading && entries.length === 0 && (
        <p className="browse-empty hint">{emptyWords(state, text)}</p>
      )}
    </>
  )
}

/** Whether there is nothing at all, or nothing of the kinds that are asked for. */
function emptyWords({ ask, listing }: Pick<BrowseState, 'ask' | 'listing'>, text: Text): string {
  const others = listing?.others ?? 0
  if (others === 0) return text('browse.emptyFolder')
  if (wantsFolder(ask)) return text('browse.noFolders')
  return text('browse.othersOnly', { count: others })
}

interface EntryProps {
  readonly entry: FolderEntry
  readonly browse: Browse
  readonly index: number
  readonly active: boolean
}

function Entry({ entry, browse, index, active }: EntryProps) {
  const language = useLanguage()
  const chosen = useStore(browse.store, (state) => state.chosen.includes(entry.id))
  return (
    <li
      id={`browse-${entry.id}`}
      role="option"
      aria-selected={chosen}
      data-active={active}
      onClick={(event) => browse.choose(index, event.ctrlKey || event.metaKey || event.shiftKey)}
      onDoubleClick={() => void browse.enter(index)}
    >
      <span className="browse-entry-name">
        <Icon name={iconOf(entry)} />
        <span>{entry.name}</span>
      </span>
      <span aria-hidden="true">
        {entry.modified === undefined ? '' : showMoment(entry.modified, language)}
      </span>
      <span aria-hidden="true">
        {entry.size === undefined ? '' : showBytes(entry.size, language)}
      </span>
    </li>
  )
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
}

function onListKey(event: React.KeyboardEvent, browse: Browse): void {
  const { cursor } = browse.store.getState()
  const step = steps[event.key]
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey
  if (step !== undefined) browse.move(step)
  else if (event.key === 'Enter') void browse.enter(cursor)
  else if (event.key === 'Backspace') void browse.up()
  else if (event.key === ' ') browse.choose(Math.max(0, cursor), true)
  else if (event.key.length === 1 && plain) browse.find(event.key)
  else return
  event.preventDefault()
}
