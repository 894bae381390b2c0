import { expect, it } from 'vitest'
import { byMonth, byRegion, sales, tinyTable } from '../../support/tiny-engines.ts'

it('cell × grand total ÷ (row total × column total)', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [{ ...sales, show: { as: 'index' } }],
    totals: { rows: 'grand', columns: 'grand' },
  })
  expect(table['West']?.['2025-01']).toBeCloseTo((60 * 225) / (100 * 110), 10)
  expect(table['East']?.['2025-03']).toBeCloseTo((30 * 225) / (100 * 45), 10)
  expect(table['Total']?.['2025-01']).toBe(1)
  // North's row total is 0.
  expect(table['North']?.['2025-02']).toBeNull()
})
