import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { QueryRunner } from '../../electron/engine/query/query-runner.ts'
import { QueryService } from '../../electron/engine/query/query-service.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import { extractEngine } from '../support/query-engines.ts'
import { tinyFields, tinyLastDay, tinyRows } from '../support/tiny-sales.ts'

const folder = mkdtempSync(join(tmpdir(), 'storeboard-contained-'))
let engine: TestedEngine
let queries: QueryService
/** Statements that reached the engine. */
let asked = 0

beforeAll(async () => {
  engine = await extractEngine(folder, tinyFields, tinyRows, tinyLastDay)
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
beforeEach(forget)

/** A service that knows nothing yet. */
function forget(): void {
  asked = 0
  const run: QueryRunner['run'] = (...ask) => {
    asked++
    return engine.tools.runner.run(...ask)
  }
  queries = new QueryService({
    runner: { run },
    catalog: () => engine.catalog,
    clock: () => ({ today: 20_000 }),
    now: () => 0,
    cacheBytes: 1e7,
  })
}

type Asked = Omit<ReportQueryInput, 'dataset'>

async function run(question: Asked): Promise<QueryResult> {
  const query = ReportQuery.parse({ dataset: 'sales', ...question })
  const answer = await queries.run(query, new AbortController().signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

/** What an engine that remembers nothing says. */
async function direct(question: Asked): Promise<QueryResult> {
  const answer = await engine.ask({ dataset: 'sales', ...question })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

/** Statements a question took after another one; its answer is what the engine itself says. */
async function statementsAfter(first: Asked, then: Asked): Promise<number> {
  await run(first)
  const before = asked
  const { cached, ...found } = await run(then)
  const { cached: _cached, ...said } = await direct(then)
  expect(found).toEqual(said)
  expect(cached).toBe(asked === before)
  return asked - before
}

const sum = { field: 'amount', aggregate: 'sum', as: 'sales' } as const
const people = { field: 'member', aggregate: 'countDistinct', as: 'people' } as const
const mean = { field: 'score', aggregate: 'average', as: 'mean' } as const
const most = { field: 'stock', aggregate: 'max', as: 'most' } as const
const region = { field: 'region' } as const
const shop = { field: 'shop' } as const
const year = { field: 'day', grain: 'year' } as const
const before = { ...sum, as: 'before', compare: { field: 'day', with: { with: 'previous' } } } as const // prettier-ignore
const month = { field: 'day', grain: 'month' } as const
const totals = { rows: 'all', columns: 'all' } as const

const wide: Asked = { rows: [region, shop], columns: [month], measures: [sum, people, mean, most], totals } // prettier-ignore
const additive: Asked = { ...wide, measures: [sum, mean, most] }
const inEast = [{ field: 'region', op: 'in' as const, values: ['East'] }]
const notBlank = [{ field: 'region', op: 'notIn' as const, values: [null, 'West'] }]
const inMarch = [{ field: 'day', grain: 'month' as const, op: 'in' as const, values: ['2025-03'] }]

describe('a question that is contained in one already answered asks the engine nothing', () => {
  const contained: Record<string, readonly [Asked, Asked]> = {
    'shown as something else': [
      wide,
      {
        ...wide,
        measures: [
          { ...sum, show: { as: 'percent', of: 'parentRow' } },
          { ...people, show: { as: 'rank', axis: 'rows', direction: 'descending', ties: 'skip' } },
          { ...mean, totals: { rows: 'max' } },
        ],
      },
    ],
    'in another order': [
      wide,
      {
        ...wide,
        rows: [
          { ...region, sort: { by: 'measure', measure: 'people', direction: 'descending' } },
          { ...shop, sort: { by: 'list', members: ['B', 'A'] } },
        ],
      },
    ],
    'with some of the measures, under other names': [
      wide,
      { ...wide, measures: [{ ...people, as: 'pl_other' }] },
    ],
    'with fewer totals': [wide, { ...wide, totals: { rows: 'grand', columns: 'none' } }],
    'with fewer levels': [wide, { ...wide, rows: [region] }],
    'without the outer field, of what adds up': [additive, { ...additive, rows: [shop] }],
    'turned round': [wide, { ...wide, rows: [month], columns: [region] }],
    'filtered on an edge, of what adds up': [additive, { ...additive, filters: inEast }],
    'filtered on an edge it no longer has': [
      additive,
      { ...additive, rows: [shop], columns: [], filters: [...inMarch, ...notBlank] },
    ],
    'filtered, of what does not add up, where every level has the field': [
      wide,
      { rows: [region], columns: [month], measures: [people], filters: [...inEast, ...inMarch] },
    ],
    'a comparison shown as something else': [
      { rows: [region], measures: [{ ...sum, compare: { field: 'day', with: { with: 'previous' } } }], filters: inMarch }, // prettier-ignore
      {
        rows: [region],
        filters: inMarch,
        measures: [
          {
            ...sum,
            compare: { field: 'day', with: { with: 'previous' } },
            totals: { rows: 'sum' },
            blankAs: 'zero',
          },
        ],
      },
    ],
    'without the comparison it had, whose warnings it does not have either': [
      { rows: [year], measures: [sum, before] },
      { rows: [year], measures: [sum] },
    ],
    'a top-N in another order': [
      { rows: [{ ...shop, top: { count: 2, measure: 'sales', others: true } }], measures: [sum] },
      {
        rows: [
          {
            ...shop,
            top: { count: 2, measure: 'amount', others: true },
            sort: { by: 'measure', measure: 'amount', direction: 'ascending' },
          },
        ],
        measures: [{ ...sum, as: 'amount' }],
      },
    ],
  }
  it.each(Object.entries(contained))('%s', async (_name, [first, then]) => {
    expect(await statementsAfter(first, then)).toBe(0)
  })
})

describe('what is not told by an answer is asked', () => {
  const others: Record<string, readonly [Asked, Asked]> = {
    'a total of what does not add up, over a filter': [
      { ...wide, measures: [people] },
      { ...wide, measures: [people], filters: inEast },
    ],
    'a level of what does not add up that nobody had': [
      { rows: [region, shop], measures: [people] },
      { rows: [region], measures: [people] },
    ],
    'a top-N over a filter': [
      { rows: [region, { ...shop, top: { count: 1, measure: 'sales' } }], measures: [sum] },
      { rows: [region, { ...shop, top: { count: 1, measure: 'sales' } }], measures: [sum], filters: inEast }, // prettier-ignore
    ],
    'a filter taken away': [{ ...additive, filters: inEast }, additive],
    'a filter on something else': [
      additive,
      { ...additive, filters: [{ field: 'member', op: 'in', values: ['m1'] }] },
    ],
    'members without rows under a filter': [
      { rows: [region, { ...shop, empty: true }], measures: [sum] },
      { rows: [region, { ...shop, empty: true }], measures: [sum], filters: inEast },
    ],
    'totals over all under a filter': [
      { ...additive, totals: { rows: 'all', over: 'all' } },
      { ...additive, totals: { rows: 'all', over: 'all' }, filters: inEast },
    ],
  }
  it.each(Object.entries(others))('%s', async (_name, [first, then]) => {
    expect(await statementsAfter(first, then)).toBeGreaterThan(0)
  })
})

it('asks once for questions of one moment that differ in their order and in what they show', async () => {
  const shown = { ...additive, measures: [{ ...sum, show: { as: 'percent', of: 'grand' } as const }, mean, most] } // prettier-ignore
  await run(additive)
  const alone = asked
  forget()
  const answers = await Promise.all([run(additive), run(shown), run(additive)])
  expect(asked).toBe(alone)
  expect(answers[2]).toEqual(answers[0])
  expect(answers[1].cells).toEqual((await direct(shown)).cells)
})
