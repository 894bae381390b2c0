import { Button, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { useApp } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { RejectedLine } from './rejected-line.tsx'
import type { RejectedState, RejectedStore } from './rejected-store.ts'
import { createRejectedStore, pageSize, rowKey } from './rejected-store.ts'
import './rejected.css'

/** Lines that did not parse: seen, mended in place and run again, or left out knowingly. */
export function RejectedView({ dataset }: { readonly dataset: DatasetInfo }) {
  const app = useApp()
  const text = useText()
  const [rejected] = useState(() => createRejectedStore(app, dataset.id))
  const { list, error } = useStore(rejected.store)
  useEffect(() => {
    void rejected.load()
  }, [rejected, dataset.version])
  return (
    <main className="data-middle rejected" aria-label={text('rejected.title')}>
      {error && (
        <div role="alert">
          <ErrorNotice error={error} />
        </div>
      )}
      <Outcome rejected={rejected} version={dataset.version} />
      {list === null ? (
        !error && <Skeleton active className="data-note" paragraph={{ rows: 8 }} />
      ) : list.rows.length === 0 ? (
        <Nothing kept={list.kept} total={list.total} />
      ) : (
        <>
          <Bar rejected={rejected} />
          <Lines rejected={rejected} />
          <Pages rejected={rejected} />
        </>
      )}
    </main>
  )
}

function Nothing({ total }: { readonly kept: number; readonly total: number }) {
  const text = useText()
  const language = useLanguage()
  return (
    <div className="data-none">
      <h2>{text('rejected.none')}</h2>
      <p className="hint">
        {total > 0
          ? text('rejected.notKept', { count: showCount(total, language) })
          : text('rejected.noneHint')}
      </p>
    </div>
  )
}

interface PartProps {
  readonly rejected: RejectedStore
}

function Bar({ rejected }: PartProps) {
  const text = useText()
  const language = useLanguage()
  const { list, drafts, picked, running } = useStore(rejected.store)
  const count = (value: number): string => showCount(value, language)
  if (list === null) return null
  return (
    <div className="rejected-bar">
      <p>
        {text('rejected.about', { count: count(list.total) })}
        {list.kept < list.total && ` ${text('rejected.onlyFirst', { count: count(list.kept) })}`}
      </p>
      <Button
        type="primary"
        disabled={drafts.size === 0 || running !== null}
        onClick={() => void rejected.mend()}
      >
        {text('rejected.run', { count: count(drafts.size) })}
      </Button>
      <Button disabled={picked.size === 0 || running !== null} onClick={() => void rejected.drop()}>
        {text('rejected.drop', { count: count(picked.size) })}
      </Button>
    </div>
  )
}

function Outcome({ rejected, version }: PartProps & { readonly version: number }) {
  const text = useText()
  const language = useLanguage()
  const { running, done } = useStore(rejected.store)
  const count = (value: number): string => showCount(value, language)
  if (running !== null)
    return (
      <div className="rejected-note">
        <span role="status">{text('rejected.running', { rows: count(running) })}</span>
        <Button size="small" onClick={rejected.cancel}>
          {text('app.cancel')}
        </Button>
      </div>
    )
  if (done?.version !== version) return null
  return (
    <p className="rejected-note" role="status">
      {outcomeWords(done).map(({ key, value }) => (
        <span key={key}>{text(key, { count: count(value) })} </span>
      ))}
      {done.joined + done.dropped > 0 && text('rejected.undo')}
    </p>
  )
}

function outcomeWords({ joined, dropped, still }: NonNullable<RejectedState['done']>) {
  return [
    { key: 'rejected.joined', value: joined },
    { key: 'rejected.dropped', value: dropped },
    { key: 'rejected.still', value: still.length },
  ].filter(({ value }) => value > 0) as readonly {
    // The three keys above.
    readonly key: 'rejected.joined' | 'rejected.dropped' | 'rejected.still'
    readonly value: number
  }[]
}

function Lines({ rejected }: PartProps) {
  const text = useText()
  const { list, picked } = useStore(rejected.store)
  if (list === null) return null
  const all = list.rows.every((row) => picked.has(rowKey(row)))
  return (
    <div className="data-scroll">
      <table className="rejected-lines">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label={text('rejected.pickAll')}
                checked={all}
                onChange={({ target }) => {
                  for (const row of list.rows) rejected.pick(row, target.checked)
                }}
              />
            </th>
            <th scope="col">{text('import.source')}</th>
            <th scope="col">{text('import.row')}</th>
            <th scope="col">{text('import.reason')}</th>
            <th scope="col">{text('import.rawLine')}</th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <RejectedLine
              key={rowKey(row)}
              rejected={rejected}
              row={row}
              source={list.sources.find(({ source }) => source === row.source)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Pages({ rejected }: PartProps) {
  const text = useText()
  const language = useLanguage()
  const { list, offset } = useStore(rejected.store)
  if (list === null || list.kept <= pageSize) return null
  const count = (value: number): string => showCount(value, language)
  const last = offset + list.rows.length
  return (
    <nav className="rejected-pages" aria-label={text('rejected.pages')}>
      <IconButton
        small
        icon="left"
        label={text('rejected.earlier')}
        disabled={offset === 0}
        onClick={() => void rejected.load(Math.max(0, offset - pageSize))}
      />
      <span>
        {text('rejected.page', {
          from: count(offset + 1),
          to: count(last),
          count: count(list.kept),
        })}
      </span>
      <IconButton
        small
        icon="right"
        label={text('rejected.later')}
        disabled={last >= list.kept}
        onClick={() => void rejected.load(offset + pageSize)}
      />
    </nav>
  )
}
