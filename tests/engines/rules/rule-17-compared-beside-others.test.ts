import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '../../../shared/data/cell-value.ts'
import { othersMember } from '../../../shared/data/cell-value.ts'
import type { Field } from '../../../shared/data/field.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { ReportQueryInput } from '../../../shared/query/report-query.ts'
import type { TestedEngine } from '../../support/query-engines.ts'
import { extractEngine, liveEngine, plainCells } from '../../support/query-engines.ts'

const fields: readonly Field[] = [
  { name: 'day', type: 'date', role: 'dimension' },
  { name: 'region', type: 'text', role: 'dimension' },
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'member', type: 'text', role: 'identifier' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
]

/** First quarters of two years by shop; D closed before the second one, E opened in it. */
const amounts: Readonly<Record<string, readonly number[]>> = {
  'East/A/2024': [10, 20, 30],
  'East/B/2024': [5, 5, 10],
  'East/D/2024': [7, 7, 6],
  'West/C/2024': [40, 0.5, 9.5],
  'East/A/2025': [30, 30, 40],
  'East/B/2025': [6, 4, 20],
  'West/C/2025': [20, 30, 10],
  'West/E/2025': [1, 2, 3],
}
const rows = Object.entries(amounts).flatMap(([key, months]) => {
  const [region = '', shop = '', year = ''] = key.split('/')
  return months.map((amount, month) => ({
    ...{ day: `${year}-0${month + 1}-15`, region, shop, amount },
    // Everyone but D's customers buys wherever it is month 1.
    member: shop === 'D' ? `d${month}` : month === 0 ? 'm0' : `${shop}${month}`,
  }))
})
type Row = (typeof rows)[number]

