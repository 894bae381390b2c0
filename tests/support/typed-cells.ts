/** Columns of cells as a reader gives them, and what becomes of them. */
import { epochDayOf } from '../../shared/data/calendar-day.ts'
import { cellKind } from '../../electron/engine/sources/cell-kinds.ts'
import { exactNumber } from '../../electron/engine/sources/exact-number.ts'
import { TextPool } from '../../electron/engine/sources/text-pool.ts'
import { PlacedTexts } from '../../electron/engine/sources/texts.ts'
import { columnCoder } from '../../electron/engine/sources/typing/column-coder.ts'
import { ColumnProfile } from '../../electron/engine/sources/typing/column-profile.ts'
import type { TypeDecision } from '../../electron/engine/sources/typing/type-decision.ts'
import { decideType } from '../../electron/engine/sources/typing/type-decision.ts'

/** `shown`: the number with the zeros its format puts before it. */
export type Cell =
  string | number | boolean | null | { day: string } | { second: number } | { shown: string }

function cellsOf(
  cells: readonly Cell[],
  pool: TextPool,
): { kinds: Uint8Array; values: Float64Array } {
  const kinds = new Uint8Array(cells.length)
  const values = new Float64Array(cells.length)
  cells.forEach((cell, i) => {
    const [kind, value] = kindOf(cell, pool)
    kinds[i] = kind
    values[i] = value
  })
  return { kinds, values }
}

function kindOf(cell: Cell, pool: TextPool): [number, number] {
  if (cell === null) return [cellKind.blank, 0]
  if (typeof cell === 'string') return [cellKind.text, pool.add(cell)]
  if (typeof cell === 'boolean') return [cellKind.boolean, Number(cell)]
  if (typeof cell === 'number') {
    const exact = exactNumber(cell)
    return [exact.kind, exact.value]
  }
  if ('shown' in cell) return [cellKind.padded + cell.shown.length, Number(cell.shown)]
  if ('second' in cell) return [cellKind.second, cell.second]
  const [year = 0, month = 0, day = 0] = cell.day.split('-').map(Number)
  return [cellKind.day, epochDayOf(year, month, day) ?? 0]
}

export function decide(name: string, cells: readonly Cell[]): TypeDecision {
  const pool = new TextPool(1e9)
  const { kinds, values } = cellsOf(cells, pool)
  const profile = new ColumnProfile()
  profile.add(
    kinds,
    values,
    cells.length,
    Float64Array.from(kinds, (_, i) => i + 2),
  )
  return decideType(name, profile, pool)
}

export function stored(name: string, cells: readonly Cell[]): unknown[] {
  const pool = new TextPool(1e9)
  const { kinds, values } = cellsOf(cells, pool)
  const profile = new ColumnProfile()
  profile.add(kinds, values, cells.length)
  const coder = columnCoder(decideType(name, profile, pool), false, pool)
  const coded = coder.encode(kinds, values, cells.length)
  return cells.map((_, row) => (coded instanceof PlacedTexts ? coded.at(row) : coded[row]))
}
