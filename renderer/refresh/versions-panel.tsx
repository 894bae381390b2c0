import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { ImportProgress } from '../../shared/data/import-words.ts'
import type { DatasetVersion } from '../../shared/data/refresh-words.ts'
import type { App } from '../state/app.ts'
import { useApp } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showBytes, showCount, showMoment } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { AppError } from '../../shared/errors.ts'
import { WhatChanged } from './what-changed.tsx'

type Version = z.output<typeof DatasetVersion>

/** The kept versions of a dataset: how many rows each has, what it takes, what changed, and the way back. */
export function VersionsPanel({ dataset }: { readonly dataset: DatasetInfo }) {
  const text = useText()
  const language = useLanguage()
  const { versions, error, reload } = useVersions(dataset)
  if (dataset.mode === 'live') return null
  const bytes = versions.reduce((sum, version) => sum + version.bytes, 0)
  return (
    <section className="versions" aria-label={text('versions.title')}>
      <div className="panel-title">
        <h2>{text('versions.title')}</h2>
        <span className="hint">{showBytes(bytes, language)}</span>
      </div>
      {error && <ErrorNotice error={error} />}
      <ol className="data-scroll">
        {versions.map((version) => (
          <li key={version.version} aria-current={version.current ? 'true' : undefined}>
            <VersionLine dataset={dataset} version={version} reload={reload} />
          </li>
        ))}
      </ol>
    </section>
  )
}

interface LineProps {
  readonly dataset: DatasetInfo
  readonly version: Version
  readonly reload: () => void
}

function VersionLine({ dataset, version, reload }: LineProps) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const [going, setGoing] = useState<Going | null>(null)
  const { version: number, rows, rejected, bytes, importedAt, steps, current, sources } = version
  const count = (value: number): string => showCount(value, language)
  return (
    <>
      <div className="version-head">
        <strong>{showMoment(importedAt, language)}</strong>
        {current ? (
          <span className="version-current">{text('versions.current')}</span>
        ) : (
          <IconButton
            small
            icon="close"
            label={text('versions.drop', { number })}
            onClick={() => void drop(app, dataset, version).then(reload)}
          />
        )}
      </div>
      <small title={sources.join('\n')}>
        {`${text('versions.number', { number })} · `}
        {text('versions.rows', { rows: count(rows), size: showBytes(bytes, language) })}
        {steps > 0 && ` · ${text('versions.steps', { count: steps })}`}
        {rejected > 0 && ` · ${text('versions.rejected', { count: count(rejected) })}`}
      </small>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{text('versions.changes')}</summary>
        {open && <WhatChanged dataset={dataset.id} version={number} />}
      </details>
      {!current && !going && (
        <Button
          size="small"
          onClick={() => void goTo(app, dataset.id, number, setGoing).then(reload)}
        >
          {text('versions.goTo')}
        </Button>
      )}
      {going && (
        <p role="status" aria-busy="true">
          {going.progress
            ? text('refresh.step', {
                ...{ dataset: going.progress.dataset, rows: count(going.progress.rows) },
              })
            : text('versions.going')}{' '}
          <Button size="small" onClick={going.stop}>
            {text('app.cancel')}
          </Button>
        </p>
      )}
    </>
  )
}

/** Asked again when the dataset has another version. */
function useVersions({ id, version }: DatasetInfo) {
  const app = useApp()
  const [versions, setVersions] = useState<readonly Version[]>([])
  const [error, setError] = useState<AppError | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const abort = new AbortController()
    void app.engine['dataset.versions']({ dataset: id }, { signal: abort.signal }).then(
      (answer) => {
        if (abort.signal.aborted) return
        setError(answer.ok ? null : answer.error)
        if (answer.ok) setVersions(answer.value.versions)
      },
    )
    return () => abort.abort()
  }, [app, id, version, round])
  return { versions, error, reload: () => setRound((before) => before + 1) }
}

/** On the way to another version: recipes that look into it run again, until that is called off. */
interface Going {
  readonly progress: ImportProgress | null
  readonly stop: () => void
}

async function goTo(
  app: App,
  dataset: string,
  version: number,
  show: (going: Going | null) => void,
): Promise<void> {
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  show({ progress: null, stop })
  const answer = await app.engine['dataset.rollback'](
    { dataset, version },
    { signal: abort.signal, onPart: (progress) => show({ progress, stop }) },
  )
  show(null)
  if (answer.ok) app.shell.tell('success', { key: 'versions.shown' })
  else app.shell.tellError(answer.error)
}

/** Cannot be undone, so it is asked. */
async function drop(
  app: App,
  { id, name }: DatasetInfo,
  { version, bytes }: Version,
): Promise<void> {
  const answer = await app.shell.ask({
    title: { key: 'versions.dropTitle', values: { name } },
    body: { key: 'versions.dropBody' },
    choices: [
      { id: 'cancel', label: 'app.cancel' },
      { id: 'drop', label: 'versions.dropNow', tone: 'danger' },
    ],
  })
  if (answer !== 'drop') return
  const dropped = await app.engine['dataset.dropVersions']({ dataset: id, versions: [version] })
  if (!dropped.ok) {
    app.shell.tellError(dropped.error)
    return
  }
  const { freed } = dropped.value
  app.shell.tell('success', freed > 0 || bytes === 0 ? { key: 'versions.dropped' } : { key: 'versions.droppedLater' }) // prettier-ignore
}
