import type { Field, FieldType } from '../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../shared/data/field.ts'
import type { RowList } from '../../shared/query/row-list.ts'
import { textWidth } from '../ui/text-width.ts'

export interface GridColumn {
  readonly field: Field
  readonly index: number
  readonly left: number
  readonly width: number
}

/** A letter or digit and an ideograph of the grid; what stands beside the words of a cell, and beside those of a head. */
const letter = 8.3
const ideograph = 13.2
const besideCell = 20
const besideHead = 64
/** Rows whose words are measured, and where longer ones end in an ellipsis. */
const measuredRows = 100
const widest = 360
/** Widths go in steps, so that few columns change when other rows come first. */
const step = 10

function wordsWidth(words: string): number {
  const signs = Array.from(words).length
  const wide = textWidth(words) - signs
  return wide * ideograph + (signs - wide) * letter
}

const usualWidth = (type: FieldType): number =>
  isNumeric(type) ? 110 : isTemporal(type) ? 120 : type === 'boolean' ? 90 : 150

/** As wide as the first rows ask for; `write` says what stands in a cell of these. */
export function gridColumns(
  { fields, page }: RowList,
  write: (row: number, column: number) => string,
): GridColumn[] {
  const rows = Math.min(measuredRows, page.rowIds.length)
  let left = 0
  return fields.map((field, index) => {
    let words = 0
    for (let row = 0; row < rows; row++) words = Math.max(words, wordsWidth(write(row, index)))
    const asked = Math.max(wordsWidth(field.name) + besideHead, words + besideCell)
    const width = Math.max(usualWidth(field.type), Math.min(widest, Math.ceil(asked / step) * step))
    const column = { field, index, left, width }
    left += column.width
    return column
  })
}

export const totalWidth = (columns: readonly GridColumn[]): number => {
  const last = columns.at(-1)
  return last ? last.left + last.width : 0
}

/** Those a view of this width shows, with one more on each side. */
export function columnsInView(
  columns: readonly GridColumn[],
  left: number,
  width: number,
): readonly GridColumn[] {
  const first = columns.findIndex((column) => column.left + column.width > left)
  const after = columns.findIndex((column) => column.left >= left + width)
  return columns.slice(Math.max(0, first - 1), after < 0 ? columns.length : after + 1)
}
