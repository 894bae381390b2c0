/** Two years of daily sales of two regions, asked of every engine: they must say the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
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
import type { AllServers } from './all-servers.ts'
import { allServers } from './all-servers.ts'
import { extractEngine, liveEngine, plainCells } from './query-engines.ts'
import type { TestedEngine } from './query-engines.ts'

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
// Several files start servers at once.
beforeAll(async () => {
  servers = await allServers()
  engines = [
    await extractEngine(folder, fields, rows, lastDay),
    liveEngine(folder, fields, rows, lastDay),
    ...(await Promise.all(servers.makers.map((make) => make(fields, rows, lastDay)))),
  ]
}, 240_000)
afterAll(async () => {
  await servers?.stop()
  rmSync(folder, { recursive: true, force: true })
})

export type Compare = MeasureCompare
export const sales = (compare?: Compare, as = 'sales') => ({
  ...{ field: 'amount', aggregate: 'sum' as const, as },
  ...(compare ? { compare } : {}),
})

/** Of all engines, which must say the same. */
export async function ask(query: Omit<ReportQueryInput, 'dataset'>): Promise<QueryResult> {
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

export const lines = (result: QueryResult): Record<string, unknown> =>
  Object.fromEntries<unknown>(
    plainCells(result).map((line, at) => [result.rows.paths[at]?.join(' ') ?? '', line[0]]),
  )

export const previous = { field: 'sold_at', with: { with: 'previous' } } as const
export const lastYear = { field: 'sold_at', with: { with: 'year' } } as const
export const north: Filter = { field: 'region', op: 'in', values: ['north'] }
export const in2025: Filter = {
  field: 'sold_at',
  op: 'range',
  from: '2025-01-01',
  to: '2025-12-31',
}
export const byMonth = [{ field: 'sold_at', grain: 'month' }] as const
