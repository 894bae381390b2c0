import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type {
  ConnectionInfo,
  ConnectionKind,
  Connections,
  ConnectionSettings,
  KeepSecret,
  ServerFacts,
  ServerTable,
} from '../../shared/data/connection.ts'
import type { AppError, Outcome } from '../../shared/errors.ts'
import type { App } from '../state/app.ts'

/** What the form says: everything as typed. */
export interface ConnectionDraft {
  readonly id: string | null
  readonly settings: ConnectionSettings
  readonly secret: string
  readonly keep: KeepSecret
  readonly passphrase: string
}

export type Busy = 'test' | 'save' | 'tables' | 'bring' | 'unlock'

export interface Refused {
  readonly table: ServerTable
  readonly error: AppError
}

export interface ConnectionsState {
  readonly known: Connections | null
  readonly draft: ConnectionDraft | null
  /** Whose tables are looked at. */
  readonly chosen: string | null
  readonly tables: readonly ServerTable[] | null
  readonly picked: readonly ServerTable[]
  readonly busy: Busy | null
  /** What the server said when it was tried last. */
  readonly facts: ServerFacts | null
  /** Names of the datasets just made, and tables that were refused. */
  readonly brought: readonly string[]
  readonly refused: readonly Refused[]
  readonly error: AppError | null
}

export interface ConnectionsFlow {
  readonly store: StoreApi<ConnectionsState>
  look(): Promise<void>
  startNew(): void
  edit(connection: ConnectionInfo): void
  change(part: Partial<ConnectionDraft>): void
  changeSettings(part: Partial<ConnectionSettings>): void
  chooseKind(kind: ConnectionKind): void
  test(): Promise<void>
  save(): Promise<void>
  choose(id: string): Promise<void>
  unlock(given: {
    readonly secret: string | null
    readonly passphrase: string | null
  }): Promise<void>
  pick(table: ServerTable): void
  bring(): Promise<void>
  remove(connection: ConnectionInfo): Promise<void>
  /** Stops what is under way and stays. */
  cancel(): void
  leave(): void
}

const ports: Readonly<Record<ConnectionKind, { readonly off: number; readonly on: number }>> = {
  postgres: { off: 5432, on: 5432 },
  clickhouse: { off: 8123, on: 8443 },
}
const databases: Readonly<Record<ConnectionKind, string>> = {
  postgres: 'postgres',
  clickhouse: 'default',
}

/** Encrypted unless the user says otherwise. */
function newDraft(keep: KeepSecret): ConnectionDraft {
  const settings: ConnectionSettings = {
    ...{ name: '', kind: 'postgres', host: '', port: 5432, database: 'postgres', user: '' },
    ...{ tls: 'verified', authority: null },
  }
  return { id: null, settings, secret: '', keep, passphrase: '' }
}

export const sameTable = (a: ServerTable, b: ServerTable): boolean =>
  a.schema === b.schema && a.name === b.name

const isLocked = ({ secret }: ConnectionInfo): boolean => secret === 'locked' || secret === 'none'

/** A password of nothing is none: servers in a trusted network may ask for none. */
export function isComplete(
  { settings, keep, passphrase, id }: ConnectionDraft,
  hasVault: boolean,
): boolean {
  const { name, host, database, user, port } = settings
  const said = [name, host, database, user].every((one) => one.trim() !== '')
  const sealed = keep !== 'vault' || passphrase !== '' || (hasVault && id !== null)
  return said && sealed && Number.isInteger(port) && port > 0 && port < 65_536
}

const nothingYet: ConnectionsState = {
  ...{ known: null, draft: null, chosen: null, tables: null, picked: [], busy: null },
  ...{ facts: null, brought: [], refused: [], error: null },
}

type Store = StoreApi<ConnectionsState>

/** One thing at a time; who cancels it is told nothing. */
interface Asking {
  run<T>(busy: Busy, work: (signal: AbortSignal) => Promise<Outcome<T>>): Promise<T | undefined>
  stop(): void
}

function createAsking(store: Store): Asking {
  let abort = new AbortController()
  return {
    async run(busy, work) {
      abort.abort()
      const own = new AbortController()
      abort = own
      store.setState({ busy, error: null })
      const answer = await work(own.signal)
      if (own.signal.aborted) return undefined
      store.setState({ busy: null })
      if (answer.ok) return answer.value
      store.setState({ error: answer.error })
      return undefined
    },
    stop() {
      abort.abort()
      store.setState({ busy: null })
    },
  }
}

/** Everything but what is known of the connections starts anew. */
const start = (store: Store, part: Partial<ConnectionsState>): void =>
  store.setState({ ...nothingYet, known: store.getState().known, ...part })

type FormActions = Pick<
  ConnectionsFlow,
  'startNew' | 'edit' | 'change' | 'changeSettings' | 'chooseKind' | 'test'
>

