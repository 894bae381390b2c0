/** Fiscal years, quarters, periods and weeks, and the weeks counted from 1 January. */
import { civilDay, daysInMonth, epochDayOf } from '../data/calendar-day.ts'
import type { FiscalYear, RetailCalendar } from './retail-calendar.ts'

/** Calendars of whole weeks are worked out for the fiscal years from 1970 to 2069. */
export const fiscalYears = { first: 1970, last: 2069 } as const

type Fiscal = Pick<RetailCalendar, 'fiscal' | 'named' | 'weekStart'>
type ByWeek = Extract<FiscalYear, { by: 'week' }>

/** Monday is 1. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** The first day of the week a day lies in. */
export function weekFloor(day: number, weekStart: number): number {
  return day - ((weekdayOf(day) - weekStart + 7) % 7)
}

/** Last day of the fiscal year that ends at the end of `endMonth` in the common year `year`. */
function lastDayByWeek({ endMonth, rule }: ByWeek, weekStart: number, year: number): number {
  const monthEnd = epochDayOf(year, endMonth, daysInMonth(year, endMonth)) ?? 0
  const lastWithin = weekFloor(monthEnd + 1, weekStart) - 1
  // At most three days before or after the month's end is nearest.
  return rule === 'nearest' && monthEnd - lastWithin > 3 ? lastWithin + 7 : lastWithin
}

/** How far the number of a fiscal year is ahead of the common year it begins in. */
function ahead({ fiscal, named }: Fiscal): number {
  const startsInJanuary = fiscal.by === 'month' ? fiscal.startMonth === 1 : fiscal.endMonth === 12
  return startsInJanuary || named === 'start' ? 0 : 1
}

/** Months to add to a month's index so that a division by 12 gives the fiscal year. */
export function monthShift(calendar: Fiscal): number {
  const start = calendar.fiscal.by === 'month' ? calendar.fiscal.startMonth : 1
  return 12 * ahead(calendar) - (start - 1)
}

/** First day of a fiscal year. */
export function fiscalYearStart(calendar: Fiscal, year: number): number {
  const { fiscal, weekStart } = calendar
  const begins = year - ahead(calendar)
  if (fiscal.by === 'month') return epochDayOf(begins, fiscal.startMonth, 1) ?? 0
  const endsBefore = fiscal.endMonth === 12 ? begins - 1 : begins
  return lastDayByWeek(fiscal, weekStart, endsBefore) + 1
}

export function fiscalYearOf(calendar: Fiscal, day: number): number {
  const guess = civilDay(day).year + ahead(calendar)
  for (const year of [guess + 1, guess, guess - 1]) {
    if (fiscalYearStart(calendar, year) <= day) return year
  }
  return guess - 2
}

/** 52 or 53, for calendars of whole weeks. */
export function weeksInYear(calendar: Fiscal, year: number): number {
  return (fiscalYearStart(calendar, year + 1) - fiscalYearStart(calendar, year)) / 7
}

/** First days of the twelve periods of a year and of the next year: a 53rd week belongs to the twelfth period. */
export function periodStarts(calendar: Fiscal, year: number): number[] {
  const { fiscal } = calendar
  const start = fiscalYearStart(calendar, year)
  const next = fiscalYearStart(calendar, year + 1)
  if (fiscal.by === 'month') {
    const first = year * 12 - monthShift(calendar)
    return Array.from({ length: 13 }, (_, at) => {
      const month = first + at
      return epochDayOf(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1) ?? 0
    })
  }
  const weeks = Array.from(fiscal.pattern, Number)
  const starts = [start]
  for (let period = 1; period < 12; period++) {
    starts.push((starts[period - 1] ?? start) + 7 * (weeks[(period - 1) % 3] ?? 4))
  }
  return [...starts, next]
}

/** First day of the first week of a year: cut at the year's first day where years are of months. */
export function firstWeekOrigin(calendar: Fiscal, yearStart: number): number {
  return weekFloor(yearStart, calendar.weekStart)
}