const folder = mkdtempSync(join(tmpdir(), 'storeboard-beside-'))
let engines: TestedEngine[] = []
beforeAll(async () => {
  engines = [
    await extractEngine(folder, fields, rows, '2025-03-31'),
    liveEngine(folder, fields, rows, '2025-03-31'),
  ]
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

async function ask(query: Omit<ReportQueryInput, 'dataset'>): Promise<QueryResult> {
  const answers: QueryResult[] = []
  for (const engine of engines) {
    const answer = await engine.ask({ dataset: 'sales', ...query })
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    answers.push(answer.value)
  }
  const [first, other] = answers
  if (!first || !other) throw new Error('two engines answer')
  expect(other.rows.paths).toEqual(first.rows.paths)
  expect(plainCells(other)).toEqual(plainCells(first))
  return first
}

const named = (path: readonly Member[]): string =>
  path.map((member) => (member === othersMember ? 'Others' : String(member))).join('/') || 'Total'

/** By row, then by column where there are any: the values of the measures. */
const table = (result: QueryResult): Record<string, unknown> =>
  Object.fromEntries(
    plainCells(result).map((line, row) => [
      named(result.rows.paths[row] ?? []),
      result.columns.fields.length === 0
        ? line[0]
        : Object.fromEntries(line.map((cell, at) => [named(result.columns.paths[at] ?? []), cell])),
    ]),
  )

/** The plain sum of the rows a test picks. */
const sum = (pick: (row: Row) => boolean): number =>
  rows.filter(pick).reduce((total, { amount }) => total + amount, 0)
const of = (year: string, shops: string, month?: number) => (row: Row) =>
  row.day.startsWith(year) &&
  shops.includes(row.shop) &&
  (month === undefined || row.day.startsWith(`${year}-0${month}`))

const sales = { field: 'amount', aggregate: 'sum', as: 'sales' } as const
const lastYear = {
  ...sales,
  as: 'last year',
  compare: { field: 'day', with: { with: 'year' } },
} as const
const growth = {
  ...lastYear,
  as: 'growth',
  compare: { ...lastYear.compare, show: 'percent' },
} as const
const more = {
  ...lastYear,
  as: 'more',
  compare: { ...lastYear.compare, show: 'difference' },
} as const
const in2025 = [
  { field: 'day', op: 'range' as const, from: '2025-01-01', to: '2025-03-31' },
] as const
const topTwo = { count: 2, measure: 'sales', others: true } as const
const byMonth = [{ field: 'day', grain: 'month' }] as const
const filters = [...in2025]

describe('rule 17 with rule 10: Others of other days', () => {
  it('are the rows of every member without a line, also of those that sold then only', async () => {
    const result = await ask({
      rows: [{ field: 'shop', top: topTwo }],
      measures: [sales, lastYear],
      filters,
      totals: { rows: 'all' },
    })
    expect(table(result)).toEqual({
      A: [100, 60],
      C: [60, 50],
      Others: [sum(of('2025', 'BE')), sum(of('2024', 'BD'))],
      Total: [sum(of('2025', 'ABCE')), sum(of('2024', 'ABCD'))],
    })
  })

  it('count different members once', async () => {
    const people = { field: 'member', aggregate: 'countDistinct', as: 'people' } as const
    const result = await ask({
      rows: [{ field: 'shop', top: topTwo }],
      measures: [sales, { ...people, compare: lastYear.compare }],
      filters,
    })
    // B: m0, B1, B2; D: d0, d1, d2.
    expect(table(result)).toMatchObject({ Others: [36, 6] })
  })

  it('stand under their parent and in their month', async () => {
    const result = await ask({
      rows: [{ field: 'region' }, { field: 'shop', top: { ...topTwo, count: 1 } }],
      columns: [...byMonth],
      measures: [sales, lastYear],
      filters,
      totals: { rows: 'all', columns: 'all' },
    })
    expect(table(result)).toMatchObject({
      'East/Others': {
        '2025-01': [6, sum(of('2024', 'BD', 1))],
        '2025-03': [20, sum(of('2024', 'BD', 3))],
        Total: [30, sum(of('2024', 'BD'))],
      },
      // E sold nothing the year before.
      'West/Others': { '2025-01': [1, null], Total: [6, null] },
      East: { Total: [130, sum(of('2024', 'ABD'))] },
      Total: { '2025-02': [66, sum(of('2024', 'ABCD', 2))], Total: [196, 150] },
    })
  })

  it('are other members in each month where the months stand outside', async () => {
    const result = await ask({
      rows: [...byMonth, { field: 'shop', top: { ...topTwo, count: 1 } }],
      measures: [sales, lastYear],
      filters,
      totals: { rows: 'all' },
    })
    // A is first in January and March, equal to C in February and named before it.
    expect(table(result)).toMatchObject({
      '2025-01/A': [30, 10],
      '2025-01/Others': [27, sum(of('2024', 'BCD', 1))],
      '2025-02/Others': [36, sum(of('2024', 'BCD', 2))],
      '2025-02': [66, sum(of('2024', 'ABCD', 2))],
    })
  })

  it('are the periods without a line where the periods themselves are cut', async () => {
    const result = await ask({
      rows: [{ ...byMonth[0], top: { ...topTwo, count: 1 } }],
      measures: [sales, lastYear],
      filters,
      totals: { rows: 'all' },
    })
    expect(table(result)).toEqual({
      '2025-03': [73, sum(of('2024', 'ABCD', 3))],
      Others: [123, sum(of('2024', 'ABCD', 1)) + sum(of('2024', 'ABCD', 2))],
      Total: [196, 150],
    })
  })

  it('are other periods under every member where the periods stand below another field', async () => {
    const result = await ask({
      rows: [{ field: 'region' }, { ...byMonth[0], top: { ...topTwo, count: 1 } }],
      measures: [sales, lastYear, growth],
      filters,
      totals: { rows: 'all' },
    })
    // East sold most in March, West in February: Others is January and February there, January and March here.
    const [east, west] = [sum(of('2024', 'ABD')), sum(of('2024', 'C'))]
    const others = {
      East: [sum(of('2024', 'ABD', 1)) + sum(of('2024', 'ABD', 2)), 70],
      West: [sum(of('2024', 'C', 1)) + sum(of('2024', 'C', 3)), 34],
    } as const
    expect(table(result)).toEqual({
      'East/2025-03': [60, sum(of('2024', 'ABD', 3)), 60 / 46 - 1],
      'East/Others': [70, others.East[0], expect.closeTo(70 / others.East[0] - 1, 12)],
      East: [130, east, 0.3],
      'West/2025-02': [32, 0.5, 63],
      'West/Others': [34, others.West[0], expect.closeTo(34 / others.West[0] - 1, 12)],
      West: [66, west, expect.closeTo(66 / west - 1, 12)],
      Total: [196, 150, expect.closeTo(196 / 150 - 1, 12)],
    })
  })

  it('have their members below them, and add up to their parent of the other year', async () => {
    const result = await ask({
      rows: [
        { field: 'region' },
        { ...byMonth[0], top: { ...topTwo, count: 1 } },
        { field: 'shop' },
      ],
      measures: [sales, lastYear],
      filters,
      totals: { rows: 'all' },
    })
    expect(table(result)).toMatchObject({
      'East/Others/A': [60, 30],
      'East/Others/B': [10, 10],
      // D has no line: it closed before 2025.
      'East/Others': [70, 54],
      'West/Others/C': [30, 49.5],
      'West/Others/E': [4, null],
    })
  })

  it('keep a top-N without Others to the members it left', async () => {
    const result = await ask({
      rows: [{ field: 'shop', top: { count: 2, measure: 'sales' } }],
      measures: [sales, lastYear],
      filters,
      totals: { rows: 'all' },
    })
    expect(table(result)).toEqual({ A: [100, 60], C: [60, 50], Total: [160, 110] })
  })
})

describe('rule 17 with rule 3: totals that include members left out', () => {
  it('include them on the other days too', async () => {
    const result = await ask({
      rows: [{ field: 'region' }, { field: 'shop' }],
      measures: [sales, lastYear, growth],
      filters: [...filters, { field: 'shop', op: 'in', values: ['A', 'C'] }],
      totals: { rows: 'all', over: 'all' },
    })
    const [east, all] = [sum(of('2024', 'ABD')), sum(of('2024', 'ABCD'))]
    expect(table(result)).toEqual({
      'East/A': [100, 60, expect.closeTo(100 / 60 - 1, 12)],
      East: [130, east, expect.closeTo(0.3, 12)],
      'West/C': [60, 50, expect.closeTo(0.2, 12)],
      West: [66, 50, expect.closeTo(66 / 50 - 1, 12)],
      Total: [196, all, expect.closeTo(196 / all - 1, 12)],
    })
  })

  it('and periods left out with them', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [sales, lastYear],
      filters: [
        ...filters,
        { field: 'day', grain: 'month', op: 'in', values: ['2025-02'] },
        { field: 'shop', op: 'in', values: ['A'] },
      ],
      totals: { rows: 'all', over: 'all' },
    })
    // The filter on shops is on no edge and stays; all months of A, and all a year before them.
    expect(table(result)).toEqual({ '2025-02': [30, 20], Total: [160, 60] })
  })
})

