/** A small dataset for formulas: one row with values, one with blanks, and shops looked up by a relationship. */
import { parseIsoDay, parseIsoSecond } from '../../shared/data/calendar-day.ts'
import type { RowReader } from '../../shared/expression/evaluate/operation.ts'
import type { FormulaScope, ScopeField } from '../../shared/expression/scope.ts'
import type { Value } from '../../shared/expression/value.ts'

export const formulaFields: readonly ScopeField[] = [
  { name: 'qty', type: 'integer' },
  { name: '单价', type: 'decimal', scale: 2 },
  { name: 'cost', type: 'decimal', scale: 6 },
  { name: 'rate', type: 'double' },
  { name: '门店', type: 'text' },
  { name: 'note', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'until', type: 'date' },
  { name: 'time', type: 'timestamp' },
  { name: 'paid', type: 'boolean' },
]
const shopFields: readonly ScopeField[] = [
  { name: 'region', type: 'text' },
  { name: 'area', type: 'decimal', scale: 1 },
]
export const formulaScope: FormulaScope = {
  fields: formulaFields,
  datasets: [
    { name: 'shops', fields: shopFields, reached: true },
    { name: 'lines', fields: [{ name: 'amount', type: 'integer' }], reached: false },
  ],
}

export const formulaLastDay = parseIsoDay('2024-12-31') ?? 0

/** Values by `field` or `dataset.field`, as formulas compute with them. */
export type FormulaRow = Readonly<Record<string, Value>>

export const fullRow: FormulaRow = {
  qty: 7n,
  单价: 1999n,
  cost: -1_234_567n,
  rate: 0.1,
  门店: '上海-静安Shop😀',
  note: 'Hello world, Hello',
  day: parseIsoDay('2024-02-29') ?? 0,
  until: parseIsoDay('2025-01-31') ?? 0,
  time: parseIsoSecond('2024-01-31T08:30:05') ?? 0,
  paid: true,
  'shops.region': '华东',
  'shops.area': 1205n,
}
export const blankRow: FormulaRow = Object.fromEntries(
  Object.keys(fullRow).map((name) => [name, null]),
)

export function reading(row: FormulaRow, lastDay: number | null = formulaLastDay): RowReader {
  return {
    lastDay,
    valueOf: (dataset, field) => row[dataset === undefined ? field : `${dataset}.${field}`] ?? null,
  }
}