function formActions(app: App, store: Store, asking: Asking): FormActions {
  const begin = (draft: ConnectionDraft): void => {
    asking.stop()
    start(store, { draft })
  }
  const change = (part: Partial<ConnectionDraft>): void => {
    const { draft } = store.getState()
    if (draft) store.setState({ draft: { ...draft, ...part }, facts: null, error: null })
  }
  const changeSettings = (part: Partial<ConnectionSettings>): void => {
    const { draft } = store.getState()
    if (draft) change({ settings: { ...draft.settings, ...part } })
  }
  return {
    change,
    changeSettings,
    startNew: () => begin(newDraft(store.getState().known?.keeping[0] ?? 'session')),
    edit: ({ id, settings, secret }) =>
      begin({ id, settings, secret: '', keep: keepOf(secret), passphrase: '' }),
    chooseKind(kind) {
      const tls = store.getState().draft?.settings.tls
      const port = ports[kind][tls === 'off' ? 'off' : 'on']
      changeSettings({ kind, port, database: databases[kind] })
    },
    async test() {
      const { draft } = store.getState()
      if (!draft) return
      const { settings, id } = draft
      const ask = { settings, id, secret: typed(draft) }
      const facts = await asking.run('test', (signal) =>
        app.engine['connection.test'](ask, { signal }),
      )
      if (facts) store.setState({ facts })
    },
  }
}

function keepOf(secret: ConnectionInfo['secret']): KeepSecret {
  if (secret === 'system' || secret === 'vault') return secret
  return secret === 'locked' ? 'vault' : 'session'
}

type TableActions = Pick<ConnectionsFlow, 'choose' | 'pick' | 'bring'>

function tableActions(
  app: App,
  store: Store,
  asking: Asking,
  look: () => Promise<void>,
): TableActions {
  return {
    async choose(id) {
      asking.stop()
      start(store, { chosen: id })
      const connection = store.getState().known?.connections.find((one) => one.id === id)
      if (!connection || isLocked(connection)) return
      const found = await asking.run('tables', (signal) =>
        app.engine['connection.tables']({ id }, { signal }),
      )
      if (found) store.setState({ tables: found.tables })
    },
    pick: (table) =>
      store.setState(({ picked }) => ({
        picked: picked.some((one) => sameTable(one, table))
          ? picked.filter((one) => !sameTable(one, table))
          : [...picked, table],
      })),
    async bring() {
      const { chosen: connection, picked } = store.getState()
      if (connection === null) return
      store.setState({ brought: [], refused: [] })
      for (const table of picked) {
        const place = { schema: table.schema, table: table.name, name: freeName(app, table) }
        const made = await asking.run('bring', (signal) =>
          app.engine['dataset.connectServer']({ connection, ...place }, { signal }),
        )
        const { error, brought, refused } = store.getState()
        if (made) {
          store.setState({ brought: [...brought, made.name] })
          await app.workspace.refresh()
        } else if (error) store.setState({ refused: [...refused, { table, error }], error: null })
        else break
      }
      store.setState(({ refused }) => ({ picked: refused.map(({ table }) => table) }))
      await look()
    },
  }
}

export function createConnectionsFlow(app: App): ConnectionsFlow {
  const store = createStore<ConnectionsState>(() => nothingYet)
  const asking = createAsking(store)
  const form = formActions(app, store, asking)
  const tables = tableActions(app, store, asking, look)

  async function look(): Promise<void> {
    const answer = await app.engine['connection.list']({})
    if (!answer.ok) {
      store.setState({ error: answer.error })
      return
    }
    store.setState({ known: answer.value })
    if (answer.value.connections.length === 0 && store.getState().draft === null) form.startNew()
  }

  return {
    ...{ store, look },
    ...form,
    ...tables,
    async save() {
      const { draft } = store.getState()
      if (!draft) return
      const { id, settings, keep, passphrase } = draft
      const sealed = keep === 'vault' && passphrase !== '' ? passphrase : null
      const ask = { id, settings, keep, secret: typed(draft), passphrase: sealed }
      const saved = await asking.run('save', (signal) =>
        app.engine['connection.save'](ask, { signal }),
      )
      if (!saved) return
      await look()
      await tables.choose(saved.id)
    },
    async unlock(given) {
      const { chosen } = store.getState()
      if (chosen === null) return
      const open = await asking.run('unlock', (signal) =>
        app.engine['connection.unlock']({ id: chosen, ...given }, { signal }),
      )
      if (!open) return
      await look()
      await tables.choose(chosen)
    },
    async remove({ id }) {
      const answer = await app.engine['connection.remove']({ id })
      if (!answer.ok) {
        store.setState({ error: answer.error })
        return
      }
      start(store, {})
      await look()
    },
    cancel: () => asking.stop(),
    leave: () => asking.stop(),
  }
}

/** Of a connection that is kept, an empty field means the kept password. */
const typed = ({ id, secret }: ConnectionDraft): string | null =>
  id !== null && secret === '' ? null : secret

/** The table's own name, with its schema or a number where that is taken. */
function freeName(app: App, { schema, name }: ServerTable): string {
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const taken = new Set(datasets.map((one) => one.name.toLowerCase()))
  const wanted = [name, `${schema} ${name}`, ...Array.from({ length: 99 }, (_, n) => `${name} ${n + 2}`)] // prettier-ignore
  return (wanted.find((one) => !taken.has(one.toLowerCase())) ?? name).slice(0, 120)
}
