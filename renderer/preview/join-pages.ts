import { decimalText } from '../../shared/query/cell-reading.ts'
import type { ValueColumn } from '../../shared/query/query-result.ts'
import type { RowsPage } from '../../shared/query/row-list.ts'

/** Windows of one list, in order, as one. */
export function joinPages(pages: readonly RowsPage[], first: RowsPage): RowsPage {
  if (pages.length === 1) return first
  return {
    offset: first.offset,
    rowIds: joinNumbers(pages.map(({ rowIds }) => rowIds)),
    sources: pages.flatMap(({ sources }) => sources),
    sourceRows: joinNumbers(pages.map(({ sourceRows }) => sourceRows)),
    columns: first.columns.map((_, index) =>
      pages.flatMap(({ columns }) => columns[index] ?? []).reduce(joinColumns),
    ),
  }
}

/** A column may come exact in one window and as text in the next, where its numbers are too wide. */
function joinColumns(left: ValueColumn, right: ValueColumn): ValueColumn {
  if (left.kind === 'text' && right.kind === 'text') {
    return { ...left, values: [...left.values, ...right.values] }
  }
  if (left.kind === 'number' && right.kind === 'number') {
    return { ...left, values: joinNumbers([left.values, right.values]) }
  }
  if (left.kind === 'scaled' && right.kind === 'scaled' && left.scale === right.scale) {
    return { ...left, values: joinNumbers([left.values, right.values]) }
  }
  return {
    kind: 'text',
    writing: 'decimal',
    values: [...decimalTexts(left), ...decimalTexts(right)],
  }
}

function decimalTexts(column: ValueColumn): (string | null)[] {
  if (column.kind === 'text') return column.values
  return Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return null
    return column.kind === 'scaled' ? decimalText(value, column.scale) : String(value)
  })
}

function joinNumbers(parts: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
