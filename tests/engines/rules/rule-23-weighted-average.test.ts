import { expect, it } from 'vitest'
import { byRegion, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

it('Σ(value × weight) / Σ(weight) at every level, not an average of averages', async () => {
  const values = await tinyValues({
    rows: [...byRegion],
    measures: [{ field: 'score', aggregate: 'weightedAverage', weight: 'amount', as: 'weighted' }],
    totals: { rows: 'grand' },
  })
  // East: (5·40 + 2·20 + 4·10 + 1·30) / 100. West: (3·60 + 5·50) / 110, the return has no score. Blank: 3.
  expect(values['East']).toBe(3.1)
  expect(values['West']).toBeCloseTo(430 / 110, 10)
  expect(values['North']).toBeNull()
  expect(values['Total']).toBeCloseTo((310 + 430 + 75) / 235, 10)
})

it('percentiles are interpolated between the two nearest values, as PERCENTILE.INC', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    measures: [0, 25, 90, 100].map((percent) => ({
      ...{ field: 'amount', aggregate: 'percentile' as const, percent, as: `p${percent}` },
    })),
  })
  // East: 10, 20, 30, 40. A quarter of the way over three steps is 0.75 steps, nine tenths 2.7 steps.
  expect(table['East']?.['Total']).toEqual([10, 17.5, 37, 40])
})
