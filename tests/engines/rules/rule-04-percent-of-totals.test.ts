import { expect, it } from 'vitest'
import { byMonth, byRegion, sales, tinyTable } from '../../support/tiny-engines.ts'

const asked = (of: 'grand' | 'row' | 'column') =>
  tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [{ ...sales, show: { as: 'percent', of } }],
    totals: { rows: 'grand', columns: 'grand' },
  })

it('a cell over the grand total, its row total or its column total', async () => {
  const [grand, row, column] = [await asked('grand'), await asked('row'), await asked('column')]
  expect(grand['West']?.['2025-01']).toBeCloseTo(60 / 225, 10)
  expect(row['West']?.['2025-01']).toBe(0.6)
  expect(column['West']?.['2025-01']).toBeCloseTo(60 / 110, 10)
  // Returns are negative shares.
  expect(row['West']?.['2025-03']).toBe(-0.1)
  expect([grand['Total']?.['Total'], row['West']?.['Total'], column['Total']?.['2025-01']]).toEqual(
    [1, 1, 1],
  )
  // No sale of the blank region in January.
  expect(grand['(blank)']?.['2025-01']).toBeNull()
})

it('a share of distinct members is one of people, so shares of parts exceed 100% together', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    measures: [
      {
        ...{ field: 'member', aggregate: 'countDistinct', as: 'members' },
        show: { as: 'percent', of: 'grand' },
      },
    ],
    totals: { rows: 'grand' },
  })
  // Members m1 to m4: East has 2, North 2, West 1, blank 1.
  expect(table).toEqual({
    East: { Total: 0.5 },
    North: { Total: 0.5 },
    West: { Total: 0.25 },
    '(blank)': { Total: 0.25 },
    Total: { Total: 1 },
  })
})
