import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { ConnectionInfo } from '../../shared/data/connection.ts'
import type {
  KeptSql,
  SqlDraft,
  SqlParameter,
  SqlPlace,
  SqlPreview,
} from '../../shared/data/sql-words.ts'
import type { AppError } from '../../shared/errors.ts'
import type { App } from '../state/app.ts'
import type { HeldNames } from './named-tables.ts'

export interface SqlState {
  /** The dataset whose statement is changed; null for a new one, undefined while it is looked up. */
  readonly kept: KeptSql | null | undefined
  readonly connections: readonly ConnectionInfo[]
  /** Tables and columns of the server that was chosen, once it told them. */
  readonly names: HeldNames | null
  readonly name: string
  readonly draft: SqlDraft
  readonly preview: SqlPreview | null
  readonly error: AppError | null
  readonly busy: 'preview' | 'save' | null
  /** While a dataset is made. */
  readonly rows: number
}

export interface SqlFlow {
  readonly store: StoreApi<SqlState>
  look(): Promise<void>
  rename(name: string): void
  write(text: string): void
  choosePlace(place: SqlPlace): void
  setParameters(parameters: readonly SqlParameter[]): void
  preview(): Promise<void>
  save(): Promise<boolean>
  /** What was shown may run from now on. */
  agree(): Promise<void>
  cancel(): void
}

const newDraft: SqlDraft = { place: { kind: 'extracts' }, text: '', parameters: [] }

/** In the background: where the server does not answer there is nothing to complete, and that is all. */
async function lookUpNames(
  app: App,
  store: StoreApi<SqlState>,
  place: SqlPlace | null,
): Promise<void> {
  if (place?.kind !== 'server') return
  const { connection } = place
  if (store.getState().names?.connection === connection) return
  const answer = await app.engine['connection.names']({ id: connection })
  const { draft } = store.getState()
  const stillAsked = draft.place.kind === 'server' && draft.place.connection === connection
  if (answer.ok && stillAsked) store.setState({ names: { connection, names: answer.value } })
}

export function createSqlFlow(app: App, dataset: string | undefined): SqlFlow {
  const store = createStore<SqlState>(() => ({
    ...{ kept: dataset === undefined ? null : undefined, connections: [], names: null, name: '' },
    ...{ draft: newDraft, preview: null, error: null, busy: null, rows: 0 },
  }))
  let abort = new AbortController()

  const change = (part: Partial<SqlDraft>): void =>
    store.setState(({ draft }) => ({ draft: { ...draft, ...part }, error: null }))

  const begin = (busy: NonNullable<SqlState['busy']>): AbortSignal => {
    abort.abort()
    abort = new AbortController()
    store.setState({ busy, error: null, rows: 0 })
    return abort.signal
  }

  async function look(): Promise<void> {
    const known = await app.engine['connection.list']({})
    if (known.ok) store.setState({ connections: known.value.connections })
    if (dataset === undefined) return
    const kept = await app.engine['sql.read']({ dataset })
    if (!kept.ok) {
      store.setState({ kept: null, error: kept.error })
      return
    }
    const { place, text, parameters } = kept.value
    store.setState({
      kept: kept.value,
      name: kept.value.dataset.name,
      draft: { place: place ?? newDraft.place, text, parameters },
    })
    void lookUpNames(app, store, place)
  }

  return {
    ...{ store, look },
    rename: (name) => store.setState({ name }),
    write: (text) => change({ text }),
    choosePlace(place) {
      store.setState({ preview: null })
      change({ place })
      void lookUpNames(app, store, place)
    },
    setParameters: (parameters) => change({ parameters: [...parameters] }),
    async preview() {
      const { draft } = store.getState()
      const signal = begin('preview')
      const ask = { draft, dataset: dataset ?? null }
      const answer = await app.engine['sql.preview'](ask, { signal })
      if (signal.aborted) return
      if (answer.ok) store.setState({ busy: null, preview: answer.value })
      else store.setState({ busy: null, error: answer.error })
    },
    async save() {
      const { draft, name } = store.getState()
      const signal = begin('save')
      const ask = { dataset: dataset ?? null, name: name.trim(), draft }
      const onPart = ({ rows }: { readonly rows?: number | undefined }): void =>
        store.setState({ rows: rows ?? 0 })
      const answer = await app.engine['sql.save'](ask, { signal, onPart })
      if (signal.aborted) return false
      if (!answer.ok) {
        store.setState({ busy: null, error: answer.error })
        return false
      }
      store.setState({ busy: null })
      const key = dataset === undefined ? 'sql.made' : 'sql.changed'
      app.shell.tell('success', { key, values: { name: answer.value.name } })
      await app.workspace.refresh()
      return true
    },
    async agree() {
      const { kept } = store.getState()
      if (!kept) return
      const { hash, dataset: of } = kept
      const answer = await app.engine['sql.agree']({ dataset: of.id, hash })
      if (!answer.ok) {
        store.setState({ error: answer.error })
        return
      }
      store.setState({ kept: { ...kept, agreed: true } })
      app.shell.tell('success', { key: 'sql.agreed', values: { name: of.name } })
      await app.workspace.refresh()
    },
    cancel() {
      abort.abort()
      store.setState({ busy: null })
    },
  }
}
