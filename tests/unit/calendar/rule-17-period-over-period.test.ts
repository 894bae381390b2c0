import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../../shared/calendar/comparison.ts'
import { weekdayOf } from '../../../shared/calendar/fiscal.ts'
import type { SpanGrain } from '../../../shared/calendar/period-spans.ts'
import { spanOf } from '../../../shared/calendar/period-spans.ts'
import type { RetailCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { comparedSpan, shiftSpan } from '../../../shared/calendar/shift-days.ts'
import { monthOf, monthSpan } from '../../../shared/calendar/period-spans.ts'
import { isoDay, parseIsoDay } from '../../../shared/data/calendar-day.ts'

const day = (text: string): number => parseIsoDay(text) ?? NaN
const federation: RetailCalendar = {
  ...plainCalendar,
  ...{ fiscal: { by: 'week', endMonth: 1, rule: 'nearest', pattern: '454' }, named: 'start' },
  weekStart: 7,
}

function compared(
  span: string,
  grain: SpanGrain,
  comparison: Comparison,
  more: { calendar?: RetailCalendar; cut?: boolean } = {},
): string | null {
  const [first = '', last = first] = span.split(' ')
  const found = comparedSpan(
    { first: day(first), last: day(last) },
    { calendar: plainCalendar, ...more, grain, comparison },
  )
  return found && `${isoDay(found.first)} ${isoDay(found.last)}`
}

const forward = { of: monthOf, target: (at: number) => monthSpan(monthOf(at).index + 1) }
const late = { first: day('2025-02-25'), last: day('2025-02-28') }

describe('rule 17: extension, 25 to 28 February forward one month', () => {
  it.each([
    ['precise', '2025-03-25 2025-03-28'],
    ['periodEnd', '2025-03-25 2025-03-31'],
    ['alignEnds', '2025-03-28 2025-03-31'],
  ] as const)('%s', (extension, expected) => {
    const found = shiftSpan(late, forward, extension, 'lastDay')
    expect(found && `${isoDay(found.first)} ${isoDay(found.last)}`).toBe(expected)
  })
})

describe('rule 17: truncation, days February has not', () => {
  const previous = { with: 'previous' } as const
  it('takes the last valid day or nothing for 30 March', () => {
    expect(compared('2025-03-30', 'month', { ...previous, extension: 'precise' })).toBe(
      '2025-02-28 2025-02-28',
    )
    const blank = { ...previous, extension: 'precise', truncation: 'blank' } as const
    expect(compared('2025-03-30', 'month', blank)).toBeNull()
    expect(compared('2025-03-27 2025-03-30', 'month', blank)).toBe('2025-02-27 2025-02-28')
  })

  it('has no week 53 in a year of 52: the last week, or none', () => {
    expect(compared('2020-12-28 2021-01-03', 'week', { with: 'year' })).toBe(
      '2019-12-23 2019-12-29',
    )
    expect(
      compared('2020-12-28 2021-01-03', 'week', { with: 'year', truncation: 'blank' }),
    ).toBeNull()
  })
})

describe('rule 17: whole periods meet whole periods', () => {
  it.each([
    ['2025-02-01 2025-02-28', 'month', 'previous', '2025-01-01 2025-01-31'],
    ['2025-03-01 2025-03-31', 'month', 'previous', '2025-02-01 2025-02-28'],
    ['2025-02-01 2025-02-28', 'month', 'year', '2024-02-01 2024-02-29'],
    ['2025-04-01 2025-06-30', 'quarter', 'previous', '2025-01-01 2025-03-31'],
    ['2025-01-01 2025-12-31', 'year', 'year', '2024-01-01 2024-12-31'],
    ['2025-01-06 2025-01-12', 'week', 'year', '2024-01-08 2024-01-14'],
    ['2025-01-01 2025-01-05', 'januaryWeek', 'year', '2024-01-01 2024-01-07'],
    ['2025-05-05', 'day', 'previous', '2025-05-04 2025-05-04'],
    ['2024-02-29', 'day', 'year', '2023-02-28 2023-02-28'],
    ['2025-02-28', 'day', 'year', '2024-02-28 2024-02-28'],
    ['2025-02-27 2025-02-28', 'day', 'year', '2024-02-27 2024-02-29'],
  ] as const)('%s by %s, %s', (span, grain, back, expected) => {
    expect(compared(span, grain, { with: back })).toBe(expected)
  })

  it('goes several periods back', () => {
    expect(compared('2025-02-01 2025-02-28', 'month', { with: 'previous', back: 3 })).toBe(
      '2024-11-01 2024-11-30',
    )
  })

  it('meets the five-week January of a 53-week year with its own four weeks', () => {
    // Federation 2023, period 12: 31 December 2023 to 3 February 2024; 2022: 1 to 28 January 2023.
    expect(
      compared('2023-12-31 2024-02-03', 'fiscalPeriod', { with: 'year' }, { calendar: federation }),
    ).toBe('2023-01-01 2023-01-28')
    expect(
      compared('2024-02-04 2024-03-02', 'fiscalPeriod', { with: 'year' }, { calendar: federation }),
    ).toBe('2023-01-29 2023-02-25')
  })

  it('is true of every month of every year: the first day meets the first, the last the last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30_000 }),
        fc.integer({ min: 1, max: 40 }),
        (at, back) => {
          const span = spanOf('month', plainCalendar, at)
          const comparison = { with: 'previous', back } as const
          const found = comparedSpan(span, { calendar: plainCalendar, grain: 'month', comparison })
          expect(found).toEqual(spanOf('month', plainCalendar, found?.first ?? NaN))
        },
      ),
    )
  })
})

