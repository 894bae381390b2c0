/** Appends batches of typed columns to one table, 2048 rows at a time through one reused chunk. */
import type { DuckDBAppender, DuckDBConnection, DuckDBVector } from '@duckdb/node-api'
import { DuckDBDataChunk, DuckDBVarCharVector } from '@duckdb/node-api'
import type { StoredColumn } from '../../extracts/extract-columns.ts'
import type { ColumnValues } from './column-vectors.ts'
import { duckDbType, fillVector } from './column-vectors.ts'

const chunkRows = 2048
/** Rows of a row group: given whole, it is packed and written at once, and by nothing else before the end. */
const groupRows = 122_880

export class TableAppender {
  readonly #appender: DuckDBAppender
  readonly #chunk: DuckDBDataChunk
  readonly #width: number
  #inGroup = 0
  /** Those of whole chunks, filled again and again: what each would be made anew costs as much as the filling. */
  readonly #vectors: DuckDBVector[] = []

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
    for (let from = 0; from < count;) {
      const rows = Math.min(chunkRows, count - from, groupRows - this.#inGroup)
      this.#chunk.reset()
      this.#chunk.rowCount = rows
      columns.forEach((values, index) => {
        fillVector(this.#vector(index, rows), values, from, rows)
      })
      this.#appender.appendDataChunk(this.#chunk)
      from += rows
      this.#inGroup += rows
      if (this.#inGroup < groupRows) continue
      this.#appender.flushSync()
      this.#inGroup = 0
    }
  }

  /** Vectors of texts are always new: theirs hold on to every text. */
  #vector(index: number, rows: number): DuckDBVector {
    const known = rows === chunkRows ? this.#vectors[index] : undefined
    if (known !== undefined) return known
    const vector = this.#chunk.getColumnVector(index)
    const isKept = rows === chunkRows && !(vector instanceof DuckDBVarCharVector)
    if (isKept) this.#vectors[index] = vector
    return vector
  }

  close(): void {
    this.#appender.flushSync()
    this.#appender.closeSync()
  }
}
