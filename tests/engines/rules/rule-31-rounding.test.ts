import { expect, it } from 'vitest'
import { crosstabSheet } from '../../../electron/engine/exports/workbook/crosstab-sheet.ts'
import { formatNumber } from '../../../shared/data/number-format.ts'
import { byShop, sales, tinyAnswer } from '../../support/tiny-engines.ts'

it('calculated unrounded, rounded in the text alone; an exported cell keeps its value and a format', async () => {
  const result = await tinyAnswer({
    rows: [...byShop],
    measures: [{ ...sales, show: { as: 'percent', of: 'grand' } }],
    totals: { rows: 'all' },
  })
  const format = { kind: 'percent', decimals: 1, grouping: true, unit: 'none' } as const
  const sheet = crosstabSheet('s', result, {
    ...{ title: 't', notes: [], rowCaptions: [], locale: 'en' as const },
    measures: [{ caption: 'share', format }],
    total: () => 'Total',
    member: (_dimension, _axis, member) => String(member),
  })
  const cells = sheet.rows.flat().filter((cell) => cell?.format !== undefined)
  expect(cells[0]).toMatchObject({ value: 60 / 225, format: '#,##0.0%' })
  expect(formatNumber(60 / 225, format, 'en')).toBe('26.7%')
  // Shares as shown add up to 100.1%; the total is 1 all the same.
  const leaves = cells.filter((cell) => cell?.look === 'value').map((cell) => Number(cell?.value))
  const shown = leaves.map((value) => Math.round(value * 1000) / 10)
  expect(shown.reduce((a, b) => a + b, 0)).not.toBeCloseTo(100, 5)
  expect(leaves.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
})
