import { describe, expect, it } from 'vitest'
import { isoDay, parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { dayKeys } from '../../../shared/calendar/calendar-grains.ts'
import { keyOfDay } from '../../../shared/calendar/day-map.ts'
import { fiscalYearOf, fiscalYearStart, periodStarts } from '../../../shared/calendar/fiscal.ts'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'
import type { CalendarGrain } from '../../../shared/data/grain.ts'

const april = { ...plainCalendar, fiscal: { by: 'month' as const, startMonth: 4 } }
const day = (text: string): number => parseIsoDay(text) ?? NaN

function member(text: string, grain: CalendarGrain, calendar = april) {
  const keys = dayKeys(calendar, grain)
  return keys.memberOf(keyOfDay(keys.map, day(text)) ?? NaN)
}

describe('rule 18: the fiscal calendar', () => {
  it('names a year by the year in which it ends: with an April start 1 June 2004 is in the first quarter of 2005', () => {
    expect(member('2004-06-01', 'fiscalYear')).toBe('FY2005')
    expect(member('2004-06-01', 'fiscalQuarter')).toBe('FY2005-Q1')
    expect(member('2004-06-01', 'fiscalPeriod')).toBe('FY2005-P03')
    expect(member('2005-03-31', 'fiscalQuarter')).toBe('FY2005-Q4')
    expect(member('2005-04-01', 'fiscalYear')).toBe('FY2006')
  })

  it('names it by the year in which it begins where the calendar says so', () => {
    const begins = { ...april, named: 'start' as const }
    expect(member('2004-06-01', 'fiscalYear', begins)).toBe('FY2004')
    expect(member('2005-03-31', 'fiscalQuarter', begins)).toBe('FY2004-Q4')
  })

  it('is the common year where it starts in January', () => {
    expect(member('2025-12-31', 'fiscalYear', plainCalendar as never)).toBe('FY2025')
    expect(member('2026-01-01', 'fiscalQuarter', plainCalendar as never)).toBe('FY2026-Q1')
  })

  it('starts its first week with the year and cuts the last one at its end', () => {
    // 1 April 2025 is a Tuesday: its week ends on Sunday the 6th.
    expect(member('2025-03-31', 'fiscalWeek')).toBe('FY2025-W53')
    expect(member('2025-04-01', 'fiscalWeek')).toBe('FY2026-W01')
    expect(member('2025-04-06', 'fiscalWeek')).toBe('FY2026-W01')
    expect(member('2025-04-07', 'fiscalWeek')).toBe('FY2026-W02')
  })

  it('knows the first day of years and periods', () => {
    expect(isoDay(fiscalYearStart(april, 2026))).toBe('2025-04-01')
    expect(fiscalYearOf(april, day('2026-03-31'))).toBe(2026)
    expect(periodStarts(april, 2026).map(isoDay).slice(8, 11)).toEqual([
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
    ])
  })
})
