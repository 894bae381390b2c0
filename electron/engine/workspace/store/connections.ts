/** Connections of the workspace to servers: where they lead and what is known of them, never a password. */
import type Database from 'better-sqlite3'
import type { KeepSecret } from '../../../../shared/data/connection.ts'
import {
  ConnectionSettings,
  KeepSecret as Keep,
  ServerFacts,
} from '../../../../shared/data/connection.ts'

export interface StoredConnection {
  readonly id: string
  readonly settings: ConnectionSettings
  readonly keep: KeepSecret
  readonly facts: ServerFacts
}

interface Row {
  readonly id: string
  readonly settings: string
  readonly keep: string
  readonly facts: string
}

export class Connections {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  all(): StoredConnection[] {
    return this.#database
      .prepare<[], Row>('select id, settings, keep, facts from connection order by name, id')
      .all()
      .map(read)
  }

  find(id: string): StoredConnection | undefined {
    return this.all().find((one) => one.id === id)
  }

  save({ id, settings, keep, facts }: StoredConnection): void {
    this.#database
      .prepare(
        `insert into connection (id, name, settings, keep, facts) values (?, ?, ?, ?, ?)
         on conflict (id) do update set name = excluded.name, settings = excluded.settings,
           keep = excluded.keep, facts = excluded.facts`,
      )
      .run(id, settings.name, JSON.stringify(settings), keep, JSON.stringify(facts))
  }

  remove(id: string): void {
    this.#database.prepare('delete from connection where id = ?').run(id)
  }
}

function read({ id, settings, keep, facts }: Row): StoredConnection {
  return {
    id,
    settings: ConnectionSettings.parse(JSON.parse(settings)),
    keep: Keep.parse(keep),
    facts: ServerFacts.parse(JSON.parse(facts)),
  }
}

export interface LiveServer {
  readonly connection: string
  readonly schema: string
}

/** Live datasets whose table is a server's: the same in all their versions. */
export class LiveServers {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** Only of a table that is in no file. */
  of(dataset: {
    readonly id: string
    readonly file: string | null
    readonly livePath: string | null
  }): { readonly liveServer?: LiveServer } {
    if (dataset.file !== null || dataset.livePath !== null) return {}
    const liveServer = this.#database
      .prepare<[string], LiveServer>('select connection, schema from live_server where dataset = ?')
      .get(dataset.id)
    return liveServer === undefined ? {} : { liveServer }
  }

  save({ id, liveServer }: { readonly id: string; readonly liveServer?: LiveServer }): void {
    if (!liveServer) return
    this.#database
      .prepare('insert or replace into live_server (dataset, connection, schema) values (?, ?, ?)')
      .run(id, liveServer.connection, liveServer.schema)
  }
}
