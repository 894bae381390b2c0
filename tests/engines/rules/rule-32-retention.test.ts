import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Field } from '../../../shared/data/field.ts'
import { isoDay, parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { memberOfPeriod, periodOfDay } from '../../../shared/query/period.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import type { Retention } from '../../../shared/query/retention.ts'
import { retentionTable } from '../../../shared/query/retention.ts'
import { extractEngine, liveEngine, plainCells } from '../../support/query-engines.ts'

const fields: readonly Field[] = [
  { name: 'member', type: 'text', role: 'identifier' },
  { name: 'day', type: 'date', role: 'dimension' },
]
const folder = mkdtempSync(join(tmpdir(), 'storeboard-retention-'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

interface Visit {
  readonly [name: string]: string | null
  readonly member: string | null
  readonly day: string
}
const visits = (months: Readonly<Record<string, readonly number[]>>): Visit[] =>
  Object.entries(months).flatMap(([member, list]) =>
    list.map((month) => ({ member, day: `2025-0${month}-10` })),
  )

/** a, b, c began in January, d and e in February, f in April; one January visit is nobody's. */
const six: readonly Visit[] = [
  ...visits({ a: [1, 2, 3], b: [1, 3], c: [1, 1], d: [2, 4], e: [2], f: [4] }),
  { member: null, day: '2025-01-10' },
]

type Ask = Pick<Retention, 'kind' | 'grain'> & { readonly filters?: Filter[] }
type Pairs = Record<string, ([number, number] | null)[]>

/** By cohort and in all: [back, of whom] for each period since. Both engines must say the same. */
async function ask(
  rows: readonly Visit[],
  lastDay: string,
  { kind, grain, filters = [] }: Ask,
): Promise<Pairs> {
  const tables: Pairs[] = []
  for (const engine of [
    await extractEngine(folder, fields, rows, lastDay),
    liveEngine(folder, fields, rows, lastDay),
  ]) {
    const answer = await engine.ask({
      ...{ dataset: 'sales', filters },
      retention: { customer: 'member', date: 'day', grain, kind },
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    const cells = plainCells(answer.value)
    const lines = answer.value.rows.paths.map((path, row) => {
      const line = cells[row] ?? []
      const length = line.findLastIndex(([, , of]) => of !== null) + 1
      for (const [share, back, of] of line) {
        expect(share).toBe(of === null ? null : Number(back) / Number(of))
      }
      const told = line.slice(0, length)
      return [
        path.join() || 'all',
        told.map(([, back, of]) => (of === null ? null : [Number(back), Number(of)])),
      ] as const
    })
    tables.push(Object.fromEntries(lines) as Pairs)
  }
  expect(tables[1]).toEqual(tables[0])
  return tables[0] ?? {}
}

describe('rule 32: who comes back', () => {
  it('in that very period; April is not over, so nobody is asked about it', async () => {
    expect(await ask(six, '2025-04-15', { kind: 'nDay', grain: 'month' })).toEqual({
      '2025-01': [[3, 3], [1, 3], [2, 3]], // prettier-ignore
      '2025-02': [[2, 2], [0, 2]], // prettier-ignore
      all: [[5, 5], [1, 5], [2, 3]], // prettier-ignore
    })
  })

  it('in it or later: a visit in the month that runs counts for the months before it', async () => {
    expect(await ask(six, '2025-04-15', { kind: 'unbounded', grain: 'month' })).toEqual({
      '2025-01': [[3, 3], [2, 3], [2, 3]], // prettier-ignore
      '2025-02': [[2, 2], [1, 2]], // prettier-ignore
      all: [[5, 5], [3, 5], [2, 3]], // prettier-ignore
    })
  })

  it.each<Filter>([
    { field: 'day', op: 'range', to: '2025-02-28' },
    { field: 'day', grain: 'month', op: 'in', values: ['2025-02', '2025-01'] },
  ])('nobody is missed in a month that a filter leaves out: %j', async (filter) => {
    const asked = { kind: 'nDay' as const, grain: 'month' as const, filters: [filter] }
    expect(await ask(six, '2025-04-30', asked)).toEqual({
      '2025-01': [[3, 3], [1, 3]], // prettier-ignore
      '2025-02': [[2, 2]],
      all: [[5, 5], [1, 3]], // prettier-ignore
    })
  })

  it.each<Filter>([
    { field: 'day', grain: 'month', op: 'in', values: ['2025-01', '2025-03'] },
    { field: 'day', grain: 'month', op: 'notIn', values: ['2025-02', '2025-04'] },
  ])('is blank of a month between that a filter leaves out: %j', async (filter) => {
    const asked = { grain: 'month' as const, filters: [filter] }
    // Who was back in February is not known, as little as who began then.
    const back = { '2025-01': [[3, 3], null, [2, 3]], all: [[3, 3], null, [2, 3]] } // prettier-ignore
    expect(await ask(six, '2025-04-30', { ...asked, kind: 'nDay' })).toEqual(back)
    expect(await ask(six, '2025-04-30', { ...asked, kind: 'unbounded' })).toEqual(back)
  })

  it('leaves cohorts out of all together where their month is left out', async () => {
    const months = ['2025-01', '2025-02', '2025-04']
    const filter: Filter = { field: 'day', grain: 'month', op: 'in', values: months }
    const asked = { kind: 'nDay' as const, grain: 'month' as const, filters: [filter] }
    // A month on it is February of the first cohort alone, two months on April of the second.
    expect(await ask(six, '2025-04-30', asked)).toEqual({
      '2025-01': [[3, 3], [1, 3], null, [0, 3]], // prettier-ignore
      '2025-02': [[2, 2], null, [1, 2]], // prettier-ignore
      '2025-04': [[1, 1]],
      all: [[6, 6], [1, 3], [1, 2], [0, 3]], // prettier-ignore
    })
  })

  it('of everyone once the month is over', async () => {
    expect(await ask(six, '2025-04-30', { kind: 'nDay', grain: 'month' })).toEqual({
      '2025-01': [[3, 3], [1, 3], [2, 3], [0, 3]], // prettier-ignore
      '2025-02': [[2, 2], [0, 2], [1, 2]], // prettier-ignore
      '2025-04': [[1, 1]],
      all: [[6, 6], [1, 5], [3, 5], [0, 3]], // prettier-ignore
    })
  })

  it.each(['nDay', 'unbounded'] as const)(
    'says of 60 customers by week what counting them one by one says (%s)',
    async (kind) => {
      const [first, last] = [parseIsoDay('2024-12-20') ?? 0, parseIsoDay('2025-03-09') ?? 0]
      const rows = Array.from({ length: 240 }, (_, n) => ({
        member: `m${(n * 7 + ((n * n) % 11)) % 60}`,
        day: isoDay(first + ((n * 37 + ((n * n) % 13)) % (last - first + 1))),
      }))
      const weeks = new Map<string, Set<number>>()
      for (const { member, day } of rows) {
        const week = periodOfDay('week', parseIsoDay(day) ?? 0)
        weeks.set(member, (weeks.get(member) ?? new Set<number>()).add(week))
      }
      const people = [...weeks.values()].map((own) => ({ own, start: Math.min(...own) }))
      // The ninth of March is a Sunday: its week is over.
      const end = periodOfDay('week', last)
      const told = (among: typeof people): [number, number][] => {
        const pairs: [number, number][] = []
        for (let since = 0; ; since++) {
          const of = among.filter(({ start }) => start + since <= end)
          if (of.length === 0) return pairs
          const back = of.filter(({ own, start }) =>
            kind === 'nDay' ? own.has(start + since) : Math.max(...own) >= start + since,
          )
          pairs.push([back.length, of.length])
        }
      }
      const starts = [...new Set(people.map(({ start }) => start))]
      expect(await ask(rows, '2025-03-09', { kind, grain: 'week' })).toEqual({
        ...Object.fromEntries(
          starts.map((start) => [
            String(memberOfPeriod('week', start)),
            told(people.filter((one) => one.start === start)),
          ]),
        ),
        all: told(people),
      })
    },
  )

  it('is asked alone, and by a date', async () => {
    const engine = await extractEngine(folder, fields, six, '2025-04-15')
    const retention = { customer: 'member', date: 'day', grain: 'month', kind: 'nDay' } as const
    const beside = await engine.ask({ dataset: 'sales', retention, rows: [{ field: 'day' }] })
    expect(beside).toMatchObject({ error: { details: { reason: 'retentionAlone' } } })
    const byText = { ...retention, date: 'member', customer: 'day' }
    expect((await engine.ask({ dataset: 'sales', retention: byText })).ok).toBe(false)
  })

  it('has no table where nothing is over', () => {
    const counts = [{ cohort: 5, period: 5, customers: 2 }]
    const table = retentionTable({ active: counts, last: counts }, 'nDay', 4)
    expect(table).toEqual({ cohorts: [], cells: [], total: [] })
  })
})
