import { expect, it } from 'vitest'
import { byMonth, byShop, sales, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

it('of the parent row: outermost over the grand total, subtotals over their own parent', async () => {
  const values = await tinyValues({
    rows: [...byShop],
    measures: [{ ...sales, show: { as: 'percent', of: 'parentRow' } }],
    totals: { rows: 'all' },
  })
  expect(values).toMatchObject({ 'East/A': 0.6, 'East/B': 0.1, 'East/C': 0.3 })
  expect(values['East']).toBeCloseTo(100 / 225, 10)
  expect(values['Total']).toBe(1)
  // North sold for 0: a share of nothing is blank.
  expect(values['North/F']).toBeNull()
})

it('of the parent column, and without any subtotal shown', async () => {
  const table = await tinyTable({
    rows: [{ field: 'region' }],
    columns: [
      { field: 'day', grain: 'quarter' },
      { field: 'day', grain: 'month' },
    ],
    measures: [{ ...sales, show: { as: 'percent', of: 'parentColumn' } }],
  })
  expect(table['East']).toEqual({
    '2025-Q1/2025-01': 0.5,
    '2025-Q1/2025-02': 0.2,
    '2025-Q1/2025-03': 0.3,
  })
})

it('of a chosen field: that field is 100%, what lies above it blank', async () => {
  const values = await tinyValues({
    rows: [...byShop, ...byMonth],
    measures: [{ ...sales, show: { as: 'percentOfParent', field: { axis: 'rows', level: 0 } } }],
    totals: { rows: 'all' },
  })
  expect(values).toMatchObject({ 'East/A/2025-01': 0.4, 'East/A': 0.6, East: 1, Total: null })
})
