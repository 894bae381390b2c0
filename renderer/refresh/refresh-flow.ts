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

/** Column by field; null lets the field go. */
export type Mapping = Readonly<Record<string, string | null>>

export interface RefreshState {
  readonly running: boolean
  readonly progress: ImportProgress | null
  readonly error: AppError | null
  readonly done: readonly RefreshedDataset[]
}

export interface RefreshFlow {
  readonly store: StoreApi<RefreshState>
  run(): Promise<void>
  /** `file`: the new file it was asked about, if it was one. */
  answer(dataset: string, mapping: Mapping, file?: string): Promise<void>
  /** The new file stays out of the data until it changes. */
  leaveOut(dataset: string, file: string): Promise<void>
  /** Files that were left out are asked about again. */
  takeIn(dataset: string, files: readonly string[]): Promise<void>
  settleOverlap(dataset: string, overlap: OverlapChoice): Promise<void>
  /** Reads the files once more with a column understood as said. */
  applyRule(dataset: string, rule: ColumnOverride): Promise<void>
  /** Tries again with the password of a protected file. */
  unlock(dataset: string, file: string, password: string): Promise<void>
  goBack(dataset: string, version: number): Promise<void>
  cancel(): void
}

interface Answers {
  readonly renames: Record<string, string[]>
  /** Of changed files; new ones are named. */
  readonly acceptLoss: true
  readonly acceptedFiles: string[]
}

function joined(before: Answers | undefined, mapping: Mapping, file: string | undefined): Answers {
  const renames = { ...before?.renames }
  for (const [field, column] of Object.entries(mapping)) {
    if (column !== null) renames[field] = [...(renames[field] ?? []), column]
  }
  const files = before?.acceptedFiles ?? []
  return { renames, acceptLoss: true, acceptedFiles: file === undefined ? files : [...files, file] }
}

/** Datasets from files that the open report uses, else all of the workspace. */
function datasetsOf(app: App): string[] {
  const all = app.workspace.store.getState().current?.datasets ?? []
  const files = all.filter(({ mode }) => mode === 'extract').map(({ id }) => id)
  const open = app.documents.current()
  if (open === null) return files
  const used = new Set(Object.values(open.bindings))
  return files.filter((id) => used.has(id))
}

export const idOf = (one: RefreshedDataset): string =>
  one.state === 'failed' ? one.dataset : one.dataset.id

export function createRefreshFlow(app: App): RefreshFlow {
  const store = createStore<RefreshState>(() => ({
    ...{ running: false, progress: null, error: null, done: [] },
  }))
  let abort = new AbortController()
  /** By dataset and file, for as long as the dialog is open. */
  const passwords: Record<string, Record<string, string>> = {}
  /** Nothing is kept before the last new file was answered for: until then every try says all of it again. */
  const answers: Record<string, Answers> = {}

  async function refresh(
    orders: readonly {
      readonly dataset: string
      readonly leaveOut?: string[]
      readonly takeIn?: string[]
      readonly overlap?: OverlapChoice
      readonly overrides?: ColumnOverride[]
    }[],
  ): Promise<void> {
    if (orders.length === 0) return
    abort = new AbortController()
    store.setState({ running: true, progress: null, error: null })
    const answer = await app.engine['dataset.refresh'](
      {
        orders: orders.map((order) => ({
          ...order,
          ...answers[order.dataset],
          passwords: passwords[order.dataset] ?? {},
        })),
      },
      { signal: abort.signal, onPart: (progress) => store.setState({ progress }) },
    )
    store.setState(({ done }) => {
      if (!answer.ok) return { running: false, error: answer.error }
      const fresh = new Set(answer.value.datasets.map(idOf))
      const others = done.filter((one) => !fresh.has(idOf(one)))
      return { running: false, done: [...others, ...answer.value.datasets] }
    })
  }

  return {
    store,
    run: () => refresh(datasetsOf(app).map((dataset) => ({ dataset }))),
    answer: (dataset, mapping, file) => {
      answers[dataset] = joined(answers[dataset], mapping, file)
      return refresh([{ dataset }])
    },
    leaveOut: (dataset, file) => refresh([{ dataset, leaveOut: [file] }]),
    takeIn: (dataset, files) => refresh([{ dataset, takeIn: [...files] }]),
    settleOverlap: (dataset, overlap) => refresh([{ dataset, overlap }]),
    applyRule: (dataset, rule) => refresh([{ dataset, overrides: [rule] }]),
    unlock: (dataset, file, password) => {
      passwords[dataset] = { ...passwords[dataset], [file]: password }
      return refresh([{ dataset }])
    },
    goBack: async (dataset, version) => {
      const answer = await app.engine['dataset.rollback']({ dataset, version })
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
