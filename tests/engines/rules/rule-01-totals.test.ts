import { expect, it } from 'vitest'
import { byShop, sales, tinyTable } from '../../support/tiny-engines.ts'

/** Amounts by shop: A 40, 20; B 10; C 30; D 60, -10; E 50; F 0, blank; G 25. */
it('a total is the function over its own rows, never a combination of parts', async () => {
  const table = await tinyTable({
    rows: [...byShop],
    measures: [
      sales,
      { field: 'amount', aggregate: 'average', as: 'mean' },
      { field: 'member', aggregate: 'countDistinct', as: 'members' },
      { field: 'amount', aggregate: 'median', as: 'middle' },
    ],
    totals: { rows: 'all' },
  })
  expect(table['East/A']?.['Total']).toEqual([60, 30, 2, 30])
  expect(table['East/B']?.['Total']).toEqual([10, 10, 1, 10])
  expect(table['East/C']?.['Total']).toEqual([30, 30, 0, 30])
  // The mean of the shops' means is 23.33, their members add up to 3: the four rows say 25 and 2.
  expect(table['East']?.['Total']).toEqual([100, 25, 2, 25])
  expect(table['Total']?.['Total']).toEqual([225, 25, 4, 25])
})
