import { describe, expect, it } from 'vitest'
import { byMonth, sales, tinyAnswer, tinyTable, tinyValues } from '../../support/tiny-engines.ts'

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

describe('by a formula over shown cells', () => {
  const sorted = { sort: { by: 'measure', measure: 'c', direction: 'descending' } } as const
  const over = (formula: string) => ({ aggregate: 'cells' as const, formula, as: 'c' })

  it('that reads totals and parents, each level among siblings', async () => {
    const table = await tinyTable({
      rows: [{ field: 'region' }, { field: 'shop', ...sorted }],
      measures: [{ ...sales, hidden: true }, over('100 * [sales] / PARENT([sales])')],
      totals: { rows: 'all' },
    })
    // Shares of their region: A 60, C 30, B 10; D and E are equal; F has none of North's 0.
    expect(Object.entries(table).map(([line, cells]) => [line, cells['Total']])).toEqual([
      ['East/A', 60],
      ['East/C', 30],
      ['East/B', 10],
      ['East', expect.closeTo((100 * 100) / 225, 9)],
      ['North/F', null],
      ['North', 0],
      ['West/D', 50],
      ['West/E', 50],
      ['West', expect.closeTo((100 * 100) / 225, 9)],
      ['(blank)/G', 100],
      ['(blank)', expect.closeTo((100 * 25) / 225, 9)],
      ['Total', 100],
    ])
  })

  it('that reads along the other edge, in the order that one has', async () => {
    const table = await tinyTable({
      rows: [
        {
          field: 'region',
          sort: { by: 'measure', measure: 'c', direction: 'descending', at: ['2025-03'] },
        },
      ],
      columns: [...byMonth],
      measures: [{ ...sales, hidden: true }, over('[sales] - PREVIOUS([sales], "columns")')],
    })
    // From February to March: East 30 - 20, West -10 - 50; the others have nothing in one of them.
    expect(Object.keys(table)).toEqual(['East', 'West', 'North', '(blank)'])
  })

  it('but not one that reads the members before or after those it would put in order', async () => {
    for (const formula of ['PREVIOUS([sales])', 'RUNNINGSUM([sales])', '[running] * 2']) {
      await expect(
        tinyAnswer({
          rows: [{ field: 'region', ...sorted }],
          measures: [
            { ...sales, hidden: true },
            { ...sales, as: 'running', show: { as: 'runningTotal', axis: 'rows', reset: 'none' } },
            over(formula),
          ],
        }),
        formula,
      ).rejects.toThrow('sortedByNeighbours')
    }
  })
})
