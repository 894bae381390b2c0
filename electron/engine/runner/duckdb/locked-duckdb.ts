/** DuckDB for questions: extracts attached read-only, then every door to files, network and settings shut for good. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBMaterializedResult,
  DuckDBPreparedStatement,
  DuckDBType,
} from '@duckdb/node-api'
import { BIGINT, BOOLEAN, DOUBLE, DuckDBInstance, StatementType, VARCHAR } from '@duckdb/node-api'
import { addReadingFunctions } from './reading-functions.ts'
import type { SqlValue } from '../../sql/nodes.ts'

export interface AttachedExtract {
  /** Catalogue name in SQL: lower-case letters, digits and underscores. */
  readonly alias: string
  readonly path: string
}

export interface LockedDuckDbOptions {
  readonly extracts: readonly AttachedExtract[]
  readonly memoryLimitMb: number
  /** Spilling goes to a folder made inside this one, which must exist: SQL can still read the spill folder itself. */
  readonly tempFolder: string
  /** Cap for spilled bytes. */
  readonly tempLimitMb?: number
  readonly threads: number
  /** Made before the doors are shut, of names and paths the engine chose. */
  readonly views?: readonly string[]
}

/** Thrown for anything but exactly one SELECT statement: a bug or an attack, never a user's mistake in a query model. */
export class RefusedStatement extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'RefusedStatement'
  }
}

export const closedDoors = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
}

export interface LockedDuckDb {
  connect(): Promise<LockedConnection>
  close(): void
}

/** Opens an in-memory database that can read the given extracts and nothing else on the machine. */
export async function openLockedDuckDb(options: LockedDuckDbOptions): Promise<LockedDuckDb> {
  const spill = mkdtempSync(join(options.tempFolder, 'spill-'))
  const instance = await DuckDBInstance.create(':memory:', {
    ...closedDoors,
    memory_limit: `${options.memoryLimitMb}MB`,
    temp_directory: spill,
    max_temp_directory_size: `${options.tempLimitMb ?? 10_240}MB`,
    threads: String(options.threads),
  })
  try {
    const connection = await instance.connect()
    for (const extract of options.extracts) await connection.run(attachStatement(extract))
    addReadingFunctions(connection)
    for (const view of options.views ?? []) await connection.run(view)
    await connection.run('set enable_external_access=false')
    await connection.run('set lock_configuration=true')
    connection.closeSync()
  } catch (error) {
    closeAll(instance, spill)
    throw error
  }
  return {
    connect: async () => new LockedConnection(await instance.connect()),
    close: () => closeAll(instance, spill),
  }
}

function closeAll(instance: DuckDBInstance, spill: string): void {
  instance.closeSync()
  rmSync(spill, { recursive: true, force: true })
}

function attachStatement({ alias, path }: AttachedExtract): string {
  if (!/^[a-z][a-z0-9_]{0,60}$/.test(alias)) throw new RefusedStatement('unusable alias')
  return `attach ${quoteText(path)} as ${alias} (read_only)`
}

/** One connection answers one question at a time; open another for a question that must run beside it. */
export class LockedConnection {
  readonly #connection: DuckDBConnection
  constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  /** Runs exactly one SELECT; `values` fill $1, $2 and so on. */
  async select(sql: string, values: readonly SqlValue[] = []): Promise<DuckDBMaterializedResult> {
    const prepared = await this.#oneSelect(sql)
    try {
      if (values.length > 0) prepared.bind([...values], values.map(typeOf))
      return await prepared.run()
    } finally {
      prepared.destroySync()
    }
  }

  /** As `select`, chunk by chunk, so that a large answer is never held whole. */
  async *stream(sql: string, values: readonly SqlValue[] = []): AsyncGenerator<DuckDBDataChunk> {
    const prepared = await this.#oneSelect(sql)
    try {
      if (values.length > 0) prepared.bind([...values], values.map(typeOf))
      const result = await prepared.stream()
      for (;;) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) return
        yield chunk
      }
    } finally {
      prepared.destroySync()
    }
  }

  async #oneSelect(sql: string): Promise<DuckDBPreparedStatement> {
    const statements = await this.#connection.extractStatements(sql)
    if (statements.count !== 1) throw new RefusedStatement('exactly one statement is allowed')
    const prepared = await statements.prepare(0)
    if (prepared.statementType === StatementType.SELECT) return prepared
    prepared.destroySync()
    throw new RefusedStatement('only SELECT is allowed')
  }

  /** Ends the running question within milliseconds; its promise rejects. */
  interrupt(): void {
    this.#connection.interrupt()
  }

  close(): void {
    this.#connection.closeSync()
  }
}

/** A whole number beyond those a double tells apart may be larger than any the engine has. */
function typeOf(value: SqlValue): DuckDBType {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BIGINT : DOUBLE
  return typeof value === 'boolean' ? BOOLEAN : VARCHAR
}

/** Quotes a text literal for the statements that take no parameters (attach). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
