/** Has rows of cells reviewed for totals, in chunks as a reader gives them. */
import { cellKind } from '../../electron/engine/sources/cell-kinds.ts'
import type { ColumnChunk } from '../../electron/engine/sources/column-chunk.ts'
import { ChunkBuilder } from '../../electron/engine/sources/column-chunk.ts'
import { exactNumber } from '../../electron/engine/sources/exact-number.ts'
import { TextPool } from '../../electron/engine/sources/text-pool.ts'
import { TotalRows } from '../../electron/engine/sources/typing/total-rows.ts'

/** A day is a date cell of January. */
export type Cell = string | number | null | { readonly day: number }
export type Row = readonly Cell[]

export interface Review {
  /** Counted from 1, the head not among them. */
  readonly out: readonly (readonly [number, string])[]
  readonly kept: readonly number[]
}

/** Reads rows of data in chunks of so many; the rows held back are settled at the end. */
export function review(rows: readonly Row[], capacity = 8192, byWord = false): Review {
  const pool = new TextPool(1e9)
  const totals = new TotalRows(pool, [], byWord)
  const out: [number, string][] = []
  const kept: number[] = []
  const held: number[] = []
  let took = 0
  const at = (chunk: ColumnChunk, row: number): number => chunk.sourceRows[row] ?? 0
  const cells = new ChunkBuilder(
    (chunk) => {
      took += chunk.rows
      const found = totals.review(chunk, 0, took === rows.length)
      for (const { row, reason } of found.out) out.push([at(chunk, row), reason])
      kept.push(...found.kept.map((row) => at(chunk, row)))
      held.push(...found.held.map((row) => at(chunk, row)))
    },
    100,
    capacity,
  )
  rows.forEach((row, index) => {
    row.forEach((cell, column) => {
      if (cell === null) return
      if (typeof cell === 'string') cells.set(column, cellKind.text, pool.add(cell))
      else if (typeof cell === 'object') cells.set(column, cellKind.day, 20_000 + cell.day)
      else {
        const { kind, value } = exactNumber(cell)
        cells.set(column, kind, value)
      }
    })
    cells.endRow(index + 1)
  })
  cells.finish()
  if (held.length > 0)
    totals.settle().forEach(({ reason, kept: told }, index) => {
      if (told) kept.push(held[index] ?? 0)
      if (reason !== null) out.push([held[index] ?? 0, reason])
    })
  return { out: out.toSorted(([a], [b]) => a - b), kept }
}
