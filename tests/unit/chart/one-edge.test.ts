import { expect, it } from 'vitest'
import { onOneEdge } from '../../../shared/chart/one-edge.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'

it('colours on an edge of their own become part of one path, where any measure has a value', () => {
  const field = (name: string) => ({ field: name, type: 'text' as const })
  const result: QueryResult = {
    rows: { fields: [field('month')], totals: 'none', paths: [['1'], ['2']] },
    columns: { fields: [field('region')], totals: 'none', paths: [['East'], ['West']] },
    measures: [{ name: 'm', aggregate: 'sum', type: 'decimal', scale: 2 }],
    cells: [{ kind: 'scaled', scale: 2, values: Float64Array.of(100, NaN, 300, 400) }],
    ...{ baseRows: 3, dataAsOf: '', version: 1, elapsedMs: 0, cached: false, warnings: [] },
  }
  const flat = onOneEdge(result)
  expect(flat.rows.paths).toEqual([
    ['1', 'East'],
    ['2', 'East'],
    ['2', 'West'],
  ])
  expect(flat.rows.fields.map((one) => one.field)).toEqual(['month', 'region'])
  expect(flat.cells[0]).toEqual({
    kind: 'scaled',
    scale: 2,
    values: Float64Array.of(100, 300, 400),
  })
  expect(onOneEdge(flat)).toBe(flat)
})
