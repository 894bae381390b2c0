import { describe, expect, it } from 'vitest'
import {
  byMonth,
  byRegion,
  byShop,
  sales,
  tinyAnswer,
  tinyTable,
  tinyValues,
} from '../../support/tiny-engines.ts'
import { plainCells } from '../../support/query-engines.ts'

const formula = (text: string) => ({ aggregate: 'formula' as const, formula: text, as: 'f' })
const overCells = (text: string) => ({ aggregate: 'cells' as const, formula: text, as: 'c' })
const hiddenSales = { ...sales, hidden: true }

describe('a formula of single rows', () => {
  const discounted = { name: 'discounted', formula: '[amount] * 0.9' }

  it('is a field that is aggregated like any other', async () => {
    const values = await tinyValues({
      rows: [...byRegion],
      calculated: [discounted],
      measures: [{ field: 'discounted', aggregate: 'sum', as: 's' }],
      totals: { rows: 'all' },
    })
    expect(values).toEqual({ East: 90, North: 0, West: 90, '(blank)': 22.5, Total: 202.5 })
  })

  it('is a dimension, and a filter', async () => {
    const calculated = [
      { name: 'size', formula: 'IF([amount] >= 40, "big", "small")' },
      { name: 'kind', formula: '[size] & "!"' },
    ]
    const values = await tinyValues({
      rows: [{ field: 'kind' }],
      calculated,
      measures: [sales],
      filters: [{ field: 'size', op: 'in', values: ['big'] }],
      totals: { rows: 'all' },
    })
    expect(values).toEqual({ 'big!': 150, Total: 150 })
    const all = await tinyValues({ rows: [{ field: 'size' }], calculated, measures: [sales] })
    expect(all).toEqual({ big: 150, small: 75 })
  })

  it('takes parameters as values, never as text of the question', async () => {
    const values = await tinyValues({
      rows: [{ field: 'which' }],
      calculated: [{ name: 'which', formula: 'IF([region] = @region, "here", "elsewhere")' }],
      parameters: [{ name: 'region', type: 'text', value: `' or 1=1 --` }],
      measures: [sales],
    })
    expect(values).toEqual({ elsewhere: 225 })
  })
})

