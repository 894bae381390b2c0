import type { Field } from '../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../shared/data/field.ts'

export interface GridColumn {
  readonly field: Field
  readonly index: number
  readonly left: number
  readonly width: number
}

/** Ideographs are twice as wide as letters. */
function nameWidth(name: string): number {
  return Array.from(name).reduce((sum, sign) => sum + (sign > '\u2e80' ? 13 : 8), 64)
}

function widthOf({ name, type }: Field): number {
  const usual = isNumeric(type) ? 110 : isTemporal(type) ? 120 : type === 'boolean' ? 90 : 150
  return Math.min(280, Math.max(usual, nameWidth(name)))
}

export function gridColumns(fields: readonly Field[]): GridColumn[] {
  let left = 0
  return fields.map((field, index) => {
    const column = { field, index, left, width: widthOf(field) }
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
