/** Appends batches of typed columns to one table, 2048 rows at a time through one reused chunk. */
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import { DuckDBDataChunk } from '@duckdb/node-api'
import type { StoredColumn } from '../../extracts/extract-columns.ts'
import type { ColumnValues } from './column-vectors.ts'
import { duckDbType, fillVector } from './column-vectors.ts'

const chunkRows = 2048

export class TableAppender {
  readonly #appender: DuckDBAppender
  readonly #chunk: DuckDBDataChunk
  readonly #width: number

  private constructor(appender: DuckDBAppender, columns: readonly StoredColumn[]) {
    this.#appender = appender
    this.#width = columns.length
    this.#chunk = DuckDBDataChunk.create(columns.map((column) => duckDbType(column.sqlType)))
  }

  /** Makes the table and opens an appender on it. */
  static async create(
    connection: DuckDBConnection,
    table: string,
    columns: readonly StoredColumn[],
  ): Promise<TableAppender> {
    const list = columns.map((column) => `${column.name} ${column.sqlType}`).join(', ')
    await connection.run(`create table ${table} (${list})`)
    return new TableAppender(await connection.createAppender(table), columns)
  }

  /** Every column must hold at least `count` values. */
  append(columns: readonly ColumnValues[], count: number): void {
    if (columns.length !== this.#width) throw new Error('a batch must have every column')
    for (let from = 0; from < count; from += chunkRows) {
      const rows = Math.min(chunkRows, count - from)
      this.#chunk.reset()
      this.#chunk.rowCount = rows
      columns.forEach((values, index) => {
        fillVector(this.#chunk.getColumnVector(index), values, from, rows)
      })
      this.#appender.appendDataChunk(this.#chunk)
    }
  }

  close(): void {
    this.#appender.flushSync()
    this.#appender.closeSync()
  }
}
