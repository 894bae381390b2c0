import { expect, it } from 'vitest'
import { byRegion, sales, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

it('a blank dimension is a member of its own, filtered as such', async () => {
  const only = await tinyValues({
    rows: [...byRegion],
    measures: [sales],
    filters: [{ field: 'region', op: 'in', values: [null] }],
  })
  expect(only).toEqual({ '(blank)': 25 })
  const without = await tinyValues({
    rows: [...byRegion],
    measures: [sales],
    filters: [{ field: 'region', op: 'notIn', values: [null] }],
  })
  expect(Object.keys(without)).toEqual(['East', 'North', 'West'])
})

it('blank values are ignored by all but the row count', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    measures: [
      sales,
      { field: 'amount', aggregate: 'average', as: 'mean' },
      { field: 'amount', aggregate: 'min', as: 'least' },
      { field: 'amount', aggregate: 'max', as: 'most' },
      { field: 'amount', aggregate: 'median', as: 'middle' },
      { field: 'amount', aggregate: 'countDistinct', as: 'values' },
      { aggregate: 'count', as: 'lines' },
    ],
  })
  // North: 0 and a blank.
  expect(table['North']?.['Total']).toEqual([0, 0, 0, 0, 0, 1, 2])
})
