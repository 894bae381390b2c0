/** Connections of the workspace: tried, kept, asked for their tables, and reached by whoever runs a question. */
import { randomBytes } from 'node:crypto'
import type {
  ConnectionInfo,
  Connections,
  ConnectionSettings,
  SaveConnection,
  ServerFacts,
  ServerNames,
  ServerTable,
  TestConnection,
  UnlockConnection,
} from '../../../../shared/data/connection.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { QueryRunner } from '../../query/query-runner.ts'
import type { ServerAccess } from '../../runner/server/server-access.ts'
import { serverLimits } from '../../runner/server/server-access.ts'
import type { StoredConnection } from '../store/connections.ts'
import type { WorkspaceService } from '../workspace-service.ts'
import type { Workspace } from '../workspace.ts'
import { tablesOf } from './describe-server.ts'
import { namesOf } from './server-names.ts'
import type { SecretKeeper } from './secret-keeper.ts'
import type { AskServer } from './server-facts.ts'
import { factsOf } from './server-facts.ts'

/** Runs statements, and ends the process that holds a way to a server. */
export interface ServerRunner extends QueryRunner {
  endServer(connection: string): void
}

export interface ConnectionNeeds {
  readonly workspaces: WorkspaceService
  readonly keeper: SecretKeeper
  readonly runner: () => ServerRunner
}

const namesFreshMs = 300_000
const namesLimitMs = 20_000

export class ConnectionService {
  readonly #needs: ConnectionNeeds
  /** Ways that are tried and not kept. */
  readonly #trials = new Map<string, ServerAccess>()
  readonly #names = new Map<
    string,
    { readonly names: Promise<ServerNames>; readonly since: number }
  >()

  constructor(needs: ConnectionNeeds) {
    this.#needs = needs
  }

