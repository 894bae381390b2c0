import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RetailCalendar } from '../../shared/calendar/retail-calendar.ts'
import { plainCalendar } from '../../shared/calendar/retail-calendar.ts'
import { isoDay, parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Filter } from '../../shared/query/filter.ts'
import type { MeasureCompare } from '../../shared/query/measure-compare.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { runQuery } from '../../electron/engine/query/run-query.ts'
import type { AllServers } from '../support/all-servers.ts'
import { allServers } from '../support/all-servers.ts'
import { extractEngine, liveEngine, plainCells } from '../support/query-engines.ts'
import type { TestedEngine } from '../support/query-engines.ts'

const fields: readonly Field[] = [
  { name: 'sold_at', type: 'date', role: 'dimension' },
  { name: 'region', type: 'text', role: 'dimension' },
  { name: 'member', type: 'text', role: 'identifier' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
]
const folder = mkdtempSync(join(tmpdir(), 'storeboard-compare-'))

/** One sale of 1.00 a day in the north from 2024 to 18 June 2025, of 10.00 on every tenth day in the south. */
const [from, lastDay] = [parseIsoDay('2024-01-01') ?? 0, '2025-06-18']
const days = Array.from({ length: (parseIsoDay(lastDay) ?? 0) - from + 1 }, (_, at) => from + at)
const rows = days.flatMap((day, at) => [
  { sold_at: isoDay(day), region: 'north', member: `m${at % 40}`, amount: 1 },
  ...(at % 10 === 0 ? [{ sold_at: isoDay(day), region: 'south', member: 's1', amount: 10 }] : []),
])
const calendar: RetailCalendar = plainCalendar

let engines: TestedEngine[] = []
let servers: AllServers | undefined
beforeAll(async () => {
  servers = await allServers()
  engines = [
    await extractEngine(folder, fields, rows, lastDay),
    liveEngine(folder, fields, rows, lastDay),
    ...(await Promise.all(servers.makers.map((make) => make(fields, rows, lastDay)))),
  ]
})
afterAll(async () => {
  await servers?.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Compare = MeasureCompare
const sales = (compare?: Compare, as = 'sales') => ({
  ...{ field: 'amount', aggregate: 'sum' as const, as },
  ...(compare ? { compare } : {}),
})

/** Of all engines, which must say the same. */
async function ask(query: Omit<ReportQueryInput, 'dataset'>): Promise<QueryResult> {
  const answers: QueryResult[] = []
  for (const engine of engines) {
    const asked = ReportQuery.parse({ dataset: 'sales', ...query })
    const catalog = { ...engine.catalog, calendars: [calendar] }
    const answer = await runQuery(asked, catalog, engine.tools, new AbortController().signal)
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    answers.push(answer.value)
  }
  const [first, ...others] = answers
  if (!first || others.length === 0) throw new Error('two engines answer at least')
  for (const [at, other] of others.entries()) {
    const { name } = engines[at + 1] ?? { name: '' }
    expect([name, plainCells(other)]).toEqual([name, plainCells(first)])
    expect(other.warnings).toEqual(first.warnings)
  }
  return first
}

const lines = (result: QueryResult): Record<string, unknown> =>
  Object.fromEntries<unknown>(
    plainCells(result).map((line, at) => [result.rows.paths[at]?.join(' ') ?? '', line[0]]),
  )

const previous = { field: 'sold_at', with: { with: 'previous' } } as const
const lastYear = { field: 'sold_at', with: { with: 'year' } } as const
const north: Filter = { field: 'region', op: 'in', values: ['north'] }
const in2025: Filter = { field: 'sold_at', op: 'range', from: '2025-01-01', to: '2025-12-31' }
const byMonth = [{ field: 'sold_at', grain: 'month' }] as const

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

describe('rule 21: sums to date', () => {
  it('run from the start of the year to the end of each month, and compare with the same days', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [
        sales({ field: 'sold_at', toDate: 'year' }, 'so far'),
        sales({ field: 'sold_at', toDate: 'year', with: { with: 'year' } }, 'last year'),
        sales(
          { field: 'sold_at', toDate: 'year', with: { with: 'year' }, show: 'difference' },
          'more',
        ),
      ],
      filters: [in2025, north],
    })
    // 2024 was a leap year: 60 days to the end of February, 170 to 18 June.
    expect(lines(result)).toEqual({
      '2025-01': [31, 31, 0],
      '2025-02': [59, 60, -1],
      '2025-03': [90, 91, -1],
      '2025-04': [120, 121, -1],
      '2025-05': [151, 152, -1],
      '2025-06': [169, 170, -1],
    })
  })

  it('refuse lines of so many days that every one would be asked by itself', async () => {
    const query = ask({
      rows: [{ field: 'sold_at', grain: 'day' }],
      measures: [sales({ field: 'sold_at', toDate: 'year' })],
    })
    await expect(query).rejects.toThrow('tooManyPeriods')
  })
})
