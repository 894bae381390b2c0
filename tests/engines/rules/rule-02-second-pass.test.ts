import { expect, it } from 'vitest'
import {
  byMonth,
  byRegion,
  byShop,
  sales,
  tinyTable,
  tinyValues,
} from '../../support/tiny-engines.ts'
import { totalCaption } from '../../../shared/report/captions.ts'
import { textIn } from '../../../shared/text/messages.ts'

const mean = { field: 'amount', aggregate: 'average', as: 'mean' } as const

it('totals of shown numbers are made only when asked, per measure and edge', async () => {
  const own = await tinyValues({ rows: [...byShop], measures: [mean], totals: { rows: 'all' } })
  expect([own['East'], own['Total']]).toEqual([25, 25])
  const shown = await tinyValues({
    rows: [...byShop],
    measures: [{ ...mean, totals: { rows: 'average' } }],
    totals: { rows: 'all' },
  })
  // (30 + 10 + 30) / 3, then the mean of the four regions: East 23.33, North 0, West 37.5, blank 25.
  expect(shown['East']).toBeCloseTo(70 / 3, 10)
  expect(shown['Total']).toBeCloseTo((70 / 3 + 0 + 37.5 + 25) / 4, 10)
})

it('without subtotals a grand total takes the leaves, and only its own edge is touched', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [{ ...sales, totals: { columns: 'max' } }],
    totals: { rows: 'grand', columns: 'grand' },
  })
  expect(table['East']).toMatchObject({ '2025-01': 50, '2025-02': 20, '2025-03': 30, Total: 50 })
  expect(table['Total']).toMatchObject({ '2025-01': 110, '2025-02': 70, '2025-03': 45, Total: 110 })
})

it('is said by the caption of the total', () => {
  const measures = [{ aggregate: 'average' as const, totals: { rows: 'sum' as const } }]
  expect(totalCaption(measures, textIn('en'), 'rows')).toBe('Sum of shown')
  expect(totalCaption(measures, textIn('en'), 'columns')).toBe('Average')
  expect(totalCaption(measures, textIn('zh-CN'), 'rows')).toBe('所示之和')
})
