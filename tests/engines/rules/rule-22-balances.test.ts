import { expect, it } from 'vitest'
import { byMonth, byRegion, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

const closing = {
  field: 'stock',
  aggregate: 'closing',
  over: 'day',
  per: 'shop',
  as: 'closing',
} as const
const opening = { ...closing, aggregate: 'opening', as: 'opening' } as const

it('added up over shops, the last known of each over time', async () => {
  const values = await tinyTable({
    rows: [...byRegion],
    measures: [opening, closing],
    totals: { rows: 'grand' },
  })
  // East: A 9 then 7, B 4, C 6. West: D 8 then 3, E 2. North: F 5 then 1. G 10.
  expect(values).toEqual({
    East: { Total: [19, 17] },
    North: { Total: [5, 1] },
    West: { Total: [10, 5] },
    '(blank)': { Total: [10, 10] },
    Total: { Total: [44, 33] },
  })
})

it('within a period, of the shops that told a balance in it', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [closing],
    totals: { rows: 'grand', columns: 'grand' },
  })
  expect(table['East']).toEqual({ '2025-01': 13, '2025-02': 7, '2025-03': 6, Total: 17 })
  expect(table['Total']).toEqual({ '2025-01': 21, '2025-02': 14, '2025-03': 20, Total: 33 })
})

it('without an owner the last date of all rows decides', async () => {
  const { per: _per, ...whole } = closing
  expect(
    await tinyValues({ rows: [...byRegion], measures: [whole], totals: { rows: 'grand' } }),
  ).toEqual({
    ...{ East: 6, North: 1, West: 3, '(blank)': 10, Total: 10 },
  })
})
