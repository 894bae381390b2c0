/** Lines of a dataset that did not parse, as they are being mended. Drafts outlive a look at another page of lines. */
import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { MendedRows, QuarantinedRow, RejectedRows } from '../../shared/data/rejected-words.ts'
import type { AppError } from '../../shared/errors.ts'
import type { App } from '../state/app.ts'

export const pageSize = 100

export interface RejectedState {
  readonly list: RejectedRows | null
  readonly offset: number
  readonly error: AppError | null
  /** The line as edited, by row; a line as it stood is no draft. */
  readonly drafts: ReadonlyMap<string, Draft>
  readonly picked: ReadonlyMap<string, QuarantinedRow>
  /** Rows read so far while lines are run again; null when none are. */
  readonly running: number | null
  /** What came of it, true of the version it made. */
  readonly done:
    (Pick<MendedRows, 'joined' | 'dropped' | 'still'> & { readonly version: number }) | null
}

export interface Draft {
  readonly row: QuarantinedRow
  readonly text: string
  /** It was run and did not parse. */
  readonly failed: boolean
}

export const rowKey = ({ source, row }: Pick<QuarantinedRow, 'source' | 'row'>): string =>
  `${source} ${row}`

export type RejectedStore = ReturnType<typeof createRejectedStore>

export function createRejectedStore(app: App, dataset: string) {
  const store: StoreApi<RejectedState> = createStore<RejectedState>(() => ({
    ...{ list: null, offset: 0, error: null, running: null, done: null },
    ...{ drafts: new Map(), picked: new Map() },
  }))
  let abort = new AbortController()

  async function load(offset = store.getState().offset): Promise<void> {
    const answer = await app.engine['dataset.rejected']({ dataset, offset, limit: pageSize })
    if (!answer.ok) store.setState({ error: answer.error })
    // A page that is empty by now: back to the first.
    else if (answer.value.rows.length === 0 && offset > 0) await load(0)
    else store.setState({ list: answer.value, offset, error: null })
  }

  function edit(row: QuarantinedRow, text: string): void {
    const drafts = new Map(store.getState().drafts)
    if (text === row.raw) drafts.delete(rowKey(row))
    else drafts.set(rowKey(row), { row, text, failed: false })
    store.setState({ drafts, done: null })
  }

  function pick(row: QuarantinedRow, on: boolean): void {
    const picked = new Map(store.getState().picked)
    if (on) picked.set(rowKey(row), row)
    else picked.delete(rowKey(row))
    store.setState({ picked })
  }

  async function run(fixes: readonly { row: QuarantinedRow; text: string | null }[]) {
    if (fixes.length === 0 || store.getState().running !== null) return
    abort = new AbortController()
    store.setState({ running: 0, done: null, error: null })
    const answer = await app.engine['dataset.mendRejected'](
      {
        dataset,
        fixes: fixes.map(({ row: { source, row, raw }, text }) => ({ source, row, raw, text })),
      },
      { signal: abort.signal, onPart: ({ rows }) => store.setState({ running: rows }) },
    )
    if (!answer.ok) {
      const cancelled = answer.error.code === 'internal/cancelled'
      store.setState({ running: null, error: cancelled ? null : answer.error })
      return
    }
    const { joined, dropped, still } = answer.value
    const { version } = answer.value.dataset
    const failed = new Set(still.map(rowKey))
    const { drafts, picked } = store.getState()
    const ran = new Set(fixes.map(({ row }) => rowKey(row)))
    const left = [...drafts].flatMap(([key, draft]): [string, Draft][] => {
      if (!ran.has(key)) return [[key, draft]]
      return failed.has(key) ? [[key, { ...draft, failed: true }]] : []
    })
    store.setState({
      ...{ running: null, done: { joined, dropped, still, version }, drafts: new Map(left) },
      picked: new Map([...picked].filter(([key]) => !ran.has(key) || failed.has(key))),
    })
    await load()
  }

  return {
    store,
    load,
    edit,
    pick,
    /** Runs only the lines that were edited. */
    mend: () => run([...store.getState().drafts.values()]),
    /** Asks first. */
    async drop(): Promise<void> {
      const rows = [...store.getState().picked.values()]
      const answer = await app.shell.ask({
        title: { key: 'rejected.dropTitle', values: { count: rows.length } },
        body: { key: 'rejected.dropBody' },
        choices: [
          { id: 'drop', label: 'rejected.dropNow', tone: 'danger' },
          { id: 'cancel', label: 'app.cancel', tone: 'primary' },
        ],
      })
      if (answer === 'drop') await run(rows.map((row) => ({ row, text: null })))
    },
    cancel: () => abort.abort(),
  }
}
