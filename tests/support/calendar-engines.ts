/** Days of many years, asked by two calendars of every engine. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { dayKeys } from '../../shared/calendar/calendar-grains.ts'
import { keyOfDay } from '../../shared/calendar/day-map.ts'
import type { RetailCalendar } from '../../shared/calendar/retail-calendar.ts'
import { plainCalendar } from '../../shared/calendar/retail-calendar.ts'
import { isoDay, parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import type { CalendarGrain } from '../../shared/data/grain.ts'
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
  { name: 'paid_at', type: 'timestamp', role: 'dimension' },
  { name: 'amount', type: 'integer', role: 'measure' },
]
const folder = mkdtempSync(join(tmpdir(), 'storeboard-calendar-'))

/** Every second day of twelve years and a few far away, and one without a date. */
const days = [
  ...Array.from({ length: 2200 }, (_, at) => 16_000 + at * 2),
  ...['1899-12-31', '1969-12-31', '1970-01-04', '2069-12-31', '2101-02-03'].map(
    (text) => parseIsoDay(text) ?? 0,
  ),
]
const rows = [
  ...days.map((day, at) => ({
    ...{ sold_at: isoDay(day), paid_at: `${isoDay(day)}T23:59:59`, amount: at },
  })),
  { sold_at: null, paid_at: null, amount: 7 },
]

export const calendars: readonly RetailCalendar[] = [
  { ...plainCalendar, id: 'cal_april0', fiscal: { by: 'month', startMonth: 4 } },
  {
    ...plainCalendar,
    ...{ id: 'cal_weeks0', name: 'Weeks', named: 'start', weekStart: 7, names: 'en' },
    fiscal: { by: 'week', endMonth: 1, rule: 'nearest', pattern: '454' },
    holidays: [
      { date: '2025-03-01', last: '2025-03-09', name: 'Founders’ week', kind: 'own' },
      { date: '2027-01-01', last: '2027-01-03', name: '元旦', kind: 'off' },
      { date: '2025-08-08', name: 'Stocktaking', kind: 'closed' },
    ],
  },
]

/** Of the days a ClickHouse knows. */
export const recent = rows.filter(({ sold_at }) => sold_at === null || (sold_at >= '1970-01-01' && sold_at < '2100')) // prettier-ignore

export let engines: { readonly engine: TestedEngine; readonly rows: typeof rows }[] = []
let servers: AllServers | undefined
// Several files start servers at once.
beforeAll(async () => {
  servers = await allServers()
  const asked = await Promise.all(servers.makers.map((make) => make(fields, recent, '2025-12-31')))
  engines = [
    { engine: await extractEngine(folder, fields, rows, '2025-12-31'), rows },
    { engine: liveEngine(folder, fields, rows, '2025-12-31'), rows },
    ...asked.map((engine) => ({ engine, rows: recent })),
  ]
}, 240_000)
afterAll(async () => {
  await servers?.stop()
  rmSync(folder, { recursive: true, force: true })
})

export async function ask(engine: TestedEngine, query: ReportQueryInput): Promise<QueryResult> {
  const catalog = { ...engine.catalog, calendars }
  const { signal } = new AbortController()
  const answer = await runQuery(ReportQuery.parse(query), catalog, engine.tools, signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

/** Members with their sums, worked out day by day by the calendar alone. */
export function expected(calendar: RetailCalendar, grain: CalendarGrain, of: typeof rows) {
  const keys = dayKeys(calendar, grain)
  const sums = new Map<number, { member: Member; sum: number }>()
  for (const { sold_at, amount } of of) {
    const key = sold_at === null ? undefined : keyOfDay(keys.map, parseIsoDay(sold_at) ?? 0)
    const member = key === undefined ? null : keys.memberOf(key)
    const at = sums.get(key ?? Infinity) ?? { member, sum: 0 }
    sums.set(key ?? Infinity, { member, sum: at.sum + amount })
  }
  const order = [...sums].sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1))
  return order.map(([, { member, sum }]) => [member, sum])
}

export interface GrainCase {
  readonly calendar: RetailCalendar
  readonly grain: CalendarGrain
  readonly field: 'sold_at' | 'paid_at'
}

export const casesOf = (grains: readonly CalendarGrain[]): GrainCase[] =>
  calendars.flatMap((calendar) =>
    grains.flatMap((grain) =>
      (['sold_at', 'paid_at'] as const).map((field) => ({ calendar, grain, field })),
    ),
  )

/** Every engine says what the calendar says, in its order. */
export async function expectCalendar({ calendar, grain, field }: GrainCase): Promise<void> {
  // Servers are asked every grain once: of days by one calendar, of moments by the other.
  const ofServers = (field === 'paid_at') === (calendar.id === 'cal_weeks0')
  for (const { engine, rows: own } of ofServers ? engines : engines.slice(0, 2)) {
    const result = await ask(engine, {
      dataset: 'sales',
      calendar: calendar.id,
      rows: [{ field, grain }],
      measures: [{ field: 'amount', aggregate: 'sum' }],
    })
    const cells = plainCells(result)
    const found = result.rows.paths.map(([member], at) => [member, cells[at]?.[0]?.[0]])
    expect({ engine: engine.name, found }).toEqual({
      ...{ engine: engine.name, found: expected(calendar, grain, own) },
    })
  }
}
