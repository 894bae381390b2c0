/** Rows of a prepared select on their way to the spool: cells as readers of files give them, so that one writer serves both. */
import type { DuckDBDataChunk } from '@duckdb/node-api'
import { cellKind } from '../../sources/cell-kinds.ts'
import type { ColumnChunk } from '../../sources/column-chunk.ts'
import { ChunkBuilder } from '../../sources/column-chunk.ts'
import { exactNumber } from '../../sources/exact-number.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { overLimit } from '../../sources/source-limits.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { StageColumn } from '../../preparation/stage.ts'
import type { Expr } from '../../sql/nodes.ts'
import { call, cast } from '../../sql/nodes.ts'
import { prepare } from '../../sql/prepare-functions.ts'
import { own } from '../../preparation/stage.ts'
import { asText } from '../../preparation/typed-values.ts'
import type { CellTarget } from '../duckdb/extract-reader.ts'
import { putNumber, putText } from '../duckdb/extract-reader.ts'
import type { Spool } from '../import/spool.ts'

/** What leaves the engine for a column: codes, texts or numbers a double holds exactly. */
export function storedExpr(one: StageColumn): Expr {
  switch (one.type) {
    case 'text':
    case 'double':
      return own(one)
    case 'integer':
      return one.wide ? asText(own(one), one) : prepare('asDouble', [own(one)])
    case 'decimal':
      return one.wide ? asText(own(one), one) : prepare('unscaled', [own(one)], one.scale)
    case 'boolean':
      return cast(own(one), 'integer')
    case 'date':
      return call('epochDay', own(one))
    case 'timestamp':
      return prepare('asDouble', [call('epochSecond', own(one))])
  }
}

type PutCell = (into: CellTarget, column: number, value: unknown) => void

const asKind =
  (kind: number): PutCell =>
  (into, column, value) =>
    into.cells.set(column, kind, Number(value))

function putterOf(one: StageColumn, places: readonly number[] | undefined): PutCell {
  switch (one.type) {
    case 'text':
      return places === undefined
        ? putText
        : (into, column, value) => into.cells.set(column, cellKind.text, places[Number(value)] ?? 0)
    case 'integer':
      return one.wide ? putNumber : asKind(cellKind.scaled)
    case 'decimal':
      return one.wide ? putNumber : asKind(cellKind.scaled + one.scale)
    case 'double':
      return (into, column, value) => {
        const exact = exactNumber(Number(value))
        into.cells.set(column, exact.kind, exact.value)
      }
    case 'boolean':
      return asKind(cellKind.boolean)
    case 'date':
      return asKind(cellKind.day)
    case 'timestamp':
      return asKind(cellKind.second)
  }
}

export class PreparedRows {
  readonly profiles: readonly ColumnProfile[]
  /** Rows by source. */
  readonly bySource = new Map<number, number>()
  rows = 0
  readonly #spool: Spool
  readonly #put: readonly PutCell[]
  readonly #target: CellTarget
  readonly #limits: SourceLimits
  #source = 0

  /** `places[i]` are the pool's places of a coded column's texts. */
  constructor(
    columns: readonly StageColumn[],
    places: readonly (readonly number[] | undefined)[],
    parts: { readonly spool: Spool; readonly pool: TextPool; readonly limits: SourceLimits },
  ) {
    this.profiles = columns.map(() => new ColumnProfile())
    this.#spool = parts.spool
    this.#limits = parts.limits
    this.#put = columns.map((one, index) => putterOf(one, places[index]))
    const cells = new ChunkBuilder((chunk) => this.#store(chunk), columns.length + 1)
    this.#target = { cells, pool: parts.pool }
  }

  /** Columns: source, row in it, then the fields. */
  take(chunk: DuckDBDataChunk): void {
    const sources = chunk.getColumnValues(0)
    const lines = chunk.getColumnValues(1)
    const values = this.#put.map((_, index) => chunk.getColumnValues(index + 2))
    const { cells } = this.#target
    for (let row = 0; row < chunk.rowCount; row++) {
      this.#turnTo(Number(sources[row]))
      for (const [column, put] of this.#put.entries()) {
        const value = values[column]?.[row] ?? null
        if (value !== null) put(this.#target, column, value)
      }
      // A row without any value is a row here: a mark beside the fields keeps it.
      cells.set(this.#put.length, cellKind.boolean, 1)
      cells.endRow(Number(lines[row]))
    }
  }

  finish(): void {
    this.#target.cells.finish()
  }

  #turnTo(source: number): void {
    if (source === this.#source) return
    this.finish()
    this.#source = source
  }

  #store(chunk: ColumnChunk): void {
    const { rows } = chunk
    this.rows += rows
    if (this.rows > this.#limits.rows) throw overLimit('rows')
    this.bySource.set(this.#source, (this.bySource.get(this.#source) ?? 0) + rows)
    const place = { source: this.#source, exact: true }
    this.#spool.write(chunk, 0, place, [...this.profiles.keys()])
    for (const [index, profile] of this.profiles.entries()) {
      const kinds = chunk.kinds[index]
      const values = chunk.values[index]
      if (kinds && values) profile.add(kinds.subarray(0, rows), values.subarray(0, rows), rows)
      else profile.addBlanks(rows)
    }
  }
}
