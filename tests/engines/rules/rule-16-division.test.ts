import { expect, it } from 'vitest'
import { byRegion, byShop, sales, tinyValues } from '../../support/tiny-engines.ts'

it('over 0, and blank over anything, is blank: no error, no 0', async () => {
  const share = await tinyValues({
    rows: [...byShop],
    measures: [{ ...sales, show: { as: 'percent', of: 'parentRow' } }],
    filters: [{ field: 'region', op: 'in', values: ['North'] }],
    totals: { rows: 'all' },
  })
  expect(share).toEqual({ 'North/F': null, North: null, Total: null })
  const weighted = await tinyValues({
    rows: [...byRegion],
    measures: [{ field: 'score', aggregate: 'weightedAverage', weight: 'amount', as: 'weighted' }],
    filters: [{ field: 'region', op: 'in', values: ['North'] }],
  })
  expect(weighted).toEqual({ North: null })
})

it('a zero itself is a share of 0', async () => {
  const share = await tinyValues({
    rows: [...byRegion],
    measures: [{ ...sales, show: { as: 'percent', of: 'grand' } }],
  })
  expect(share['North']).toBe(0)
})
