import type { ValueColumn } from './query-result.ts'

/** A cell as a number for drawing and comparing; text numbers too wide for a double lose their last digits here only. */
export function numberAt(column: ValueColumn | undefined, index: number): number | null {
  if (!column) return null
  if (column.kind === 'text') {
    const text = column.values[index] ?? null
    if (text === null || column.writing !== 'decimal') return null
    return Number(text)
  }
  const value = column.values[index] ?? NaN
  if (Number.isNaN(value)) return null
  return column.kind === 'scaled' ? value / 10 ** column.scale : value
}

/** Above it a double no longer tells every two decimal numbers apart. */
const plainDigits = 1e15

/** The exact decimal text of `value / 10^scale`: dividing would lose the last digits of long numbers. */
export function decimalText(value: number, scale: number): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0')
  const point = digits.length - scale
  const fraction = scale > 0 ? `.${digits.slice(point)}` : ''
  return `${value < 0 ? '-' : ''}${digits.slice(0, point)}${fraction}`
}

/** A cell's number for writing: decimal text where a double could not hold every digit. */
export function exactAt(column: ValueColumn | undefined, index: number): number | string | null {
  if (column?.kind === 'text') return column.writing === 'decimal' ? textAt(column, index) : null
  const value = column?.kind === 'scaled' ? (column.values[index] ?? NaN) : NaN
  return column?.kind === 'scaled' && Math.abs(value) >= plainDigits
    ? decimalText(value, column.scale)
    : numberAt(column, index)
}

/** Text cells (dates, wide numbers) as written; null for blank and for plain numbers. */
export function textAt(column: ValueColumn | undefined, index: number): string | null {
  return column?.kind === 'text' ? (column.values[index] ?? null) : null
}
