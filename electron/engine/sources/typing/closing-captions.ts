/** Totals that are no sums, as crosstabs of averages have them: the last row says what it is, and so do those of groups. */
import type { ColumnChunk } from '../column-chunk.ts'
import type { RowCells } from './row-cells.ts'
import { isOwnWord } from './total-labels.ts'
import type { Reviewed } from './reviewed-rows.ts'

/** `labelled`: rows that say something telling. Nothing changes where the last row is no mean, median or the like of all others. */
export function withoutClosing(
  chunk: ColumnChunk,
  cells: RowCells,
  { from, labelled }: { readonly from: number; readonly labelled: readonly number[] },
  reviewed: Reviewed,
): Reviewed {
  const { out, kept, held } = reviewed
  const last = chunk.rows - 1
  const given = labelled.at(-1) === last ? captionOf(cells.texts(chunk, last)) : undefined
  if (given === undefined || !isOwnWord(given.caption)) return reviewed
  const left = new Set([...out.map(({ row }) => row), ...held])
  const data = Array.from({ length: chunk.rows - from }, (_, index) => from + index).filter((row) => !left.has(row)) // prettier-ignore
  const isSame = (row: number): boolean =>
    captionOf(cells.texts(chunk, row))?.caption === given.caption
  const same = labelled.filter((row) => !left.has(row) && isSame(row))
  const without = new Set(same)
  const others = data.filter((row) => !without.has(row))
  const isNamed = (row: number): boolean =>
    cells.texts(chunk, row).some((text, at) => at > given.column && text !== undefined)
  const closes = without.has(last) && others.length > 1 && others.every(isNamed)
  if (!closes || !same.every((row) => isBetween(chunk, cells, row, others))) return reviewed
  const more = same.map((row) => ({ row, reason: 'derived' as const }))
  return {
    out: [...out, ...more].sort((a, b) => a.row - b.row),
    kept: kept.filter((row) => !without.has(row)),
    held,
  }
}

/** The one text of a row. */
function captionOf(
  texts: readonly (string | undefined)[],
): { readonly caption: string; readonly column: number } | undefined {
  const column = texts.findLastIndex((text) => text !== undefined)
  const caption = texts[column]
  // A group may stand before it again.
  return caption === undefined || column > 3 ? undefined : { caption, column }
}

/** Each number lies between the least and the largest of the others. */
function isBetween(
  chunk: ColumnChunk,
  cells: RowCells,
  row: number,
  others: readonly number[],
): boolean {
  const numbers = cells.numbers(chunk, row)
  const rows = others.map((other) => cells.numbers(chunk, other))
  const given = [...numbers.entries()].filter(([, value]) => !Number.isNaN(value))
  return (
    given.length > 0 &&
    given.every(([column, value]) => {
      const values = rows.map((one) => one[column] ?? NaN).filter((one) => !Number.isNaN(one))
      return value >= Math.min(...values) && value <= Math.max(...values)
    })
  )
}
