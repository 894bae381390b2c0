import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayKeys } from '../../shared/calendar/calendar-grains.ts'
import { keyOfDay } from '../../shared/calendar/day-map.ts'
import type { RetailCalendar } from '../../shared/calendar/retail-calendar.ts'
import { plainCalendar } from '../../shared/calendar/retail-calendar.ts'
import { isoDay, parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import { calendarGrains } from '../../shared/data/grain.ts'
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

const calendars: readonly RetailCalendar[] = [
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
const recent = rows.filter(({ sold_at }) => sold_at === null || (sold_at >= '1970-01-01' && sold_at < '2100')) // prettier-ignore

let engines: { readonly engine: TestedEngine; readonly rows: typeof rows }[] = []
let servers: AllServers | undefined
beforeAll(async () => {
  servers = await allServers()
  const asked = await Promise.all(servers.makers.map((make) => make(fields, recent, '2025-12-31')))
  engines = [
    { engine: await extractEngine(folder, fields, rows, '2025-12-31'), rows },
    { engine: liveEngine(folder, fields, rows, '2025-12-31'), rows },
    ...asked.map((engine) => ({ engine, rows: recent })),
  ]
})
afterAll(async () => {
  await servers?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(engine: TestedEngine, query: ReportQueryInput): Promise<QueryResult> {
  const catalog = { ...engine.catalog, calendars }
  const { signal } = new AbortController()
  const answer = await runQuery(ReportQuery.parse(query), catalog, engine.tools, signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

/** Members with their sums, worked out day by day by the calendar alone. */
function expected(
  calendar: RetailCalendar,
  grain: (typeof calendarGrains)[number],
  of: typeof rows,
) {
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

const cases = calendars.flatMap((calendar) =>
  calendarGrains.flatMap((grain) =>
    (['sold_at', 'paid_at'] as const).map((field) => ({ calendar, grain, field })),
  ),
)

describe('grains of the retail calendar', () => {
  it.each(cases)(
    '$grain of $field by $calendar.id: every engine says what the calendar says, in its order',
    async ({ calendar, grain, field }) => {
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
    },
  )

  it('filters by any of their members as the members are summed', async () => {
    const grain = fc.constantFrom(...calendarGrains)
    await fc.assert(
      fc.asyncProperty(
        grain,
        fc.constantFrom(...calendars),
        fc.nat(),
        async (by, calendar, pick) => {
          const members = expected(calendar, by, recent)
          const [member] = members[pick % members.length] ?? []
          for (const { engine, rows: own } of engines) {
            const whole = expected(calendar, by, own).find(([one]) => one === member)
            const result = await ask(engine, {
              ...{ dataset: 'sales', calendar: calendar.name === 'Weeks' ? 'Weeks' : calendar.id },
              measures: [{ field: 'amount', aggregate: 'sum' }],
              filters: [{ field: 'sold_at', grain: by, op: 'in', values: [member as Member] }],
            })
            expect(plainCells(result)[0]?.[0]?.[0]).toBe(whole?.[1])
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('lists the periods between the first and the last, those without rows too', async () => {
    const filters = [{ field: 'sold_at', op: 'in' as const, values: ['2024-01-20', '2024-02-11'] }]
    for (const { engine } of engines) {
      const asked = (grain: 'fiscalWeek' | 'fiscalPeriod', empty: boolean) =>
        ask(engine, {
          ...{ dataset: 'sales', calendar: 'Weeks', measures: [{ aggregate: 'count' }], filters },
          rows: [{ field: 'sold_at', grain, empty }],
        })
      // The year of 2023 by this calendar has 53 weeks and ends on 3 February 2024.
      const weeks = ['FY2023-W51', 'FY2023-W52', 'FY2023-W53', 'FY2024-W01', 'FY2024-W02']
      const plain = await asked('fiscalWeek', false)
      expect(plain.rows.fields[0]?.periods).toEqual(weeks)
      expect(plain.rows.paths.flat()).toEqual(['FY2023-W51', 'FY2024-W02'])
      expect((await asked('fiscalWeek', true)).rows.paths.flat()).toEqual(weeks)
      const periods = await asked('fiscalPeriod', true)
      expect(periods.rows.paths.flat()).toEqual(['FY2023-P12', 'FY2024-P01'])
    }
  })

  it('has no order of its own for Others, which come last', async () => {
    for (const { engine } of engines) {
      const result = await ask(engine, {
        ...{ dataset: 'sales', calendar: 'Weeks', measures: [{ aggregate: 'count', as: 'n' }] },
        rows: [
          {
            ...{ field: 'sold_at', grain: 'fiscalYear' },
            top: { count: 3, measure: 'n', direction: 'highest', others: true },
          },
        ],
      })
      const years = result.rows.paths.flat().slice(0, 3)
      expect(years).toEqual([...years].sort())
      expect(result.rows.paths.flat().at(-1)).toBe(othersMember)
    }
  })

  it('ranks the periods of the calendar that is named, not those of the first one', async () => {
    const engine = engines[0]?.engine
    if (!engine) throw new Error('no engine')
    const measures = [{ field: 'amount', aggregate: 'sum' as const, as: 'sum' }]
    const years = (top?: { count: number; measure: string }) =>
      ask(engine, {
        ...{ dataset: 'sales', calendar: 'Weeks', measures },
        rows: [{ field: 'sold_at', grain: 'fiscalWeekOfYear', ...(top ? { top } : {}) }],
        filters: [{ field: 'sold_at', grain: 'fiscalYear', op: 'in', values: ['FY2020'] }],
      })
    const [all, best] = [await years(), await years({ count: 3, measure: 'sum' })]
    const sums = (result: QueryResult) => plainCells(result).map(([line]) => Number(line?.[0]))
    expect(sums(all).length).toBeGreaterThan(50)
    expect(sums(best).sort()).toEqual(sums(all).sort((a, b) => b - a).slice(0, 3).sort()) // prettier-ignore
  })

  it('uses the first calendar where none is named, and refuses one nobody knows', async () => {
    const engine = engines[0]?.engine
    if (!engine) throw new Error('no engine')
    const query = { dataset: 'sales', rows: [{ field: 'sold_at', grain: 'fiscalYear' as const }] }
    const result = await ask(engine, query)
    expect(result.rows.paths.flat()).toContain('FY2026')
    await expect(ask(engine, { ...query, calendar: 'Moon' })).rejects.toThrow('unknownCalendar')
  })
})
