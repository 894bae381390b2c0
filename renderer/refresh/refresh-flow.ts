import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type {
  ColumnOverride,
  ImportProgress,
  OverlapChoice,
} from '../../shared/data/import-words.ts'
import type { RefreshedDataset } from '../../shared/data/refresh-words.ts'
import type { AppError } from '../../shared/errors.ts'
import type { App } from '../state/app.ts'
import type { ColumnsAnswer, RefreshFor } from './refresh-answers.ts'
import { RefreshAnswers } from './refresh-answers.ts'

export interface RefreshState {
  readonly running: boolean
  readonly progress: ImportProgress | null
  readonly error: AppError | null
  readonly done: readonly RefreshedDataset[]
}

export interface RefreshFlow {
  readonly store: StoreApi<RefreshState>
  run(): Promise<void>
  /** `file`: the new file it was asked about, if it was one, by its id where it has one. */
  answer(dataset: string, answer: ColumnsAnswer, file?: string): Promise<void>
  /** The new file stays out of the data until it changes. */
  leaveOut(dataset: string, file: string): Promise<void>
  /** The new file is one of the dataset's, and what stands in its old place is new. */
  takeRenamed(dataset: string, file: string): Promise<void>
  /** Files that were left out are asked about again. */
  takeIn(dataset: string, files: readonly string[]): Promise<void>
  settleOverlap(dataset: string, overlap: OverlapChoice): Promise<void>
  /** What was read of files that are gone stays, and the refresh goes on without them. */
  keepGone(dataset: string): Promise<void>
  /** Reads the files once more with a column understood as said. */
  applyRule(dataset: string, rule: ColumnOverride): Promise<void>
  /** The file was exported anew. */
  again(dataset: string): Promise<void>
  /** Tries again with the password of a protected file. */
  unlock(dataset: string, file: string, password: string): Promise<void>
  /** Of several files of one name that are to join, which it is. */
  placeOf(dataset: string, id: string): { place: number; count: number } | undefined
  goBack(dataset: string, version: number): Promise<void>
  cancel(): void
}

/** So many the contract takes at once. */
const mostOrders = 100

/** Datasets from files that the open report uses; without one, and on the Data page, which shows them all, every one. */
function datasetsOf(app: App): string[] {
  const all = app.workspace.store.getState().current?.datasets ?? []
  const files = all.filter(({ mode }) => mode === 'extract').map(({ id }) => id)
  const open = app.documents.current()
  if (open === null || app.shell.store.getState().route === 'data') return files
  const used = new Set(Object.values(open.bindings))
  return files.filter((id) => used.has(id))
}

/** A dataset stays where it stands in the list, whatever is answered about it. */
function inTheirPlaces(
  before: readonly RefreshedDataset[],
  fresh: readonly RefreshedDataset[],
): RefreshedDataset[] {
  const news = new Map(fresh.map((one) => [idOf(one), one]))
  const known = new Set(before.map(idOf))
  return [
    ...before.map((one) => news.get(idOf(one)) ?? one),
    ...fresh.filter((one) => !known.has(idOf(one))),
  ]
}

export const idOf = (one: RefreshedDataset): string =>
  one.state === 'failed' ? one.dataset : one.dataset.id

export function createRefreshFlow(app: App, opened: RefreshFor = {}): RefreshFlow {
  const store = createStore<RefreshState>(() => ({
    ...{ running: false, progress: null, error: null, done: [] },
  }))
  let abort = new AbortController()
  const answers = new RefreshAnswers(opened)

  async function refresh(
    orders: readonly {
      readonly dataset: string
      readonly leaveOut?: string[]
      readonly takeIn?: string[]
      readonly renamed?: string[]
      readonly keepGone?: true
    }[],
  ): Promise<void> {
    if (orders.length === 0) return
    abort = new AbortController()
    store.setState({ running: true, progress: null, error: null })
    for (let from = 0; from < orders.length; from += mostOrders) {
      const part = orders.slice(from, from + mostOrders)
      const answer = await app.engine['dataset.refresh'](
        { orders: part.map((order) => ({ ...order, ...answers.of(order.dataset) })) },
        { signal: abort.signal, onPart: (progress) => store.setState({ progress }) },
      )
      if (!answer.ok) {
        store.setState({ running: false, error: answer.error })
        return
      }
      take(answer.value.datasets)
      // What was done before it was called off is told, and nothing more is begun.
      if (abort.signal.aborted) break
    }
    store.setState({ running: false })
  }

  function take(datasets: readonly RefreshedDataset[]): void {
    for (const one of datasets) if (one.state === 'refreshed') answers.settle(idOf(one))
    store.setState(({ done }) => ({ done: inTheirPlaces(done, datasets) }))
  }

  /** One of several stays out; without any there is nothing to do. */
  async function withoutFile(dataset: string, file: string): Promise<void> {
    const left = answers.without(dataset, file)
    if (left === undefined) return refresh([{ dataset, leaveOut: [file] }])
    if (left > 0) return refresh([{ dataset }])
    store.setState(({ done }) => ({ done: done.filter((one) => idOf(one) !== dataset) }))
    if (store.getState().done.length === 0) app.shell.closeDialog()
  }

  return {
    store,
    run: () => {
      const wanted = answers.asked.length > 0 ? answers.asked : datasetsOf(app)
      return refresh(wanted.map((dataset) => ({ dataset })))
    },
    answer: (dataset, answer, file) => {
      answers.columns(dataset, answer, file)
      return refresh([{ dataset }])
    },
    again: (dataset) => refresh([{ dataset }]),
    leaveOut: withoutFile,
    takeRenamed: (dataset, file) => refresh([{ dataset, renamed: [file] }]),
    keepGone: (dataset) => refresh([{ dataset, keepGone: true }]),
    takeIn: (dataset, files) => refresh([{ dataset, takeIn: [...files] }]),
    settleOverlap: (dataset, overlap) => {
      answers.overlap(dataset, overlap)
      return refresh([{ dataset }])
    },
    applyRule: (dataset, rule) => {
      answers.rule(dataset, [rule])
      return refresh([{ dataset }])
    },
    unlock: (dataset, file, password) => {
      answers.unlock(dataset, file, password)
      return refresh([{ dataset }])
    },
    placeOf: (dataset, id) => answers.placeOf(dataset, id),
    goBack: async (dataset, version) => {
      abort = new AbortController()
      store.setState({ running: true, progress: null, error: null })
      const answer = await app.engine['dataset.rollback'](
        { dataset, version },
        { signal: abort.signal, onPart: (progress) => store.setState({ progress }) },
      )
      store.setState({ running: false })
      if (!answer.ok) {
        app.shell.tellError(answer.error)
        return
      }
      app.shell.closeDialog()
      app.shell.tell('success', { key: 'refresh.wentBack' })
    },
    cancel: () => abort.abort(),
  }
}