  async list(): Promise<Connections> {
    const { keeper } = this.#needs
    const workspace = await this.#needs.workspaces.require()
    const all = workspace.catalogue.connections.all()
    const connections: ConnectionInfo[] = []
    for (const one of all) connections.push(await this.#info(workspace, one))
    return { connections, keeping: await keeper.keeping(), hasVault: keeper.vault.exists }
  }

  /** What the server says of itself; nothing is kept. */
  async test(ask: TestConnection, signal: AbortSignal): Promise<ServerFacts> {
    const secret = await this.#secretFor(ask.id, ask.secret)
    return this.#trying(accessOf(ask.settings, secret), (run) => factsOf(ask.settings, run), signal)
  }

  /** Kept only when the server answers. */
  async save(ask: SaveConnection, signal: AbortSignal): Promise<ConnectionInfo> {
    const { workspaces, keeper } = this.#needs
    const workspace = await workspaces.require()
    const { connections } = workspace.catalogue
    const known = ask.id === null ? undefined : this.#known(workspace, ask.id)
    const taken = connections.all().find(({ settings }) => sameName(settings, ask.settings))
    if (taken && taken.id !== known?.id) throw refusal('connection/nameTaken')
    const secret = await this.#secretFor(ask.id, ask.secret)
    const facts = await this.test({ ...ask, secret }, signal)
    const id = known?.id ?? `con_${randomBytes(6).toString('hex')}`
    await keeper.keep(id, secret, ask.keep, ask.passphrase)
    const stored = { id, settings: ask.settings, keep: ask.keep, facts }
    this.#names.delete(id)
    await workspace.exclusive(() => {
      connections.save(stored)
      return Promise.resolve()
    })
    this.#needs.runner().endServer(id)
    return this.#info(workspace, stored)
  }

  async remove(id: string): Promise<void> {
    const workspace = await this.#needs.workspaces.require()
    const known = this.#known(workspace, id)
    const datasets = datasetsOf(workspace, id)
    if (datasets.length > 0) {
      throw refusal('connection/inUse', { reason: 'named', datasets: datasets.join(', ') })
    }
    workspace.catalogue.connections.remove(id)
    this.#names.delete(id)
    await this.#needs.keeper.forget(id, known.keep)
    this.#needs.runner().endServer(id)
  }

  /** A password for this run, tried first; or the passphrase of the vault, which opens all in it. */
  async unlock(
    { id, secret, passphrase }: UnlockConnection,
    signal: AbortSignal,
  ): Promise<ConnectionInfo> {
    const workspace = await this.#needs.workspaces.require()
    const known = this.#known(workspace, id)
    if (passphrase !== null) await this.#needs.keeper.vault.open(passphrase)
    if (secret !== null) {
      await this.test({ settings: known.settings, secret, id }, signal)
      this.#needs.keeper.remember(id, secret)
    }
    return this.#info(workspace, known)
  }

  async tables(id: string, signal: AbortSignal): Promise<ServerTable[]> {
    const workspace = await this.#needs.workspaces.require()
    return tablesOf(this.#known(workspace, id), this.askOf(id, signal))
  }

  /**
   * Asked once, and again after some minutes. Whoever asks meanwhile waits for the same answer; one that failed is asked anew.
   */
  async names(id: string): Promise<ServerNames> {
    const workspace = await this.#needs.workspaces.require()
    const known = this.#known(workspace, id)
    const held = this.#names.get(id)
    if (held && Date.now() - held.since < namesFreshMs) return held.names
    const names = namesOf(known, this.askOf(id, AbortSignal.timeout(namesLimitMs)))
    this.#names.set(id, { names, since: Date.now() })
    names.catch(() => this.#names.delete(id))
    return names
  }

  /** Statements over a kept connection. */
  askOf(connection: string, signal: AbortSignal): AskServer {
    const target = { kind: 'server', connection } as const
    return (text, values = [], written = []) => {
      const marked = written.length === 0 ? {} : { written }
      return this.#needs.runner().run(target, { text, values, ...marked }, signal)
    }
  }

  /** How to reach a server. Rejects with AppErrorException where its password is not at hand. */
  async access(id: string): Promise<ServerAccess> {
    const trial = this.#trials.get(id)
    if (trial) return trial
    const workspace = await this.#needs.workspaces.require()
    const { settings, keep } = this.#known(workspace, id)
    return accessOf(settings, await this.#needs.keeper.get(id, keep, settings.name))
  }

  known(workspace: Workspace, id: string): StoredConnection {
    return this.#known(workspace, id)
  }

  async #secretFor(id: string | null, typed: string | null): Promise<string> {
    if (typed !== null) return typed
    if (id === null) return ''
    return (await this.access(id)).secret
  }

  async #trying<T>(
    access: ServerAccess,
    work: (ask: AskServer) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const id = `trial_${randomBytes(6).toString('hex')}`
    this.#trials.set(id, access)
    try {
      return await work(this.askOf(id, signal))
    } finally {
      this.#trials.delete(id)
      this.#needs.runner().endServer(id)
    }
  }

  #known(workspace: Workspace, id: string): StoredConnection {
    const known = workspace.catalogue.connections.find(id)
    if (!known) throw refusal('connection/notFound')
    return known
  }

  async #info(workspace: Workspace, stored: StoredConnection): Promise<ConnectionInfo> {
    const { id, settings, facts, keep } = stored
    const secret = await this.#needs.keeper.place(id, keep)
    return { id, settings, facts, secret, datasets: datasetsOf(workspace, id) }
  }
}

const sameName = (a: ConnectionSettings, b: ConnectionSettings): boolean =>
  a.name.toLowerCase() === b.name.toLowerCase()

const datasetsOf = (workspace: Workspace, id: string): string[] =>
  workspace.catalogue
    .datasets()
    .filter(({ liveServer }) => liveServer?.connection === id)
    .map(({ name }) => name)

function accessOf(settings: ConnectionSettings, secret: string): ServerAccess {
  const { kind, host, port, database, user, tls, authority } = settings
  return { kind, host, port, database, user, secret, tls, authority, limits: serverLimits }
}

function refusal(
  code: 'connection/notFound' | 'connection/nameTaken' | 'connection/inUse',
  details: Record<string, string> = {},
): AppErrorException {
  return new AppErrorException(appError(code, details))
}
