import { expect, it } from 'vitest'
import { crosstabWidths } from '../../../../renderer/preview/print-widths.ts'
import { leastWidth } from '../../../../shared/layout/print-lines.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { HeadCell } from '../../../../shared/query/crosstab/edge-layout.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'

const paths: Member[][] = [['门店'], ['外卖'], []]
const result: QueryResult = {
  rows: { fields: [{ field: 'shop', type: 'text' }], totals: 'grand', paths: [['上海徐汇店'], []] },
  columns: { fields: [{ field: 'channel', type: 'text' }], totals: 'grand', paths },
  measures: ['amount', 'count'].map((name) => ({ name, aggregate: 'sum', type: 'integer' })),
  cells: [
    { kind: 'number', values: Float64Array.from([1, 2, 123_456_789_012_345, 4, 5, 6]) },
    { kind: 'number', values: Float64Array.from([1, 2, 3, 4, 5, 6]) },
  ],
  baseRows: 6,
  dataAsOf: '',
  version: 1,
  elapsedMs: 0,
  cached: false,
  warnings: [],
}
const format = { kind: 'number', decimals: 0, grouping: true, unit: 'none' } as const
const words = (amount: string) => ({
  measures: [amount, '数量'].map((caption) => ({ caption, format })),
  rowCaptions: ['店'],
  arranged: {},
  captionOf: (head: HeadCell) =>
    head.kind === 'measure' ? [amount, '数量'][head.measure ?? 0]! : '合计',
})
/** Ten pixels a Chinese character, at least five a digit or comma, and six of space on both sides. */
const least = (characters: number, digits = 0): number => 10 * characters + 5 * digits + 12

it('columns of a printed crosstab are as wide as their captions and their longest number', () => {
  const short = crosstabWidths(result, words('金额'), 'zh-CN')
  expect(short.columns).toHaveLength(6)
  expect(short.columns.toSpliced(4, 1)).toEqual(new Array(5).fill(leastWidth.column))
  expect(short.columns[4]).toBeGreaterThanOrEqual(least(0, 19))
  const long = crosstabWidths(result, words('销售金额含税合计（求和）'), 'zh-CN')
  for (const [line, width] of long.columns.entries())
    expect(width).toBeGreaterThanOrEqual(line % 2 === 0 ? least(12) : leastWidth.column)
})