describe('a formula over aggregates', () => {
  it('is computed at every level from base rows: a ratio of sums', async () => {
    const values = await tinyValues({
      rows: [...byShop],
      measures: [formula('SUM([amount]) / SUM([score])')],
      totals: { rows: 'all' },
    })
    expect(values).toEqual({
      ...{ 'East/A': 8.57142857143, 'East/B': 2.5, 'East/C': 30, East: 8.33333333333 },
      ...{ 'North/F': 0, North: 0, 'West/D': 16.6666666667, 'West/E': 10, West: 12.5 },
      ...{ '(blank)/G': 8.33333333333, '(blank)': 8.33333333333, Total: 7.75862068966 },
    })
  })

  it('takes conditions, of any row formula', async () => {
    const values = await tinyValues({
      rows: [...byRegion],
      measures: [
        formula(
          'SUMIFS([amount], [score] >= 4, [amount] > 0) / SUM([amount]) + COUNTIFS(ISBLANK([member]))',
        ),
      ],
      totals: { rows: 'all' },
    })
    // East: 40 and 10 of 100, and one row without a member; West: 50 of 100, one; no such rows elsewhere.
    expect(values).toEqual({
      East: 1.5,
      North: null,
      West: 1.5,
      '(blank)': null,
      Total: 2.44444444444,
    })
  })

  it('gives means, distinct counts, medians and dates', async () => {
    const of = (text: string) =>
      tinyValues({ rows: [...byRegion], measures: [formula(text)], totals: { rows: 'all' } })
    expect(await of('AVERAGE([amount])')).toEqual({
      East: 25,
      North: 0,
      West: 33.3333333333,
      '(blank)': 25,
      Total: 25,
    })
    expect(await of('SUM([amount]) / DISTINCTCOUNT([member])')).toEqual({
      East: 50,
      North: 0,
      West: 100,
      '(blank)': 25,
      Total: 56.25,
    })
    expect(await of('MEDIAN([amount] * 2)')).toEqual({
      East: 50,
      North: 0,
      West: 100,
      '(blank)': 50,
      Total: 50,
    })
    expect(await of('PERCENTILE([amount], 90%)')).toMatchObject({ East: 37 })
    expect(await of('WEIGHTEDAVERAGE([score], [amount])')).toMatchObject({
      East: 3.1,
      West: 3.90909090909,
    })
    expect(await of('MAX([day]) - MIN([day])')).toEqual({
      East: 54,
      North: 15,
      West: 64,
      '(blank)': 0,
      Total: 80,
    })
    expect(await of('MAX([day]) + 1')).toMatchObject({ East: '2025-03-06', Total: '2025-04-01' })
    expect(await of('IF(SUM([amount]) > 50, "good", "poor")')).toMatchObject({
      East: 'good',
      North: 'poor',
    })
  })

  it('is exact', async () => {
    const values = await tinyValues({
      measures: [formula('SUM([amount] * 0.1) + SUM([amount] * 0.2) - SUM([amount] * 0.3)')],
    })
    expect(values).toEqual({ Total: 0 })
  })

  it('sorts members and keeps the first by its value on their own level', async () => {
    const perScore = formula('SUM([amount]) / SUM([score])')
    const sorted = await tinyValues({
      rows: [{ field: 'shop', sort: { by: 'measure', measure: 'f', direction: 'descending' } }],
      measures: [perScore],
    })
    expect(Object.keys(sorted)).toEqual(['C', 'D', 'E', 'A', 'G', 'B', 'F'])
    const top = await tinyValues({
      rows: [{ field: 'shop', top: { count: 2, measure: 'f', others: true } }],
      measures: [perScore],
      totals: { rows: 'all' },
    })
    // Others: 20+40+10+50+0+25 over 5+2+4+5+4+2+3.
    expect(top).toEqual({ C: 30, D: 16.6666666667, Others: 5.8, Total: 7.75862068966 })
  })

  it('has totals over members left out, and totals of shown numbers, where those are asked', async () => {
    const asked = {
      rows: [...byShop],
      measures: [formula('SUM([amount]) / SUM([score])')],
      filters: [{ field: 'shop', op: 'in' as const, values: ['A', 'B', 'D'] }],
    }
    const over = await tinyValues({ ...asked, totals: { rows: 'all', over: 'all' } })
    expect(over).toMatchObject({ 'East/B': 2.5, East: 8.33333333333, Total: 7.75862068966 })
    const means = await tinyValues({
      ...asked,
      measures: [{ ...asked.measures[0]!, totals: { rows: 'average' as const } }],
      totals: { rows: 'all' },
    })
    expect(means).toMatchObject({ East: 5.53571428571, West: 16.6666666667 })
  })

  it('is shown as anything, and blank where a cell has no rows', async () => {
    const table = await tinyTable({
      rows: [...byRegion],
      columns: [...byMonth],
      measures: [formula('COUNTROWS() * 1')],
      totals: { rows: 'all', columns: 'all' },
    })
    expect(table['North']).toEqual({ '2025-01': null, '2025-02': 1, '2025-03': 1, Total: 2 })
    const shares = await tinyValues({
      rows: [...byRegion],
      measures: [{ ...formula('SUM([amount]) * 2'), show: { as: 'percent', of: 'grand' } }],
    })
    expect(shares).toMatchObject({ East: 0.444444444444, West: 0.444444444444 })
  })
})

describe('a formula with digits after the point', () => {
  it('differs from that of other days to the last digit', async () => {
    // East sells 50, 20 and 30: as doubles 0.3 - 0.2 is 0.09999999999999998, and that over 0.2 is no half.
    const hundredth = (show: 'difference' | 'percent') => ({
      ...{ aggregate: 'formula' as const, formula: 'SUM([amount]) / 100', as: show },
      compare: { field: 'day', with: { with: 'previous' as const }, show },
    })
    const answer = await tinyAnswer({
      rows: [...byMonth],
      measures: [hundredth('difference'), hundredth('percent')],
      filters: [{ field: 'region', op: 'in', values: ['East'] }],
    })
    expect(plainCells(answer)).toEqual([[[null, null]], [[-0.3, -0.6]], [[0.1, 0.5]]])
  })
})

