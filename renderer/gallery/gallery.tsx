import { Button } from 'antd'
import { useStore } from 'zustand'
import { perform } from '../state/actions.ts'
import { useApp } from '../state/app-context.ts'
import { openReport } from '../state/report-files.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import './gallery.css'

/** Where the app starts: new, open, and what was open last. */
export function Gallery() {
  const app = useApp()
  const text = useText()
  const recent = useStore(app.workspace.store, (workspace) => workspace.recent)
  const version = useStore(app.settings.store, ({ info }) => info.version)
  return (
    <main className="gallery">
      <h1>{text('app.name')}</h1>
      <div className="gallery-start">
        <Button type="primary" onClick={() => perform(app, 'report.new')}>
          {text('start.new')}
        </Button>
        <Button onClick={() => perform(app, 'report.open')}>{text('start.open')}</Button>
        <Button onClick={() => perform(app, 'data.import')}>{text('start.data')}</Button>
      </div>
      <h2>{text('start.recent')}</h2>
      {recent.length === 0 && <p className="hint">{text('start.noRecent')}</p>}
      <ul>
        {recent.map((item) => (
          <li key={item.file.id}>
            <button
              type="button"
              disabled={item.missing}
              onClick={() => void openReport(app, item.file)}
            >
              <Icon name="page" />
              <span>{item.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="hint gallery-version" data-testid="version">
        {version}
      </p>
    </main>
  )
}