describe('rule 17 with rules 4 to 9: a comparison shown beside others', () => {
  it('is a share of the other year, of a level that is not shown too', async () => {
    const result = await ask({
      rows: [{ field: 'region' }, { field: 'shop' }],
      measures: [
        { ...lastYear, show: { as: 'percent', of: 'grand' } },
        { ...lastYear, as: 'of parent', show: { as: 'percent', of: 'parentRow' } },
        { ...more, show: { as: 'percent', of: 'grand' } },
      ],
      filters,
    })
    // A had 60 of 150, and of the 100 of East; it made 40 of the 46 that are new.
    expect(table(result)).toMatchObject({
      'East/A': [60 / 150, 60 / 100, 40 / 46],
      'East/B': [20 / 150, 20 / 100, 10 / 46],
      'West/C': [50 / 150, 1, 10 / 46],
      'West/E': [null, null, null],
    })
    expect(result.measures.map(({ type }) => type)).toEqual(['double', 'double', 'double'])
  })

  it('runs, ranks and differs along the lines', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [
        { ...lastYear, show: { as: 'runningTotal', axis: 'rows', reset: 'none' } },
        {
          ...lastYear,
          as: 'step',
          show: { as: 'difference', field: { axis: 'rows', level: 0 }, from: 'previous' },
        },
        { ...growth, show: { as: 'rank', axis: 'rows', direction: 'descending', ties: 'skip' } },
      ],
      filters,
    })
    // 2024: 62, 32.5, 55.5; 2025: 57, 66, 73.
    expect(table(result)).toEqual({
      '2025-01': [62, null, 3],
      '2025-02': [94.5, -29.5, 1],
      '2025-03': [150, 23, 2],
    })
    expect(result.cells[0]?.kind).toBe('scaled')
  })

  it('is totalled from the numbers shown where asked (rule 2)', async () => {
    const result = await ask({
      rows: [{ field: 'shop' }],
      measures: [
        { ...lastYear, totals: { rows: 'average' } },
        { ...lastYear, as: 'most', totals: { rows: 'max' } },
        { ...growth, totals: { rows: 'average' } },
      ],
      filters,
      totals: { rows: 'all' },
    })
    const shares = [40 / 60, 10 / 20, 10 / 50]
    // E had nothing the year before and counts for nothing; D has no line.
    expect(table(result)['Total']).toEqual([
      (60 + 20 + 50) / 3,
      60,
      expect.closeTo(shares.reduce((a, b) => a + b, 0) / 3, 12),
    ])
  })

  it('sorts by what it says, hidden or not, with blanks last (rule 11)', async () => {
    for (const hidden of [false, true]) {
      const result = await ask({
        rows: [{ field: 'shop', sort: { by: 'measure', measure: 'growth', direction: 'descending' } }], // prettier-ignore
        measures: [sales, { ...growth, hidden }],
        filters,
      })
      expect(result.rows.paths).toEqual([['A'], ['B'], ['C'], ['E']])
      expect(result.measures).toHaveLength(hidden ? 1 : 2)
    }
  })

  it('reads 0 for nothing where asked, and says nothing of its own days', async () => {
    const result = await ask({
      rows: [{ field: 'shop' }],
      columns: [...byMonth],
      measures: [{ ...lastYear, blankAs: 'zero' }],
      filters,
    })
    expect(table(result)['E']).toEqual({ '2025-01': [0], '2025-02': [0], '2025-03': [0] })
  })
})
