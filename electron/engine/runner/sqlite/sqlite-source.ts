/** Reads a foreign SQLite file: always a private copy, opened read-only with every optional power off. */
import Database from 'better-sqlite3'
import { cellKind } from '../../sources/cell-kinds.ts'
import { exactNumber } from '../../sources/exact-number.ts'
import type { ReadInto, SourceReader } from '../../sources/reader.ts'
import { TextCells } from '../../sources/text-cells.ts'
import { privateCopy, removeCopy } from './private-copy.ts'
import type { LeftOver } from './bulk-rows.ts'
import { bulkRows, hiddenBytes } from './bulk-rows.ts'
import { JsonRows } from './json-rows.ts'
import { explainReading } from './sqlite-errors.ts'
import type { SqliteTable } from './sqlite-tables.ts'
import { quoteName, tablesOf } from './sqlite-tables.ts'

const progressEvery = 4096
const exactWhole = 999_999_999_999_999n

export class SqliteCopy {
  readonly #database: Database.Database
  readonly #path: string

  private constructor(database: Database.Database, path: string) {
    this.#database = database
    this.#path = path
  }

  /** Reads a private copy, which takes the -wal and the journal along, in `tempFolder`, which must be private. */
  static async open(path: string, tempFolder: string): Promise<SqliteCopy> {
    const copy = await privateCopy(path, tempFolder)
    try {
      const database = new Database(copy, { fileMustExist: true })
      database.pragma('trusted_schema = off')
      database.pragma('cell_size_check = on')
      database.pragma('query_only = on')
      database.prepare('select count(*) from sqlite_schema').get()
      return new SqliteCopy(database, copy)
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
      read: (into) => Promise.resolve().then(() => this.#read(table, into)),
    }
  }

  #count(table: string): number {
    const row = this.#database
      .prepare<[], { rows: number }>(`select count(*) as rows from ${quoteName(table)}`)
      .get()
    return row?.rows ?? 0
  }

  #read(table: SqliteTable, into: ReadInto): void {
    const texts = new TextCells(into)
    try {
      const bulk = new JsonRows(into, texts)
      const batches = bulkRows(this.#database, table)
      let step = batches.next()
      for (; step.done !== true; step = batches.next()) {
        bulk.take(step.value.lines)
        into.progress(step.value.fraction)
      }
      into.notes.hiddenErrors = hiddenBytes(this.#database, table, bulk.blanks, step.value)
      if (step.value !== undefined) this.#readRows(step.value, bulk.rows, into, texts)
    } catch (error) {
      throw explainReading(error)
    }
  }

  #readRows(
    { sql, values }: NonNullable<LeftOver>,
    before: number,
    into: ReadInto,
    texts: TextCells,
  ): void {
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
      if (row % progressEvery === 0) into.progress(0)
    }
  }
}

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
