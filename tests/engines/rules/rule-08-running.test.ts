import { expect, it } from 'vitest'
import {
  byMonth,
  byRegion,
  byShop,
  sales,
  tinyTable,
  tinyValues,
} from '../../support/tiny-engines.ts'

it('a running total along columns carries over blanks and leaves the total alone', async () => {
  const table = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [{ ...sales, show: { as: 'runningTotal', axis: 'columns', reset: 'none' } }],
    totals: { rows: 'grand', columns: 'grand' },
  })
  expect(table['East']).toEqual({ '2025-01': 50, '2025-02': 70, '2025-03': 100, Total: 100 })
  expect(table['(blank)']).toEqual({ '2025-01': null, '2025-02': null, '2025-03': 25, Total: 25 })
  expect(table['North']).toEqual({ '2025-01': null, '2025-02': 0, '2025-03': 0, Total: 0 })
  expect(table['Total']).toEqual({ '2025-01': 110, '2025-02': 180, '2025-03': 225, Total: 225 })
})

const running = (reset: 'none' | 'highest' | 'lowest') =>
  tinyValues({
    rows: [...byShop],
    measures: [{ ...sales, show: { as: 'runningTotal', axis: 'rows', reset } }],
    totals: { rows: 'all' },
  })

it('starts again in each parent, or never; members at or above the reset level stand alone', async () => {
  expect(await running('lowest')).toMatchObject({
    ...{ 'East/A': 60, 'East/B': 70, 'East/C': 100, East: 100 },
    ...{ 'West/D': 50, 'West/E': 100, West: 100, Total: 225 },
  })
  expect(await running('none')).toMatchObject({
    ...{ 'East/A': 60, 'East/C': 100, 'North/F': 100, 'West/D': 150, 'West/E': 200 },
    // Regions run through on their own level.
    ...{ '(blank)/G': 225, East: 100, North: 100, West: 200, '(blank)': 225, Total: 225 },
  })
  expect(await running('highest')).toEqual(await running('lowest'))
})

it('from the end, and with the blank member first', async () => {
  const asked = (order: 'forward' | 'backward', blanks: 'first' | 'last') =>
    tinyValues({
      rows: [...byRegion],
      measures: [
        { ...sales, show: { as: 'runningTotal', axis: 'rows', reset: 'none', order, blanks } },
      ],
    })
  expect(await asked('backward', 'last')).toEqual({
    East: 200,
    North: 100,
    West: 100,
    '(blank)': 225,
  })
  expect(await asked('forward', 'first')).toEqual({
    East: 125,
    North: 125,
    West: 225,
    '(blank)': 25,
  })
})

it('a moving average takes the members that have a value; a running share ends at 100%', async () => {
  const average = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [
      { ...sales, show: { as: 'movingAverage', axis: 'columns', reset: 'none', window: 2 } },
    ],
  })
  expect(average['East']).toEqual({ '2025-01': 50, '2025-02': 35, '2025-03': 25 })
  expect(average['(blank)']).toEqual({ '2025-01': null, '2025-02': null, '2025-03': 25 })
  const share = await tinyTable({
    rows: [...byRegion],
    columns: [...byMonth],
    measures: [{ ...sales, show: { as: 'percentRunningTotal', axis: 'columns', reset: 'none' } }],
  })
  expect(share['East']).toEqual({ '2025-01': 0.5, '2025-02': 0.7, '2025-03': 1 })
  expect(share['West']).toEqual({ '2025-01': 0.6, '2025-02': 1.1, '2025-03': 1 })
})
