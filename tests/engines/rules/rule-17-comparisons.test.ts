import { describe, expect, it } from 'vitest'
import {
  byMonth,
  ask,
  in2025,
  lastYear,
  lines,
  north,
  previous,
  sales,
} from '../../support/compared-engines.ts'
import type { Compare } from '../../support/compared-engines.ts'
import { plainCells } from '../../support/query-engines.ts'

describe('rule 17: a measure over the period before', () => {
  it('has the days of every month before it, also those the filter leaves out', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [sales(), sales(previous, 'before')],
      filters: [in2025, north],
      totals: { rows: 'all' },
    })
    // January 2025 has 31 days as December 2024 has; June ends on the 18th, and May is cut there.
    expect(lines(result)).toEqual({
      '2025-01': [31, 31],
      '2025-02': [28, 31],
      '2025-03': [31, 28],
      '2025-04': [30, 31],
      '2025-05': [31, 30],
      '2025-06': [18, 18],
      '': [169, 169],
    })
    expect(result.warnings).toEqual([
      { code: 'incompletePeriod', until: '2025-06-18', member: '2025-06' },
    ])
  })

  it('has a leap day where the year before has one', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [sales(), sales(lastYear, 'last year')],
      filters: [in2025, north],
    })
    expect(lines(result)).toMatchObject({
      '2025-02': [28, 29],
      '2025-05': [31, 31],
      '2025-06': [18, 18],
    })
  })

  it('is blank where there is no day before', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [sales(previous, 'before')],
      filters: [north],
    })
    expect(lines(result)).toMatchObject({ '2024-01': [null], '2024-02': [31], '2025-01': [31] })
  })

  it('is shown as a difference without loss, and as a share that is blank over nothing', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [
        sales({ ...previous, show: 'difference' }, 'more'),
        sales({ ...previous, show: 'percent' }, 'share'),
      ],
      filters: [north],
    })
    expect(lines(result)).toMatchObject({
      '2024-01': [null, null],
      '2024-02': [-2, -2 / 31],
      '2024-03': [2, 2 / 29],
    })
    expect(result.cells[0]?.kind).toBe('scaled')
    expect(result.measures.map(({ type }) => type)).toEqual(['decimal', 'double'])
  })

  it('counts distinct members of the other days at every level, and never adds them up', async () => {
    const result = await ask({
      rows: [{ field: 'region' }, ...byMonth],
      measures: [{ field: 'member', aggregate: 'countDistinct', as: 'people', compare: previous }],
      filters: [in2025],
      totals: { rows: 'all' },
    })
    // Days from December to 18 May: 31 of the 40 members in a month of 31 days, all 40 together.
    expect(lines(result)).toMatchObject({
      'north 2025-01': [31],
      'north 2025-03': [28],
      north: [40],
      south: [1],
      '': [41],
    })
  })

  it('compares years with years and their months with months beside regions across', async () => {
    const result = await ask({
      rows: [{ field: 'sold_at', grain: 'year' }, ...byMonth],
      columns: [{ field: 'region' }],
      measures: [sales(lastYear, 'last year')],
      filters: [in2025],
      totals: { rows: 'all', columns: 'grand' },
    })
    const cells = plainCells(result)
    const at = (path: string) => result.rows.paths.findIndex((one) => one.join(' ') === path)
    // 2024 until 18 June: 170 days, of which 17 sold in the south; January 31 and 4.
    expect(cells[at('2025')]).toEqual([[170], [170], [340]])
    expect(cells[at('2025 2025-01')]).toEqual([[31], [40], [71]])
  })

  it('compares what a filter chooses where no period stands on an edge', async () => {
    const one = async (filter: object, compare: Compare) =>
      plainCells(
        await ask({
          measures: [sales(), sales(compare, 'before')],
          filters: [north, { field: 'sold_at', ...filter } as never],
        }),
      )[0]?.[0]
    const may = { op: 'range', from: '2025-05-01', to: '2025-05-31' }
    expect(await one(may, previous)).toEqual([31, 30])
    expect(await one({ op: 'in', grain: 'month', values: ['2025-03'] }, previous)).toEqual([31, 28])
    expect(await one({ op: 'relative', span: 'toDate', unit: 'month' }, previous)).toEqual([18, 18])
    const tenDays = { op: 'range', from: '2025-05-11', to: '2025-05-20' }
    expect(await one(tenDays, previous)).toEqual([10, 10])
    expect(await one(tenDays, lastYear)).toEqual([10, 10])
  })

  it('keeps the members a top-N chose', async () => {
    const result = await ask({
      rows: [{ field: 'region', top: { count: 1, measure: 'sales' } }, ...byMonth],
      measures: [sales(), sales(previous, 'before')],
      filters: [{ field: 'sold_at', grain: 'month', op: 'in', values: ['2025-02', '2025-03'] }],
      totals: { rows: 'all' },
    })
    expect(lines(result)).toEqual({
      'south 2025-02': [30, 30],
      'south 2025-03': [30, 30],
      south: [60, 60],
      '': [60, 60],
    })
  })

  it('meets festivals, weekdays and workdays, and says where holidays are not announced', async () => {
    const aligned = async (align: 'festival' | 'weekday' | 'workdays', span: [string, string]) =>
      ask({
        measures: [
          sales(
            { field: 'sold_at', with: { with: 'year', align, extension: 'precise' } },
            'before',
          ),
        ],
        filters: [{ field: 'sold_at', op: 'range', from: span[0], to: span[1] }],
      })
    // From the eve to the seventh day: 28 January to 4 February 2025 meets 9 to 16 February 2024.
    const spring = await aligned('festival', ['2025-01-28', '2025-02-04'])
    expect(plainCells(spring)).toEqual([[[18]]])
    expect(plainCells(await aligned('weekday', ['2025-03-03', '2025-03-09']))).toEqual([[[7]]])
    const works = await aligned('workdays', ['2025-05-05', '2025-05-11'])
    // A whole week meets that of its number, from 6 May 2024, until it has as many workdays.
    expect(plainCells(works)).toEqual([[[4]]])
    expect(works.warnings).toEqual([])
  })
})