describe('a value fixed per field', () => {
  it('counts every combination once in each cell, whatever the cell', async () => {
    // Members by all their rows: m1 40+10+25 = 75, m2 20+0 = 20, m3 60-10 = 50, m4 blank; anonymous rows count nowhere.
    const values = await tinyValues({
      rows: [...byRegion],
      measures: [formula('AVERAGE(FIXED(SUM([amount]), [member]))')],
      totals: { rows: 'all' },
    })
    expect(values).toEqual({
      ...{ East: 47.5, North: 20, West: 50, '(blank)': 75 },
      Total: 48.3333333333,
    })
  })

  it('is over the days of all lines together where it is of other days', async () => {
    const each = { ...formula('AVERAGE(FIXED(SUM([amount]), [member]))'), as: 'each' }
    // Before March members spent: m1 40 + 10, m2 20 + 0, m3 60. January has m1 and m3, February m2.
    expect(
      await tinyValues({
        rows: [...byMonth],
        measures: [{ ...each, compare: { field: 'day', with: { with: 'previous' } } }],
      }),
    ).toEqual({ '2025-01': null, '2025-02': 55, '2025-03': 20 })
    // To date the days of the lines overlap, and are those of the whole quarter all the same: m1 75, m2 20, m3 50.
    expect(
      await tinyValues({
        rows: [...byMonth],
        measures: [{ ...each, compare: { field: 'day', toDate: 'quarter' } }],
      }),
    ).toEqual({ '2025-01': 62.5, '2025-02': 48.3333333333, '2025-03': 48.3333333333 })
  })

  it('is over members a top-N leaves out below the periods of other days, too', async () => {
    const values = await tinyValues({
      rows: [...byMonth, { field: 'shop', top: { count: 1, measure: 'score' } }],
      measures: [
        { field: 'score', aggregate: 'sum', as: 'score', hidden: true },
        {
          ...formula('SUM(FIXED(SUM([amount]), [member]))'),
          ...{ as: 'each', compare: { field: 'day', with: { with: 'previous' } } },
        },
      ],
      totals: { rows: 'all' },
    })
    // The shops kept are A, E and G. Before March m1 bought in A for 40, and in all for 50; m2 for 20 in A alone.
    expect(values).toMatchObject({ Total: 50 + 20 })
  })

  it('is any formula over aggregates, and stands in one', async () => {
    const values = await tinyValues({
      rows: [...byRegion],
      measures: [formula('AVERAGE(FIXED(SUM([amount]) / COUNTROWS(), [member])) * 2')],
      totals: { rows: 'all' },
    })
    // Per row m1 has 25, m2 10, m3 25, and m4 nothing.
    expect(values).toEqual({ East: 35, North: 20, West: 50, '(blank)': 50, Total: 40 })
  })

  it('counts combinations by a condition on their value', async () => {
    const values = await tinyValues({
      rows: [...byRegion],
      measures: [formula('COUNTIFS(FIXED(SUM([amount]), [member]) >= 50)')],
      totals: { rows: 'all' },
    })
    expect(values).toEqual({ East: 1, North: 0, West: 1, '(blank)': 1, Total: 2 })
  })

  it('is over the rows that filters leave, and over those a top-N leaves out as well', async () => {
    const asked = {
      rows: [...byRegion],
      measures: [formula('MAX(FIXED(SUM([amount]), [member]))')],
      totals: { rows: 'all' as const },
    }
    const filtered = await tinyValues({
      ...asked,
      filters: [{ field: 'region', op: 'in' as const, values: ['East'] }],
    })
    expect(filtered).toEqual({ East: 50, Total: 50 })
    const cut = await tinyValues({
      ...asked,
      measures: [...asked.measures, hiddenSales],
      rows: [{ field: 'region', top: { count: 1, measure: 'sales' } }],
    })
    expect(cut).toEqual({ East: 75, Total: 75 })
  })
})

