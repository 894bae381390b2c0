import { expect, it } from 'vitest'
import { byMonth, byRegion, tinyTable } from '../../support/tiny-engines.ts'

it('a total is at most the sum of its parts; blank counts only in the variant with blank', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [
      { field: 'member', aggregate: 'countDistinct', as: 'members' },
      { field: 'member', aggregate: 'countDistinctWithBlank', as: 'values' },
    ],
    totals: { rows: 'grand', columns: 'grand' },
  })
  // East: m1 in January, m2 in February, blank in March.
  expect(table['East']).toEqual({
    '2025-01': [1, 1],
    '2025-02': [1, 1],
    '2025-03': [0, 1],
    Total: [2, 3],
  })
  // m1 bought in East and in the blank region: 2 + 2 + 1 + 1 parts, four people.
  expect(table['Total']?.['Total']).toEqual([4, 5])
  // No rows: blank, not 0.
  expect(table['North']?.['2025-01']).toEqual([null, null])
})
