import { expect, it } from 'vitest'
import { byMonth, sales, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

it('each level among siblings by its own subtotal; equal ones by caption, the blank member last both ways', async () => {
  const asked = (direction: 'ascending' | 'descending') =>
    tinyValues({
      rows: ['region', 'shop'].map((field) => ({
        field,
        sort: { by: 'measure' as const, measure: 'sales', direction },
      })),
      measures: [sales],
    })
  expect(Object.keys(await asked('descending'))).toEqual([
    ...['East/A', 'East/C', 'East/B', 'West/D', 'West/E', 'North/F', '(blank)/G'],
  ])
  expect(Object.keys(await asked('ascending'))).toEqual([
    ...['North/F', 'East/B', 'East/C', 'East/A', 'West/D', 'West/E', '(blank)/G'],
  ])
})

it('in a chosen column, members without a value there last both ways', async () => {
  const asked = async (direction: 'ascending' | 'descending') =>
    Object.keys(
      await tinyTable({
        rows: [
          {
            field: 'region',
            sort: { by: 'measure', measure: 'sales', direction, at: ['2025-03'] },
          },
        ],
        columns: [...byMonth],
        measures: [sales],
      }),
    )
  // March: East 30, West -10, North blank.
  expect(await asked('descending')).toEqual(['East', 'West', 'North', '(blank)'])
  expect(await asked('ascending')).toEqual(['West', 'East', 'North', '(blank)'])
})

it('by a hidden measure, which is not answered', async () => {
  const values = await tinyValues({
    rows: [{ field: 'region', sort: { by: 'measure', measure: 'lines', direction: 'descending' } }],
    measures: [sales, { aggregate: 'count', as: 'lines', hidden: true }],
  })
  expect(values).toEqual({ East: 100, West: 100, North: 0, '(blank)': 25 })
  expect(Object.keys(values)).toEqual(['East', 'West', 'North', '(blank)'])
})

it('by a list of one\u2019s own, the others by caption', async () => {
  const values = await tinyValues({
    rows: [{ field: 'shop', sort: { by: 'list', members: ['G', 'nobody', 'C'] } }],
    measures: [sales],
  })
  expect(Object.keys(values)).toEqual(['G', 'C', 'A', 'B', 'D', 'E', 'F'])
})
