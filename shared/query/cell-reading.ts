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

/** Text cells (dates, wide numbers) as written; null for blank and for plain numbers. */
export function textAt(column: ValueColumn | undefined, index: number): string | null {
  return column?.kind === 'text' ? (column.values[index] ?? null) : null
}
