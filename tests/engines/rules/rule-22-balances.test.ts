import { expect, it } from 'vitest'
import { extractEngine, plainCells } from '../../support/query-engines.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import {
  byMonth,
  byRegion,
  byShop,
  sales,
  tinyTable,
  tinyValues,
} from '../../support/tiny-engines.ts'
import { tinyFields, tinyRows } from '../../support/tiny-sales.ts'

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

it('carried into a period from the last time a shop told one, but never before the first', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [closing],
    totals: { rows: 'grand', columns: 'grand' },
  })
  // B told 4 in January, C nothing before March; A told 7 in February.
  expect(table['East']).toEqual({ '2025-01': 9 + 4, '2025-02': 7 + 4, '2025-03': 7 + 4 + 6, Total: 17 }) // prettier-ignore
  expect(table['North']).toEqual({ '2025-01': null, '2025-02': 5, '2025-03': 1, Total: 1 })
  expect(table['Total']).toEqual({
    '2025-01': 9 + 4 + 8,
    '2025-02': 7 + 4 + 8 + 2 + 5,
    '2025-03': 33,
    Total: 33,
  })
})

it('opens a period with what was known before it, or with what is told first', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [opening],
    totals: { rows: 'grand', columns: 'grand' },
  })
  // March opens with 7 of A and 4 of B, as February closed, and with 6, the first of C.
  expect(table['East']).toEqual({ '2025-01': 13, '2025-02': 13, '2025-03': 7 + 4 + 6, Total: 19 })
  expect(table['North']).toEqual({ '2025-01': null, '2025-02': 5, '2025-03': 5, Total: 5 })
})

it('stands on every line there is, subtotals too', async () => {
  const table = await tinyTable({
    rows: [...byShop],
    columns: [{ field: 'day', grain: 'quarter' }, ...byMonth],
    measures: [closing],
    totals: { rows: 'all', columns: 'all' },
  })
  expect(table['East/B']).toEqual({
    '2025-Q1/2025-01': 4,
    '2025-Q1/2025-02': 4,
    '2025-Q1/2025-03': 4,
    '2025-Q1': 4,
    Total: 4,
  })
  expect(table['East/C']).toMatchObject({ '2025-Q1/2025-02': null, '2025-Q1/2025-03': 6 })
  expect(table['East']).toMatchObject({ '2025-Q1/2025-02': 11, '2025-Q1': 17 })
})

it('looks back before the days a filter lets pass', async () => {
  const values = await tinyValues({
    rows: [...byRegion],
    measures: [closing],
    filters: [{ field: 'day', op: 'range', from: '2025-02-01', to: '2025-02-28' }],
    totals: { rows: 'grand' },
  })
  // At the end of February, as in its column above; the shop without a region told nothing yet.
  expect(values).toEqual({ East: 11, North: 5, West: 10, Total: 26 })
  const opened = await tinyValues({
    rows: [...byRegion],
    measures: [opening],
    filters: [{ field: 'day', grain: 'month', op: 'in', values: ['2025-02'] }],
  })
  expect(opened).toEqual({ East: 13, North: 5, West: 8 + 2 })
})

it('fills periods that are shown without rows', async () => {
  const table = await tinyTable({
    rows: [{ field: 'shop' }, { field: 'day', grain: 'month', empty: true }],
    measures: [closing],
    filters: [{ field: 'shop', op: 'in', values: ['A', 'B', 'D'] }],
  })
  expect(table).toMatchObject({
    'A/2025-03': { Total: 7 },
    'B/2025-02': { Total: 4 },
    'D/2025-02': { Total: 8 },
    'D/2025-03': { Total: 3 },
  })
})

it('stands in the periods a top-N keeps, whichever it leaves out', async () => {
  const kept = { ...byMonth[0], top: { count: 1, measure: 'sales', direction: 'lowest' as const } }
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [kept],
    measures: [closing, opening, { ...sales, hidden: true }],
    totals: { rows: 'grand', columns: 'grand' },
  })
  // March sells least; in East A told 7 and B 4 before it, and nothing in it.
  expect(table['East']).toEqual({ '2025-03': [7 + 4 + 6, 17], Total: [7 + 4 + 6, 17] })
  expect(table['North']).toEqual({ '2025-03': [1, 5], Total: [1, 5] })
  expect(table['Total']).toEqual({ '2025-03': [33, 7 + 4 + 6 + 8 + 2 + 5 + 10], Total: [33, 42] })
})

it('stands in Others up to the last period it stands for', async () => {
  const kept = { ...byMonth[0], top: { count: 1, measure: 'sales', others: true } }
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [kept],
    measures: [closing, { ...sales, hidden: true }],
    totals: { rows: 'grand', columns: 'grand' },
  })
  // January sells most: Others is February and March, and ends as March does.
  expect(table['East']).toEqual({ '2025-01': 9 + 4, Others: 17, Total: 17 })
  const least = { ...kept, top: { ...kept.top, direction: 'lowest' as const } }
  const before = await tinyTable({
    rows: [...byRegion],
    columns: [least],
    measures: [closing, { ...sales, hidden: true }],
    totals: { columns: 'grand' },
  })
  // Others is January and February, and ends with February.
  expect(before['East']).toEqual({ '2025-03': 17, Others: 7 + 4, Total: 17 })
})

it('stands in the periods kept under each member, and below years', async () => {
  await tinyTable({
    rows: [...byRegion, { ...byMonth[0], top: { count: 1, measure: 'closing' } }],
    measures: [closing, opening],
    totals: { rows: 'all' },
  })
  for (const others of [false, true]) {
    await tinyTable({
      rows: [
        { field: 'day', grain: 'quarter' },
        { ...byMonth[0], top: { count: 2, measure: 'opening', others } },
      ],
      columns: [...byRegion],
      measures: [closing, opening],
      totals: { rows: 'all', columns: 'all' },
    })
  }
})

it('is of the days alone where parts of dates, or a top-N below periods, stand beside it', async () => {
  const parts = await tinyTable({
    rows: [...byRegion],
    columns: [{ field: 'day', grain: 'monthOfYear' }],
    measures: [closing],
  })
  expect(parts['East']).toEqual({ '1': 13, '2': 7, '3': 6 })
  const top = await tinyTable({
    rows: [...byMonth, { field: 'shop', top: { count: 1, measure: 'closing' } }],
    measures: [closing],
    totals: { rows: 'all' },
  })
  // A told most in January, and G in March: what others told is not added to it.
  expect(top).toMatchObject({ '2025-01': { Total: 9 }, '2025-03': { Total: 10 } })
})

it('without an owner the last date of all rows decides', async () => {
  const { per: _per, ...whole } = closing
  expect(
    await tinyValues({ rows: [...byRegion], measures: [whole], totals: { rows: 'grand' } }),
  ).toEqual({
    ...{ East: 6, North: 1, West: 3, '(blank)': 10, Total: 10 },
  })
})

it('ends with the last day the dataset has data of', async () => {
  const engine = await extractEngine(tempFolder(), tinyFields, tinyRows, '2025-02-20')
  const answer = await engine.ask({
    dataset: 'sales',
    rows: [{ field: 'shop' }],
    columns: [...byMonth],
    measures: [closing],
    filters: [{ field: 'shop', op: 'in', values: ['A', 'D'] }],
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  // D told 3 in March, which begins after that day.
  expect(plainCells(answer.value)).toEqual([
    [[9], [7], [null]],
    [[8], [8], [null]],
  ])
})
