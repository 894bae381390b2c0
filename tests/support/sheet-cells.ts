/** A sheet of cells as a reader gives it, and the names found in it. */
import { cellKind } from '../../electron/engine/sources/cell-kinds.ts'
import type { ColumnChunk } from '../../electron/engine/sources/column-chunk.ts'
import { ChunkBuilder } from '../../electron/engine/sources/column-chunk.ts'
import { exactNumber } from '../../electron/engine/sources/exact-number.ts'
import { TextPool } from '../../electron/engine/sources/text-pool.ts'
import { findHeader, readNames } from '../../electron/engine/sources/typing/header-row.ts'

export type SheetCell = string | number | null

/** Rows as a reader gives them; an empty row is no row, as in a file. */
export function sheet(rows: readonly (readonly SheetCell[])[]): {
  chunk: ColumnChunk
  pool: TextPool
} {
  const pool = new TextPool(1e9)
  const chunks: ColumnChunk[] = []
  const cells = new ChunkBuilder((one) => chunks.push(copied(one)), 100)
  rows.forEach((row, index) => {
    row.forEach((cell, column) => {
      if (cell === null) return
      if (typeof cell === 'string') cells.set(column, cellKind.text, pool.add(cell))
      else {
        const { kind, value } = exactNumber(cell)
        cells.set(column, kind, value)
      }
    })
    cells.endRow(index + 1)
  })
  cells.finish()
  const [chunk] = chunks
  if (!chunk) throw new Error('no rows')
  return { chunk, pool }
}

const copied = (chunk: ColumnChunk): ColumnChunk => ({
  rows: chunk.rows,
  sourceRows: chunk.sourceRows.slice(),
  kinds: chunk.kinds.map((kinds) => kinds.slice()),
  values: chunk.values.map((values) => values.slice()),
})

export function namesOf(rows: readonly (readonly SheetCell[])[]): readonly string[] {
  const { chunk, pool } = sheet(rows)
  return readNames(chunk, findHeader(chunk, pool), pool).names
}
