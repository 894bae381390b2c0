/** Reads a foreign SQLite file: always a private copy, opened read-only with every optional power off. */
import { stat } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { cellKind } from '../../sources/cell-kinds.ts'
import { exactNumber } from '../../sources/exact-number.ts'
import type { ReadInto, SourceReader } from '../../sources/reader.ts'
import { TextCells } from '../../sources/text-cells.ts'
import { openCopy } from './open-copy.ts'
import { privateCopy, removeCopy } from './private-copy.ts'
import type { LeftOver, RowBatch } from './bulk-rows.ts'
import { bulkRows, hiddenBytes, rowsBehind } from './bulk-rows.ts'
import { JsonRows } from './json-rows.ts'
import { unreadable } from '../../sources/source-limits.ts'
import { explainReading } from './sqlite-errors.ts'
import type { SqliteTable } from './sqlite-tables.ts'
import { quoteName, tablesOf } from './sqlite-tables.ts'
import { threadedRows } from './threaded-rows.ts'

/** Below it a thread to ask the file starts no sooner than the file is read. */
const worthThread = 8 * 1_048_576

const progressEvery = 4096
const exactWhole = 999_999_999_999_999n

export class SqliteCopy {
  readonly #database: Database.Database
  readonly #path: string
  /** The file of a thread that asks the database, where the file is worth one. */
  readonly #tableThread: string | undefined

  private constructor(database: Database.Database, path: string, tableThread: string | undefined) {
    this.#database = database
    this.#path = path
    this.#tableThread = tableThread
  }

  /** Reads a private copy, which takes the -wal and the journal along, in `tempFolder`, which must be private. */
  static async open(path: string, tempFolder: string, tableThread?: string): Promise<SqliteCopy> {
    const copy = await privateCopy(path, tempFolder)
    try {
      const database = openCopy(copy)
      database.prepare('select count(*) from sqlite_schema').get()
      const { size } = await stat(copy)
      return new SqliteCopy(database, copy, size < worthThread ? undefined : tableThread)
    } catch (error) {
      await removeCopy(copy)
      throw explainReading(error)
    }
  }

  async close(): Promise<void> {
    this.#database.close()
    await removeCopy(this.#path)
  }

  tables(): SqliteTable[] {
    return tablesOf(this.#database)
  }

  /** Undefined when there is no such table. */
  reader(name: string): SourceReader | undefined {
    const table = this.tables().find((candidate) => candidate.name === name)
    if (table === undefined || table.columns.length === 0) return undefined
    return {
      kind: 'sqlite',
      namedColumns: table.columns,
      ...(table.view ? { derived: true } : { countRows: () => this.#count(name) }),
      read: (into) => this.#read(table, into),
    }
  }

  #count(table: string): number {
    const row = this.#database
      .prepare<[], { rows: number }>(`select count(*) as rows from ${quoteName(table)}`)
      .get()
    return row?.rows ?? 0
  }

  async #read(table: SqliteTable, into: ReadInto): Promise<void> {
    const texts = new TextCells(into)
    try {
      const bulk = new JsonRows(into, texts, table.columns.length)
      const left = await this.#readRuns(table, bulk, into)
      into.notes.hiddenErrors = hiddenBytes(this.#database, table, bulk.blanks, left)
      if (left !== undefined) await this.#readRows(left, bulk.rows, into, texts)
    } catch (error) {
      throw explainReading(error)
    }
  }

  async #readRuns(table: SqliteTable, bulk: JsonRows, into: ReadInto): Promise<LeftOver> {
    const batches = this.#batches(table)
    let step = await batches.next()
    for (; step.done !== true; step = await batches.next()) {
      const before = bulk.rows
      const run = step.value
      if (!bulk.take(run.lines)) {
        await batches.return(undefined)
        return rowsBehind(this.#database, table, run, bulk.rows - before)
      }
      // A file forged so that bytes of its cells stand for lines.
      if (bulk.rows - before !== run.rows) throw unreadable('damaged', 'SQLITE_CORRUPT')
      into.progress(run.fraction)
      await heard()
    }
    return step.value
  }

  #batches(table: SqliteTable): Generator<RowBatch, LeftOver> | AsyncGenerator<RowBatch, LeftOver> {
    const program = this.#tableThread
    return program === undefined
      ? bulkRows(this.#database, table)
      : threadedRows(program, { path: this.#path, table: table.name })
  }

  async #readRows(
    { sql, values }: NonNullable<LeftOver>,
    before: number,
    into: ReadInto,
    texts: TextCells,
  ): Promise<void> {
    const rows = this.#database
      .prepare<bigint[], unknown[]>(sql)
      .raw()
      .safeIntegers(true)
      .iterate(...values)
    let row = before
    for (const cells of rows) {
      row++
      for (let column = 0; column < cells.length; column++)
        putCell(into, texts, column, cells[column])
      into.cells.endRow(row)
      if (row % progressEvery !== 0) continue
      into.progress(0)
      await heard()
    }
  }
}

/** A view may have no end: that its import was called off, or its owner died, is heard between its rows. */
const heard = (): Promise<void> => setImmediate()

function putCell(into: ReadInto, texts: TextCells, column: number, value: unknown): void {
  if (value === null) return
  if (typeof value === 'string') texts.put(column, value)
  else if (typeof value === 'bigint') putWhole(into, texts, column, value)
  else if (typeof value === 'number') putNumber(into, column, value)
  else into.cells.set(column, cellKind.error, into.pool.add('BLOB'))
}

/** Beyond 15 digits as text, so that no number is rounded on the way. */
function putWhole(into: ReadInto, texts: TextCells, column: number, value: bigint): void {
  if (value > exactWhole || value < -exactWhole) texts.put(column, String(value))
  else into.cells.set(column, cellKind.scaled, Number(value))
}

function putNumber(into: ReadInto, column: number, value: number): void {
  if (Number.isFinite(value)) {
    const exact = exactNumber(value)
    into.cells.set(column, exact.kind, exact.value)
  } else into.notes.nonFinite++
}
