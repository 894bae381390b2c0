import { expect, it } from 'vitest'
import { byShop, sales, tinyValues } from '../../support/tiny-engines.ts'

/** Collapsed is the same question without the finer field: what is left must say what it said before. */
it('what stays when finer rows are put away keeps its value, rank and running total', async () => {
  const shows = [
    undefined,
    { as: 'rank', axis: 'rows', direction: 'descending', ties: 'skip' },
    { as: 'percent', of: 'parentRow' },
    { as: 'runningTotal', axis: 'rows', reset: 'none' },
  ] as const
  for (const show of shows) {
    const measures = [{ ...sales, ...(show ? { show } : {}) }]
    const open = await tinyValues({ rows: [...byShop], measures, totals: { rows: 'all' } })
    const shut = await tinyValues({ rows: [byShop[0]], measures, totals: { rows: 'all' } })
    for (const [row, value] of Object.entries(shut)) expect([row, open[row]]).toEqual([row, value])
  }
})
