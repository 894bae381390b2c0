import { expect, it } from 'vitest'
import { byMonth, byRegion, sales, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

const month = { axis: 'columns', level: 0 } as const

it('from the one before and after, in the displayed order', async () => {
  const asked = (as: 'difference' | 'percentDifference', from: 'previous' | 'next') =>
    tinyTable({
      rows: [...byRegion],
      columns: [...byMonth],
      measures: [{ ...sales, show: { as, field: month, from } }],
      totals: { rows: 'grand', columns: 'grand' },
    })
  const before = await asked('difference', 'previous')
  expect(before['East']).toEqual({ '2025-01': null, '2025-02': -30, '2025-03': 10, Total: null })
  expect(before['Total']).toEqual({ '2025-01': null, '2025-02': -40, '2025-03': -25, Total: null })
  const after = await asked('percentDifference', 'next')
  expect(after['East']?.['2025-01']).toBe((50 - 20) / 20)
  expect(after['West']?.['2025-02']).toBe((50 - -10) / -10)
  // Nothing to compare with, or blank there: blank. Over 0: blank.
  expect(after['North']?.['2025-02']).toBeNull()
})

it('from a named member, under the same members below', async () => {
  const values = await tinyValues({
    rows: [{ field: 'shop' }, ...byMonth],
    measures: [
      {
        ...sales,
        show: { as: 'difference', field: { axis: 'rows', level: 0 }, from: { member: 'D' } },
      },
    ],
    totals: { rows: 'all' },
  })
  expect(values).toMatchObject({ 'A/2025-01': -20, A: 10, 'D/2025-01': 0, D: 0, E: 0, Total: null })
  // D sold nothing in February, so A has nothing to compare with there.
  expect(values['A/2025-02']).toBeNull()
})

it('a sort changes which one is before', async () => {
  const values = await tinyValues({
    rows: [{ field: 'region', sort: { by: 'measure', measure: 'sales', direction: 'descending' } }],
    measures: [
      { ...sales, show: { as: 'difference', field: { axis: 'rows', level: 0 }, from: 'previous' } },
    ],
  })
  // East 100, West 100 (equal: by caption), North 0, the blank member last.
  expect(values).toEqual({ East: null, West: 0, North: -100, '(blank)': 25 })
})
