import type { NumberFormat } from '../../shared/report/field-use.ts'

/** The formats that are offered by an example. */
export const numberFormats: readonly (readonly [string, NumberFormat])[] = [
  ['1,234', { kind: 'number', decimals: 0, grouping: true, unit: 'none' }],
  ['1,234.56', { kind: 'number', decimals: 2, grouping: true, unit: 'none' }],
  ['12.3%', { kind: 'percent', decimals: 1, grouping: false, unit: 'none' }],
  ['¥1,234.56', { kind: 'currency', decimals: 2, grouping: true, unit: 'none' }],
  ['1.2 万', { kind: 'number', decimals: 1, grouping: true, unit: 'wan' }],
  ['1.2K', { kind: 'number', decimals: 1, grouping: true, unit: 'kmb' }],
]
