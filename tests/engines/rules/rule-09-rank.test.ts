import { expect, it } from 'vitest'
import { byShop, sales, tinyValues } from '../../support/tiny-engines.ts'

const rank = (
  ties: 'skip' | 'dense',
  direction: 'ascending' | 'descending',
  within: 'parent' | 'all',
) =>
  tinyValues({
    rows: [...byShop],
    measures: [{ ...sales, show: { as: 'rank', axis: 'rows', direction, ties, within } }],
    totals: { rows: 'all' },
  })

it('among siblings by default: D and E tie, and the grand total has no rank', async () => {
  expect(await rank('skip', 'descending', 'parent')).toEqual({
    ...{ 'East/A': 1, 'East/B': 3, 'East/C': 2, East: 1 },
    ...{ 'North/F': 1, North: 4, 'West/D': 1, 'West/E': 1, West: 1 },
    ...{ '(blank)/G': 1, '(blank)': 3, Total: null },
  })
})

it('among all of a level, with ranks left out after ties or not', async () => {
  // A 60; D and E 50; C 30; G 25; B 10; F 0.
  const skip = await rank('skip', 'descending', 'all')
  expect([skip['East/A'], skip['West/D'], skip['West/E'], skip['East/C']]).toEqual([1, 2, 2, 4])
  const dense = await rank('dense', 'descending', 'all')
  expect([dense['East/A'], dense['West/D'], dense['West/E'], dense['East/C']]).toEqual([1, 2, 2, 3])
  const least = await rank('skip', 'ascending', 'all')
  expect([least['North/F'], least['East/B'], least['East/A']]).toEqual([1, 2, 7])
})

it('a blank value has no rank and takes none away', async () => {
  const values = await tinyValues({
    rows: [{ field: 'shop' }],
    measures: [
      {
        ...{ field: 'score', aggregate: 'sum', as: 'scores' },
        show: { as: 'rank', axis: 'rows', direction: 'descending', ties: 'skip' },
      },
    ],
    filters: [{ field: 'day', op: 'range', from: '2025-03-01' }],
  })
  // In March: C 1, D blank, F 2, G 3.
  expect(values).toEqual({ C: 3, D: null, F: 2, G: 1 })
})
