import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoDay, parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { dayKeys } from '../../../shared/calendar/calendar-grains.ts'
import { keyOfDay } from '../../../shared/calendar/day-map.ts'
import { fiscalYearStart, periodStarts, weeksInYear } from '../../../shared/calendar/fiscal.ts'
import type { RetailCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'
import type { CalendarGrain } from '../../../shared/data/grain.ts'
import { memberOfPeriod, periodOfDay } from '../../../shared/query/period.ts'

/** The calendar of the National Retail Federation: weeks from Sunday, to the Saturday nearest to the end of January. */
const federation: RetailCalendar = {
  ...plainCalendar,
  ...{ fiscal: { by: 'week', endMonth: 1, rule: 'nearest', pattern: '454' }, named: 'start' },
  weekStart: 7,
}
const day = (text: string): number => parseIsoDay(text) ?? NaN
const member = (calendar: RetailCalendar, text: string, grain: CalendarGrain) => {
  const keys = dayKeys(calendar, grain)
  return keys.memberOf(keyOfDay(keys.map, day(text)) ?? NaN)
}

describe('rule 19: weeks', () => {
  it('gives the federation its 53-week years and the published first days', () => {
    const long = Array.from({ length: 27 }, (_, at) => 2000 + at).filter(
      (year) => weeksInYear(federation, year) === 53,
    )
    expect(long).toEqual([2000, 2006, 2012, 2017, 2023])
    const starts = [2021, 2022, 2023, 2024, 2025].map((year) =>
      isoDay(fiscalYearStart(federation, year)),
    )
    expect(starts).toEqual(['2021-01-31', '2022-01-30', '2023-01-29', '2024-02-04', '2025-02-02'])
  })

  it('adds the 53rd week to the twelfth period', () => {
    const starts = periodStarts(federation, 2023)
    const weeks = starts.slice(1).map((next, at) => (next - (starts[at] ?? 0)) / 7)
    expect(weeks).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5])
    expect(member(federation, '2024-02-03', 'fiscalWeek')).toBe('FY2023-W53')
    expect(member(federation, '2024-02-03', 'fiscalPeriod')).toBe('FY2023-P12')
    expect(member(federation, '2024-02-04', 'fiscalWeek')).toBe('FY2024-W01')
  })

  it('ends on the last weekday within the month where the rule says so', () => {
    const last: RetailCalendar = {
      ...federation,
      fiscal: { by: 'week', endMonth: 1, rule: 'last', pattern: '445' },
      named: 'end',
    }
    expect(isoDay(fiscalYearStart(last, 2024))).toBe('2023-01-29')
    expect(isoDay(fiscalYearStart(last, 2025))).toBe('2024-01-28')
    expect(member(last, '2024-01-27', 'fiscalYear')).toBe('FY2024')
  })

  it('is the ISO year where years of Monday weeks end nearest to 31 December', () => {
    const iso: RetailCalendar = {
      ...plainCalendar,
      fiscal: { by: 'week', endMonth: 12, rule: 'nearest', pattern: '445' },
    }
    fc.assert(
      fc.property(fc.integer({ min: 4000, max: 30_000 }), (at) => {
        const keys = dayKeys(iso, 'fiscalWeek')
        expect(keys.memberOf(keyOfDay(keys.map, at) ?? NaN)).toBe(
          `FY${String(memberOfPeriod('week', periodOfDay('week', at)))}`,
        )
      }),
    )
  })

  it('counts weeks of 1 January by their own week day and cuts them at the year’s end', () => {
    // 1 January 2025 is a Wednesday.
    const sunday = { ...plainCalendar, weekStart: 7 }
    expect(member(plainCalendar, '2025-01-05', 'januaryWeek')).toBe('2025-wk01')
    expect(member(plainCalendar, '2025-01-06', 'januaryWeek')).toBe('2025-wk02')
    expect(member(sunday, '2025-01-05', 'januaryWeek')).toBe('2025-wk02')
    expect(member(plainCalendar, '2024-12-31', 'januaryWeek')).toBe('2024-wk53')
    // 1 January 2000 is a Saturday: 366 days in weeks from Sunday make 54.
    expect(member(sunday, '2000-12-31', 'januaryWeek')).toBe('2000-wk54')
  })

  it('writes every period so that it is read back and sorts as the days do', () => {
    const grains = [
      'fiscalYear',
      'fiscalQuarter',
      'fiscalPeriod',
      'fiscalWeek',
      'januaryWeek',
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...grains),
        fc.integer({ min: 4000, max: 30_000 }),
        fc.integer({ min: 1, max: 4000 }),
        (grain, at, later) => {
          const keys = dayKeys(federation, grain)
          const [one, other] = [
            keyOfDay(keys.map, at) ?? NaN,
            keyOfDay(keys.map, at + later) ?? NaN,
          ]
          expect(keys.keyOf(keys.memberOf(one))).toBe(one)
          expect(String(keys.memberOf(one)) <= String(keys.memberOf(other))).toBe(true)
        },
      ),
    )
  })
})
