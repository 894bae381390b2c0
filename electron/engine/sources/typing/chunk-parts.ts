/** Parts of a column chunk: some of its rows, some of its columns. */
import type { SheetRange } from '../../../../shared/data/sheet-layout.ts'
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { TextPool } from '../text-pool.ts'

export function keepRows(chunk: ColumnChunk, rows: readonly number[]): ColumnChunk {
  return {
    rows: rows.length,
    sourceRows: Float64Array.from(rows, (row) => chunk.sourceRows[row] ?? 0),
    kinds: chunk.kinds.map((kinds) => Uint8Array.from(rows, (row) => kinds[row] ?? 0)),
    values: chunk.values.map((values) => Float64Array.from(rows, (row) => values[row] ?? 0)),
  }
}

/** The columns from..to (not included), whole. */
export function keepColumns(chunk: ColumnChunk, from: number, to: number): ColumnChunk {
  return { ...chunk, kinds: chunk.kinds.slice(from, to), values: chunk.values.slice(from, to) }
}

/** Rows of `chunk` with a cell that is not blank, among from..to (not included). */
export function filledRows(chunk: ColumnChunk, from: number, to: number): number[] {
  const rows: number[] = []
  for (let row = from; row < to; row++) {
    if (chunk.kinds.some((kinds) => kinds[row] !== cellKind.blank)) rows.push(row)
  }
  return rows
}

/** The cells of one table of a sheet; rows that are blank there are no rows of it. */
export function withinRange(chunk: ColumnChunk, range: SheetRange): ColumnChunk {
  const { fromRow, toRow = Infinity, fromColumn, toColumn = Infinity } = range
  const columns = keepColumns(chunk, fromColumn - 1, Math.min(toColumn, chunk.kinds.length))
  const rows = filledRows(columns, 0, chunk.rows).filter((row) => {
    const at = chunk.sourceRows[row] ?? 0
    return at >= fromRow && at <= toRow
  })
  return keepRows(columns, rows)
}

/** The first text of a row: what it says it is. */
export function labelOf(chunk: ColumnChunk, row: number, pool: TextPool): string {
  const column = chunk.kinds.findIndex((kinds) => kinds[row] === cellKind.text)
  return column < 0
    ? ''
    : pool
        .textAt(chunk.values[column]?.[row] ?? 0)
        .trim()
        .slice(0, 60)
}

export const kindAt = (chunk: ColumnChunk, column: number, row: number): number =>
  chunk.kinds[column]?.[row] ?? 0

export function columnsWhere(chunk: ColumnChunk, test: (column: number) => boolean): number[] {
  return [...chunk.kinds.keys()].filter(test)
}
