import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RelativeFilter } from '../../../shared/query/filter.ts'
import { isoDay, parseIsoDay } from '../../../shared/data/calendar-day.ts'
import {
  firstDayOf,
  memberOfPeriod,
  periodOfDay,
  periodOfMember,
} from '../../../shared/query/period.ts'
import { relativeRange } from '../../../shared/query/relative-date.ts'

const day = fc.integer({ min: -200_000, max: 200_000 })
const grain = fc.constantFrom('year', 'quarter', 'month', 'week', 'day')

describe('periods', () => {
  it('are written and read back the same', () => {
    fc.assert(
      fc.property(day, grain, (d, g) => {
        const key = periodOfDay(g, d)
        if (key >= 0 || g === 'day' || g === 'week') {
          expect(periodOfMember(g, memberOfPeriod(g, key))).toBe(key)
        }
      }),
    )
  })

  it('begin on a day of their own and end before the next begins', () => {
    fc.assert(
      fc.property(day, grain, (d, g) => {
        const key = periodOfDay(g, d)
        expect(firstDayOf(g, key)).toBeLessThanOrEqual(d)
        expect(firstDayOf(g, key + 1)).toBeGreaterThan(d)
      }),
    )
  })

  it('days agree with the calendar of the platform', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 60_000 }), (d) => {
        expect(isoDay(d)).toBe(new Date(d * 86_400_000).toISOString().slice(0, 10))
      }),
    )
  })

  it('weeks are ISO weeks: 2020 has 53, and 1 January 2021 belongs to it', () => {
    const week = periodOfDay('week', parseIsoDay('2021-01-01')!)
    expect(memberOfPeriod('week', week)).toBe('2020-W53')
    expect(periodOfMember('week', '2021-W53')).toBeUndefined()
  })
})

describe('relative dates', () => {
  const anchor = parseIsoDay('2025-03-15')!
  const range = (part: Omit<RelativeFilter, 'field' | 'op'>): string => {
    const { from, to } = relativeRange({ field: 'd', op: 'relative', ...part }, anchor)
    return `${isoDay(from)}..${isoDay(to)}`
  }

  it.each([
    [{ span: 'last', unit: 'day', count: 7 }, '2025-03-09..2025-03-15'],
    [{ span: 'last', unit: 'month', count: 3 }, '2025-01-01..2025-03-15'],
    [{ span: 'previous', unit: 'month' }, '2025-02-01..2025-02-28'],
    [{ span: 'previous', unit: 'year', count: 2 }, '2023-01-01..2024-12-31'],
    [{ span: 'toDate', unit: 'quarter' }, '2025-01-01..2025-03-15'],
    [{ span: 'toDate', unit: 'week' }, '2025-03-10..2025-03-15'],
  ] as const)('%o from 15 March 2025 is %s', (part, expected) => {
    expect(range(part)).toBe(expected)
  })
})