describe('a formula over shown cells', () => {
  it('names other measures and reads cells beside its own', async () => {
    const change = await tinyTable({
      rows: [...byRegion],
      columns: [...byMonth],
      measures: [hiddenSales, overCells('[sales] - PREVIOUS([sales], "columns")')],
      totals: { rows: 'all', columns: 'all' },
    })
    expect(change['East']).toEqual({ '2025-01': null, '2025-02': -30, '2025-03': 10, Total: null })
  })

  it('reads totals that are not shown', async () => {
    const share = await tinyTable({
      rows: [...byRegion],
      columns: [...byMonth],
      measures: [hiddenSales, overCells('[sales] / ROWTOTAL([sales])')],
    })
    expect(share['West']).toEqual({ '2025-01': 0.6, '2025-02': 0.5, '2025-03': -0.1 })
    const parent = await tinyValues({
      rows: [...byShop],
      measures: [hiddenSales, overCells('[sales] / PARENT([sales])')],
    })
    expect(parent).toMatchObject({ 'East/A': 0.6, 'West/D': 0.5 })
  })

  it('runs, ranks and averages among siblings', async () => {
    const of = (text: string) =>
      tinyValues({ rows: [...byShop], measures: [hiddenSales, overCells(text)] })
    expect(await of('RUNNINGSUM([sales])')).toMatchObject({
      'East/A': 60,
      'East/B': 70,
      'East/C': 100,
      'West/D': 50,
    })
    expect(await of('RANK([sales])')).toMatchObject({ 'East/A': 1, 'East/B': 3, 'East/C': 2 })
    expect(await of('MOVINGAVERAGE([sales], 2)')).toMatchObject({
      'East/A': 60,
      'East/B': 35,
      'East/C': 20,
    })
    expect(await of('FIRST([sales]) + LAST([sales]) + NEXT([sales])')).toMatchObject({
      'East/A': 100,
      'East/C': null,
    })
  })

  it('sees what a cell says, formulas over cells included', async () => {
    const values = await tinyValues({
      rows: [...byRegion],
      measures: [
        { ...overCells('[double] + 1'), as: 'more' },
        { ...overCells('[rank] * 2'), as: 'double', hidden: true },
        {
          ...sales,
          as: 'rank',
          hidden: true,
          show: { as: 'rank', axis: 'rows', direction: 'descending', ties: 'skip' },
        },
      ],
    })
    expect(values).toEqual({ East: 3, North: 9, West: 3, '(blank)': 7 })
  })
})

describe('a formula over aggregates that names other measures', () => {
  const margin = { ...formula('[sales] / [points]'), as: 'margin' }
  const points = { field: 'score', aggregate: 'sum', as: 'points', hidden: true } as const

  it('is computed at every level from what they are over the rows, whatever they are shown as', async () => {
    const shown = { ...sales, show: { as: 'percent', of: 'grand' } } as const
    const asked = { rows: [...byShop], totals: { rows: 'all' } } as const
    const named = await tinyValues({
      ...{ rows: [...asked.rows], totals: asked.totals },
      measures: [{ ...shown, hidden: true }, points, margin],
    })
    expect(named).toEqual(
      await tinyValues({
        ...{ rows: [...asked.rows], totals: asked.totals },
        measures: [formula('SUM([amount]) / SUM([score])')],
      }),
    )
    expect(named['East']).toBeCloseTo(100 / 12, 9)
  })

  it('names formulas that name others, and decides an order and a top-N by them', async () => {
    const twice = { ...formula('[margin] * 2 + DISTINCTCOUNT([member])'), as: 'twice' }
    const values = await tinyValues({
      rows: [{ field: 'shop', top: { count: 2, measure: 'twice', others: true } }],
      measures: [{ ...sales, hidden: true }, points, { ...margin, hidden: true }, twice],
      totals: { rows: 'grand' },
    })
    // C: 30 / 1; E: 50 / 5 and D: 50 / 3 with a member.
    expect(values['C']).toBe(60)
    expect(values['D']).toBeCloseTo((50 / 3) * 2 + 1, 9)
    expect(values['Others']).toBeCloseTo(((225 - 80) / (29 - 4)) * 2 + 3, 9)
    expect(values['Total']).toBeCloseTo((225 / 29) * 2 + 4, 9)
  })

  it('names measures of other days', async () => {
    const before = {
      ...{ ...sales, as: 'before', hidden: true },
      compare: { field: 'day', with: { with: 'previous' } },
    } as const
    const table = await tinyTable({
      rows: [...byMonth],
      measures: [{ ...sales, hidden: true }, before, formula('[sales] - [before]')],
    })
    expect(table).toMatchObject({ '2025-02': { Total: 70 - 110 }, '2025-03': { Total: 45 - 70 } })
  })

  it('is compared with other days as a whole', async () => {
    const table = await tinyTable({
      rows: [...byMonth],
      measures: [
        { ...sales, hidden: true },
        points,
        { ...margin, compare: { field: 'day', with: { with: 'previous' } } },
      ],
    })
    expect(table['2025-03']?.['Total']).toBeCloseTo(70 / 11, 9)
  })

  it('is refused in a circle, with the place of the name', async () => {
    await expect(
      tinyTable({
        rows: [...byRegion],
        measures: [
          { ...formula('COUNTROWS() + [b]'), as: 'a' },
          { ...formula('[a] * 2'), as: 'b' },
        ],
      }),
    ).rejects.toThrow('cellsInCircle')
  })
})
