import type { Member } from '../../data/cell-value.ts'
import { numberAt } from '../cell-reading.ts'
import type { QueryResult } from '../query-result.ts'

/** What the ends of a colour scale are taken from: leaves alone, totals as well, or the leaves of each parent on their own. */
export type TintOver = 'leaves' | 'totals' | 'parent'

/**
 * How strongly each cell of a measure is coloured: 0 for the least of its scale, 1 for the most, null for no colour. A scale of
 * one value has no strength to tell apart and reads 0.5.
 */
export function tints(
  { rows, columns, cells }: QueryResult,
  measure: number,
  over: TintOver,
): (place: number) => number | null {
  const column = cells[measure]
  const width = columns.paths.length
  const isLeaf = (r: number, c: number): boolean =>
    (rows.paths[r] ?? []).length === rows.fields.length &&
    (columns.paths[c] ?? []).length === columns.fields.length
  const groupOf = (path: readonly Member[]): string =>
    over === 'parent' ? JSON.stringify(path.slice(0, -1)) : ''
  const ranges = new Map<string, { least: number; most: number }>()
  const [asideRows, asideColumns] = [new Set(rows.aside), new Set(columns.aside)]
  const counted = (r: number, c: number): string | undefined => {
    const total = over === 'totals' && !asideRows.has(r) && !asideColumns.has(c)
    return total || isLeaf(r, c) ? groupOf(rows.paths[r] ?? []) : undefined
  }
  rows.paths.forEach((_row, r) =>
    columns.paths.forEach((_column, c) => {
      const group = counted(r, c)
      const value = numberAt(column, r * width + c)
      if (group === undefined || value === null) return
      const range = ranges.get(group)
      if (!range) ranges.set(group, { least: value, most: value })
      else {
        range.least = Math.min(range.least, value)
        range.most = Math.max(range.most, value)
      }
    }),
  )
  return (place) => {
    const group = counted(Math.floor(place / width), place % width)
    const range = group === undefined ? undefined : ranges.get(group)
    const value = numberAt(column, place)
    if (!range || value === null) return null
    return range.most === range.least ? 0.5 : (value - range.least) / (range.most - range.least)
  }
}