describe('rule 17: alignment', () => {
  it('meets the same weekday, as near as can be to the same date', () => {
    // 11 November 2024 is a Monday, a year before a Saturday: Monday 13 November 2023 is nearest.
    expect(compared('2024-11-11', 'day', { with: 'year', align: 'weekday' })).toBe(
      '2023-11-13 2023-11-13',
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 4000, max: 30_000 }),
        fc.integer({ min: 1, max: 12 }),
        (at, back) => {
          const found = comparedSpan(
            { first: at, last: at + 6 },
            {
              calendar: plainCalendar,
              grain: 'day',
              comparison: { with: 'year', back, align: 'weekday' },
            },
          )
          expect(weekdayOf(found?.first ?? NaN)).toBe(weekdayOf(at))
          expect(Math.abs(at - (found?.first ?? NaN) - back * 365.2425)).toBeLessThan(5)
        },
      ),
    )
  })

  it('meets the Spring Festival of 29 January 2025 with that of 10 February 2024', () => {
    const spring = { with: 'year', align: 'festival' } as const
    expect(compared('2025-01-28 2025-02-04', 'day', spring)).toBe('2024-02-09 2024-02-16')
    expect(compared('2025-01-01 2025-01-31', 'month', spring)).toBe('2024-01-13 2024-02-12')
    expect(compared('2025-10-06', 'day', { ...spring, festival: 'midAutumn' })).toBe(
      '2024-09-17 2024-09-17',
    )
  })

  it('takes the same number of trading days, leaving out those the shops were closed', () => {
    const calendar: RetailCalendar = {
      ...plainCalendar,
      holidays: [{ date: '2024-05-02', last: '2024-05-04', name: '盘点', kind: 'closed' }],
    }
    const trading = { with: 'year', align: 'tradingDays' } as const
    expect(compared('2025-05-01 2025-05-05', 'day', trading, { calendar })).toBe(
      '2024-05-01 2024-05-08',
    )
  })

  it('takes the same number of workdays', () => {
    // Workdays of 5 to 11 May 2025: 6 to 9. In 2024 the holiday lasts to the 5th: 6 to 9 again, from the 5th on.
    expect(compared('2025-05-05 2025-05-11', 'day', { with: 'year', align: 'workdays' })).toBe(
      '2024-05-05 2024-05-09',
    )
  })
})
