import { Button, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { unfitCharacters } from '../../shared/file-name.ts'
import type { BrowseAsk } from '../../shared/host-words.ts'
import { isMessageKey } from '../../shared/text/messages.ts'
import type { Text } from '../../shared/text/messages.ts'
import { useApp } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { Browse, BrowseMemory } from './browse-store.ts'
import { createBrowse, mayConfirm, wantsFolder } from './browse-store.ts'
import { FolderList } from './folder-list.tsx'
import './browse.css'

const memory: BrowseMemory = new Map()

/** The file dialog of a host that has none of its own: one at a time, in the order they were asked. */
export function FileBrowser() {
  const app = useApp()
  const [asks, setAsks] = useState<readonly BrowseAsk[]>([])
  useEffect(() => app.on('host.browse', (ask) => setAsks((list) => [...list, ask])), [app])
  const ask = asks[0]
  if (!ask) return null
  return <BrowseDialog key={ask.askId} ask={ask} onDone={() => setAsks((list) => list.slice(1))} />
}

interface BrowseDialogProps {
  readonly ask: BrowseAsk
  readonly onDone: () => void
}

function BrowseDialog({ ask, onDone }: BrowseDialogProps) {
  const app = useApp()
  const text = useText()
  const [browse] = useState(() => createBrowse(app.engine, ask, memory, onDone))
  useEffect(() => void browse.start(), [browse])
  const folder = wantsFolder(ask)
  return (
    <Modal
      open
      width={820}
      zIndex={1100}
      className="browse"
      title={text(folder ? 'browse.folder' : `browse.${ask.kind}`)}
      onCancel={() => void browse.cancel()}
      footer={<BrowseFooter browse={browse} />}
    >
      <div className="browse-body">
        <Places browse={browse} />
        <div className="browse-main">
          <Crumbs browse={browse} />
          <FolderList browse={browse} />
        </div>
      </div>
    </Modal>
  )
}

function placeName(name: string, text: Text): string {
  const key = `browse.place.${name}`
  return isMessageKey(key) ? text(key) : name
}

function Places({ browse }: { readonly browse: Browse }) {
  const text = useText()
  const places = useStore(browse.store, (state) => state.places)
  const root = useStore(browse.store, ({ listing }) => listing?.trail[0]?.id)
  return (
    <nav className="browse-places" aria-label={text('browse.places')}>
      {places.map((place) => (
        <button
          key={place.id}
          type="button"
          aria-current={place.id === root ? 'true' : undefined}
          onClick={() => void browse.goTo(place.id)}
        >
          <Icon name={place.name === 'Home' ? 'home' : 'folder'} />
          {placeName(place.name, text)}
        </button>
      ))}
    </nav>
  )
}

function Crumbs({ browse }: { readonly browse: Browse }) {
  const text = useText()
  const trail = useStore(browse.store, ({ listing }) => listing?.trail) ?? []
  return (
    <div className="browse-crumbs">
      <IconButton
        icon="up"
        label={text('browse.up')}
        disabled={trail.length < 2}
        onClick={() => void browse.up()}
      />
      <nav aria-label={text('browse.path')}>
        <ol>
          {trail.map((step, index) => (
            <li key={step.id}>
              {index > 0 && <Icon name="right" size={12} />}
              <button
                type="button"
                aria-current={index === trail.length - 1 ? 'page' : undefined}
                onClick={() => void browse.goTo(step.id)}
              >
                {index === 0 ? placeName(step.name, text) : step.name}
              </button>
            </li>
          ))}
        </ol>
      </nav>
    </div>
  )
}

function BrowseFooter({ browse }: { readonly browse: Browse }) {
  const text = useText()
  const state = useStore(browse.store)
  const { ask, replacing, chosen } = state
  if (replacing !== null) {
    return (
      <div className="browse-footer" role="alert">
        <span className="browse-question">
          <Icon name="warning" />
          {text('browse.replace', { name: replacing })}
        </span>
        <Button onClick={() => browse.keep()}>{text('app.cancel')}</Button>
        <Button danger type="primary" autoFocus onClick={() => void browse.confirm()}>
          {text('browse.replaceButton')}
        </Button>
      </div>
    )
  }
  const verb = wantsFolder(ask) ? 'folder' : ask.kind
  return (
    <div className="browse-footer">
      {ask.kind === 'save' ? <NameField browse={browse} /> : <span className="browse-space" />}
      {ask.kind === 'open' && ask.ask.multiple && chosen.length > 1 && (
        <span className="hint" aria-live="polite">
          {text('browse.chosen', { count: chosen.length })}
        </span>
      )}
      <Button onClick={() => void browse.cancel()}>{text('app.cancel')}</Button>
      <Button type="primary" disabled={!mayConfirm(state)} onClick={() => void browse.confirm()}>
        {text(`browse.${verb}Button`)}
      </Button>
    </div>
  )
}

function NameField({ browse }: { readonly browse: Browse }) {
  const text = useText()
  const name = useStore(browse.store, (state) => state.name)
  const folder = useStore(browse.store, ({ ask }) => ask.ask.purpose === 'workspace')
  const unfit = unfitCharacters(name)
  const label = text(folder ? 'browse.folderName' : 'browse.fileName')
  return (
    <label className="browse-name">
      <span>{label}</span>
      <Input
        autoFocus
        value={name}
        maxLength={200}
        onFocus={(event) => event.target.select()}
        onChange={(event) => browse.rename(event.target.value)}
        onPressEnter={() => void browse.confirm()}
        {...(unfit.length === 0 ? {} : { status: 'error' as const, 'aria-invalid': true })}
      />
      {unfit.length > 0 && (
        <span className="hint" role="alert">
          {text('browse.unfitName', { characters: unfit.join(' ') })}
        </span>
      )}
    </label>
  )
}
