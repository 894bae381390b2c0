import { expect, it } from 'vitest'
import { byMonth, byRegion, sales, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

it('no rows, or none with a value, is blank; rows that add up to 0 are 0', async () => {
  const table = await tinyTable({ rows: [...byRegion], columns: [...byMonth], measures: [sales] })
  expect(table['North']).toEqual({ '2025-01': null, '2025-02': 0, '2025-03': null })
})

it('shown as 0 is a matter of display: no mean and no total changes', async () => {
  const asked = (blankAs: 'zero' | undefined) =>
    tinyTable({
      rows: [...byRegion],
      columns: [...byMonth],
      measures: [{ ...sales, blankAs, totals: { columns: 'average' } }],
      totals: { columns: 'grand' },
    })
  expect((await asked(undefined))['North']).toMatchObject({ '2025-01': null, Total: 0 })
  expect((await asked('zero'))['North']).toEqual({
    '2025-01': 0,
    '2025-02': 0,
    '2025-03': 0,
    Total: 0,
  })
  expect((await asked('zero'))['(blank)']).toMatchObject({ '2025-01': 0, Total: 25 })
})

it('items without data have a line: every member of the field under every parent', async () => {
  const empty = { field: 'shop', empty: true }
  const filters = [{ field: 'day', op: 'range' as const, from: '2025-03-01' }]
  const values = await tinyValues({ rows: [empty], measures: [sales], filters })
  expect(values).toEqual({ A: null, B: null, C: 30, D: -10, E: null, F: null, G: 25 })
  const nested = await tinyValues({
    rows: [{ field: 'region' }, empty],
    measures: [sales],
    filters: [{ field: 'region', op: 'in', values: ['West'] }],
    totals: { rows: 'all' },
  })
  expect(Object.keys(nested)).toHaveLength(7 + 2)
  expect(nested).toMatchObject({ 'West/A': null, 'West/D': 50, West: 100, Total: 100 })
})

it('periods without data are filled between the first and the last, under their own year only', async () => {
  const values = await tinyValues({
    rows: [
      { field: 'day', grain: 'year' },
      { field: 'day', grain: 'month', empty: true },
    ],
    measures: [sales],
    filters: [
      { field: 'region', op: 'in', values: ['West'] },
      { field: 'shop', op: 'in', values: ['D'] },
    ],
  })
  expect(values).toEqual({ '2025/2025-01': 60, '2025/2025-02': null, '2025/2025-03': -10 })
})

it('an outer field shows them only where the fields below do as well', async () => {
  const values = await tinyValues({
    rows: [{ field: 'region', empty: true }, { field: 'shop' }],
    measures: [sales],
    filters: [{ field: 'shop', op: 'in', values: ['A'] }],
  })
  expect(values).toEqual({ 'East/A': 60 })
})
