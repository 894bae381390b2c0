import { expect, it } from 'vitest'
import { byShop, sales, tinyValues } from '../../support/tiny-engines.ts'

it('a group of one has a subtotal, or none by one switch; the grand total stays', async () => {
  const asked = (singles: 'hide' | undefined) =>
    tinyValues({ rows: [...byShop], measures: [sales], totals: { rows: 'all', singles } })
  expect(Object.keys(await asked(undefined))).toEqual([
    ...['East/A', 'East/B', 'East/C', 'East', 'North/F', 'North'],
    ...['West/D', 'West/E', 'West', '(blank)/G', '(blank)', 'Total'],
  ])
  expect(Object.keys(await asked('hide'))).toEqual([
    ...['East/A', 'East/B', 'East/C', 'East', 'North/F'],
    ...['West/D', 'West/E', 'West', '(blank)/G', 'Total'],
  ])
})
