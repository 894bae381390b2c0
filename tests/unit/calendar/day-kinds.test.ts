import { describe, expect, it } from 'vitest'
import { parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { dayKeys } from '../../../shared/calendar/calendar-grains.ts'
import { keyOfDay } from '../../../shared/calendar/day-map.ts'
import { isWorkday, unannounced } from '../../../shared/calendar/day-kinds.ts'
import { weekdayOf } from '../../../shared/calendar/fiscal.ts'
import {
  announcedYears,
  noticeOf,
  officialDays,
} from '../../../shared/calendar/official-holidays.ts'
import type { Holiday, RetailCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'

const day = (text: string): number => parseIsoDay(text) ?? NaN
const withHolidays = (...holidays: Holiday[]): RetailCalendar => ({ ...plainCalendar, holidays })
const kind = (text: string, grain: 'festival' | 'holiday', calendar = plainCalendar) => {
  const keys = dayKeys(calendar, grain)
  return keys.memberOf(keyOfDay(keys.map, day(text)) ?? NaN)
}

describe('official holidays', () => {
  it('work only on weekend days, and name a notice for every year', () => {
    for (const [at, { kind: of }] of officialDays) {
      if (of === 'work') expect(weekdayOf(at)).toBeGreaterThan(5)
    }
    expect(announcedYears).toEqual(Array.from({ length: 12 }, (_, at) => 2015 + at))
    for (const year of announcedYears) expect(noticeOf(year)).toMatch(/发明电〔\d{4}〕\d+号/)
  })

  it('give back every weekday that was worked for: no holiday is longer than its notice', () => {
    // Days off from Monday to Friday less weekend days worked are the 11 statutory days, less those that fall on a weekend
    // and are not made up; 13 since 2025.
    const balance = announcedYears.map((year) => {
      const of = [...officialDays].filter(
        ([at]) => new Date(at * 86_400_000).getUTCFullYear() === year,
      )
      const off = of.filter(([at, one]) => one.kind === 'off' && weekdayOf(at) <= 5).length
      return off - of.filter(([, one]) => one.kind === 'work').length
    })
    for (const [at, days] of balance.entries()) {
      const year = announcedYears[at] ?? 0
      expect({ year, fits: days >= 10 && days <= 13 }).toEqual({ year, fits: true })
    }
  })

  it('make Sunday 26 January 2025 a workday and Monday 27 one too, but not the eve', () => {
    expect(isWorkday(plainCalendar, day('2025-01-26'))).toBe(true)
    expect(isWorkday(plainCalendar, day('2025-01-27'))).toBe(true)
    expect(isWorkday(plainCalendar, day('2025-01-28'))).toBe(false)
    expect(kind('2025-01-28', 'holiday')).toBe('春节')
    expect(kind('2025-01-26', 'holiday')).toBe('调休上班')
    expect(kind('2025-01-27', 'holiday')).toBe('平日')
  })

  it('say which years are not announced yet, until their days are imported', () => {
    expect(unannounced(plainCalendar, day('2026-12-30'), day('2027-01-02'))).toEqual([2027])
    const later = withHolidays({
      date: '2027-01-01',
      last: '2027-01-03',
      name: '元旦',
      kind: 'off',
    })
    expect(unannounced(later, day('2026-12-30'), day('2027-01-02'))).toEqual([])
    expect(isWorkday(later, day('2027-01-01'))).toBe(false)
  })
})

describe('festivals as members', () => {
  it('name the very day, a moving festival before one of a fixed date', () => {
    expect(kind('2020-10-01', 'festival')).toBe('中秋节')
    expect(kind('2021-10-01', 'festival')).toBe('国庆节')
    expect(kind('2021-10-02', 'festival')).toBe('平日')
  })

  it('speak the language of the calendar and read either', () => {
    const english = { ...plainCalendar, names: 'en' as const }
    expect(kind('2025-01-29', 'festival', english)).toBe('Spring Festival')
    const keys = dayKeys(plainCalendar, 'festival')
    expect(keys.keyOf('Spring Festival')).toBe(keys.keyOf('春节'))
  })

  it('have own events before all others', () => {
    const own = withHolidays({ date: '2025-11-08', last: '2025-11-11', name: '店庆', kind: 'own' })
    expect(kind('2025-11-11', 'festival', own)).toBe('店庆')
    expect(kind('2024-11-11', 'festival', own)).toBe('双11')
  })

  it('are numbered as the year runs', () => {
    const keys = dayKeys(plainCalendar, 'festival')
    const order = ['春节', '清明节', '端午节', '国庆节', '圣诞节'].map(
      (name) => keys.keyOf(name) ?? -1,
    )
    expect([...order].sort((a, b) => a - b)).toEqual(order)
  })
})
