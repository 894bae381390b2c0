/** Tables of servers as live datasets: made, and kept true of what the server says now. */
import { randomBytes } from 'node:crypto'
import { refuseNameBeingMade } from '../import-turns.ts'
import type { ConnectTable } from '../../../../shared/data/connection.ts'
import type { DatasetInfo } from '../../../../shared/data/dataset.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { datasetInfo } from '../dataset-words.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { WorkspaceService } from '../workspace-service.ts'
import type { ConnectionService } from './connection-service.ts'
import { writtenTable } from '../user-sql/written-source.ts'
import { describeServerTable, lastDayOf, tableAt } from './describe-server.ts'

/** So long the last day of a table is taken for true: asking for it may read a column of the whole table. */
const freshMs = 60_000

export class ServerDatasets {
  readonly #workspaces: WorkspaceService
  readonly #connections: ConnectionService
  readonly #now: () => Date
  readonly #looked = new Map<string, number>()

  constructor(workspaces: WorkspaceService, connections: ConnectionService, now: () => Date) {
    this.#workspaces = workspaces
    this.#connections = connections
    this.#now = now
  }

  async connect(ask: ConnectTable, signal: AbortSignal): Promise<DatasetInfo> {
    const workspace = await this.#workspaces.require()
    const refuseTaken = (): void => {
      if (workspace.catalogue.datasetNamed(ask.name)) {
        throw new AppErrorException(appError('dataset/nameTaken', { name: ask.name }))
      }
      refuseNameBeingMade(workspace, ask.name)
    }
    refuseTaken()
    const known = this.#connections.known(workspace, ask.connection)
    const place = { schema: ask.schema, table: ask.table }
    const run = this.#connections.askOf(ask.connection, signal)
    const described = await describeServerTable(known, place, run)
    if (described.rows === 0) throw new AppErrorException(appError('dataset/empty'))
    return workspace.exclusive(() => {
      refuseTaken()
      const id = `ds_${randomBytes(6).toString('hex')}`
      const dataset = serverDataset(id, ask, described, this.#now())
      workspace.catalogue.saveDatasets([dataset])
      this.#looked.set(id, this.#now().getTime())
      this.#workspaces.announce('datasets')
      return Promise.resolve(datasetInfo(dataset))
    })
  }

  /** Rejects with AppErrorException: whatever keeps the server from being asked. */
  async freshen(id: string, signal: AbortSignal): Promise<void> {
    const workspace = this.#workspaces.current
    const stored = workspace?.catalogue.dataset(id)
    if (!workspace || !stored?.liveServer || stored.liveTable === null) return
    const { connection, schema } = stored.liveServer
    const now = this.#now().getTime()
    if (now - (this.#looked.get(id) ?? 0) < freshMs) return
    const known = this.#connections.known(workspace, connection)
    const from = stored.sql
      ? writtenTable(workspace, stored, stored.sql)
      : tableAt({ schema, table: stored.liveTable })
    const run = this.#connections.askOf(connection, signal)
    const lastDay = await lastDayOf(known, from, stored.fields, run)
    this.#looked.set(id, now)
    if (lastDay === stored.lastDay) return
    await workspace.exclusive(() => {
      const current = workspace.open ? workspace.catalogue.dataset(id) : undefined
      if (!current) return Promise.resolve()
      const dataAsOf = this.#now().toISOString()
      const version = current.version + 1
      workspace.catalogue.saveDatasets([{ ...current, lastDay, dataAsOf, version }])
      this.#workspaces.announce('datasets')
      return Promise.resolve()
    })
  }
}

export function serverDataset(
  id: string,
  { name, connection, schema, table }: ConnectTable,
  described: Pick<StoredDataset, 'rows' | 'fields' | 'lastDay'>,
  now: Date,
): StoredDataset {
  return {
    ...{ id, name, mode: 'live', version: 1, file: null, livePath: null, liveTable: table },
    ...described,
    liveServer: { connection, schema },
    dataAsOf: now.toISOString(),
    ...{ rejected: 0, warnings: [], overrides: [], renames: {}, folder: null, overlap: 'ask' },
    ...{ recipe: null, imported: null, companion: null, sources: [] },
  }
}
