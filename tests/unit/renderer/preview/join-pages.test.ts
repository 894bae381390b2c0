import { expect, test } from 'vitest'
import { joinPages } from '../../../../renderer/preview/join-pages.ts'
import type { ValueColumn } from '../../../../shared/query/query-result.ts'

const page = (offset: number, ...columns: ValueColumn[]) => ({
  offset,
  rowIds: Float64Array.of(offset, offset + 1),
  sources: ['a.csv', 'a.csv'],
  sourceRows: Float64Array.of(offset + 2, offset + 3),
  columns,
})

test('windows of a list become one, in order, whatever form an exact column took in each', () => {
  const text = (...values: (string | null)[]): ValueColumn => ({
    kind: 'text',
    writing: 'text',
    values,
  })
  const scaled: ValueColumn = { kind: 'scaled', scale: 2, values: Float64Array.of(105, NaN) }
  const wide: ValueColumn = { kind: 'text', writing: 'decimal', values: ['9007199254740993', null] }
  const first = page(0, text('甲', null), scaled)
  const joined = joinPages([first, page(2, text('丙', '丁'), wide)], first)
  expect(joined).toEqual({
    offset: 0,
    rowIds: Float64Array.of(0, 1, 2, 3),
    sources: ['a.csv', 'a.csv', 'a.csv', 'a.csv'],
    sourceRows: Float64Array.of(2, 3, 4, 5),
    columns: [
      text('甲', null, '丙', '丁'),
      { kind: 'text', writing: 'decimal', values: ['1.05', null, '9007199254740993', null] },
    ],
  })
})
