import type { Field } from '../data/field.ts'
import type { NumberStyle } from '../data/number-format.ts'
import type { FieldUse } from './field-use.ts'

/** The format a pill has when its user chose none: money with its own decimals, counts without, means with two. */
export function pillFormat(use: FieldUse, field: Field | undefined): NumberStyle {
  if (use.format) return use.format
  return { kind: 'number', decimals: defaultDecimals(use, field), grouping: true, unit: 'none' }
}

function defaultDecimals(use: FieldUse, field: Field | undefined): number {
  switch (use.aggregate) {
    case 'count':
    case 'countDistinct':
    case 'countDistinctWithBlank':
      return 0
    case 'average':
    case 'median':
      return 2
    default:
      if (field?.type === 'decimal') return field.scale ?? 2
      return field?.type === 'double' ? 2 : 0
  }
}
