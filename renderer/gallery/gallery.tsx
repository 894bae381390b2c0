import { Button } from 'antd'
import { useStore } from 'zustand'
import type { AppCommand } from '../../shared/menu.ts'
import type { RecentItem } from '../../shared/workspace-words.ts'
import { perform } from '../state/actions.ts'
import { useApp } from '../state/app-context.ts'
import { openReport } from '../state/report-files.ts'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { showMoment } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { SampleCard } from './sample-card.tsx'
import { StartHeader } from './start-header.tsx'
import './gallery.css'

/** Where the app starts: the sample, one's own data, reports and templates, and what was open last. */
export function Gallery() {
  const app = useApp()
  const text = useText()
  const version = useStore(app.settings.store, ({ info }) => info.version)
  return (
    <div className="gallery">
      <StartHeader />
      <main aria-label={text('start.main')}>
        <div className="start-hero">
          <h1>{text('start.headline')}</h1>
          <p>{text('start.promise')}</p>
        </div>
        <FolderWarnings />
        <div className="start-cards">
          <SampleCard />
          <DataCard />
        </div>
        <div className="start-lower">
          <Recent />
          <section aria-labelledby="begin-title">
            <h2 id="begin-title">{text('start.begin')}</h2>
            <div className="start-tiles">
              <Tile command="report.new" icon="plus" name="new" />
              <Tile command="report.open" icon="page" name="open" />
              <Tile command="template.open" icon="template" name="template" />
              <StarterTile />
            </div>
          </section>
        </div>
        <p className="hint gallery-version" data-testid="version">
          {text('start.version', { version })}
        </p>
      </main>
    </div>
  )
}

function FolderWarnings() {
  const app = useApp()
  const text = useText()
  const warnings = useStore(app.workspace.store, ({ current }) => current?.warnings)
  return warnings?.map((warning) => (
    <p key={warning} className="folder-warning" role="note">
      <Icon name="warning" />
      {text(`workspace.warning.${warning}`)}
    </p>
  ))
}

function DataCard() {
  const app = useApp()
  const text = useText()
  return (
    <section className="start-card data-card" aria-labelledby="data-title">
      <span className="data-card-icon">
        <Icon name="upload" size={22} />
      </span>
      <h2 id="data-title">{text('start.data')}</h2>
      <p>{text('start.dataHint')}</p>
      <Button type="primary" size="large" onClick={() => perform(app, 'data.import')}>
        {text('start.dataButton')}
      </Button>
      <Button
        type="link"
        className="gallery-link"
        title={text('connections.hint')}
        onClick={() => perform(app, 'data.servers')}
      >
        {text('connections.open')}
      </Button>
    </section>
  )
}

/** Needs something to be laid over. */
function StarterTile() {
  const app = useApp()
  const empty = useStore(
    app.workspace.store,
    ({ current }) => (current?.datasets ?? []).length === 0,
  )
  return <Tile command="template.starter" icon="column" name="starter" empty={empty} />
}

interface TileProps {
  readonly command: AppCommand
  readonly icon: IconName
  readonly name: 'new' | 'open' | 'template' | 'starter'
  /** There is nothing yet for it to work on. */
  readonly empty?: boolean
}

function Tile({ command, icon, name, empty = false }: TileProps) {
  const app = useApp()
  const text = useText()
  return (
    <button
      type="button"
      className="start-tile"
      disabled={empty}
      onClick={() => perform(app, command)}
    >
      <Icon name={icon} size={20} />
      <span>
        <strong>{text(`start.${name}`)}</strong>
        <small>{text(empty ? 'start.starterEmpty' : `start.${name}Hint`)}</small>
      </span>
    </button>
  )
}

function Recent() {
  const app = useApp()
  const text = useText()
  const recent = useStore(app.workspace.store, (workspace) => workspace.recent)
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title">{text('start.recent')}</h2>
      {recent.length === 0 && <p className="hint start-empty">{text('start.noRecent')}</p>}
      {recent.length > 0 && (
        <ul className="recent" aria-labelledby="recent-title">
          {recent.map((item) => (
            <RecentLine key={item.file.id} item={item} />
          ))}
        </ul>
      )}
    </section>
  )
}

function RecentLine({ item }: { readonly item: RecentItem }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  return (
    <li>
      <button type="button" disabled={item.missing} onClick={() => void openReport(app, item.file)}>
        <Icon name={item.missing ? 'warning' : 'page'} size={18} />
        <span className="recent-name">
          <strong>{item.title === '' ? item.file.name : item.title}</strong>
          <small>{item.missing ? text('start.missing') : item.file.name}</small>
        </span>
        <time dateTime={item.openedAt}>{showMoment(item.openedAt, language)}</time>
      </button>
    </li>
  )
}
