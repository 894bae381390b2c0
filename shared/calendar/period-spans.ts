/** Days of periods, whichever calendar they are of, and the periods beside them. */
import { civilDay, daysInMonth, epochDayOf } from '../data/calendar-day.ts'
import type { Grain } from '../data/grain.ts'
import type { DaySpan } from './comparison.ts'
import { firstWeekOrigin, fiscalYearOf, fiscalYearStart, periodStarts } from './fiscal.ts'
import type { RetailCalendar } from './retail-calendar.ts'
import { plainCalendar } from './retail-calendar.ts'

/** Grains whose members are stretches of days. */
export const spanGrains = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'fiscalYear',
  'fiscalQuarter',
  'fiscalPeriod',
  'fiscalWeek',
  'januaryWeek',
] as const
export type SpanGrain = (typeof spanGrains)[number]

export function isSpanGrain(grain: Grain): grain is SpanGrain {
  return spanGrains.some((one) => one === grain)
}

/** Years of Monday weeks that end nearest to 31 December are those of ISO weeks. */
const isoCalendar: RetailCalendar = {
  ...plainCalendar,
  fiscal: { by: 'week', endMonth: 12, rule: 'nearest', pattern: '445' },
}

/** Weeks cut at the year's ends belong to years of months. */
const monthYears = (weekStart: number): RetailCalendar => ({ ...plainCalendar, weekStart })

interface InYear {
  readonly calendar: RetailCalendar
  /** Periods that make a year; undefined for weeks. */
  readonly per: 1 | 4 | 12 | undefined
}

/** Whose years a grain divides, and into how many; days are of none. */
export function yearsOf(grain: Exclude<SpanGrain, 'day'>, calendar: RetailCalendar): InYear {
  switch (grain) {
    case 'year':
      return { calendar: plainCalendar, per: 1 }
    case 'quarter':
      return { calendar: plainCalendar, per: 4 }
    case 'month':
      return { calendar: plainCalendar, per: 12 }
    case 'week':
      return { calendar: isoCalendar, per: undefined }
    case 'januaryWeek':
      return { calendar: monthYears(calendar.weekStart), per: undefined }
    case 'fiscalYear':
      return { calendar, per: 1 }
    case 'fiscalQuarter':
      return { calendar, per: 4 }
    case 'fiscalPeriod':
      return { calendar, per: 12 }
    case 'fiscalWeek':
      return { calendar, per: undefined }
  }
}

/** First days of the periods of a year, and of the next year at the end. */
function startsIn({ calendar, per }: InYear, year: number): number[] {
  if (per !== undefined) {
    const starts = periodStarts(calendar, year)
    return starts.filter((_start, at) => at % (12 / per) === 0)
  }
  const [start, next] = [fiscalYearStart(calendar, year), fiscalYearStart(calendar, year + 1)]
  const starts = [start]
  for (let day = firstWeekOrigin(calendar, start) + 7; day < next; day += 7) starts.push(day)
  return [...starts, next]
}

export interface PlacedSpan extends DaySpan {
  readonly year: number
  /** Within its year, from 0. */
  readonly place: number
}

export function spanAt(years: InYear, day: number): PlacedSpan {
  const year = fiscalYearOf(years.calendar, day)
  const starts = startsIn(years, year)
  const place = starts.findLastIndex((start) => start <= day)
  return { first: starts[place] ?? day, last: (starts[place + 1] ?? day + 1) - 1, year, place }
}

/** The period of that place in a year, or undefined where the year has none (week 53). */
export function spanIn(years: InYear, year: number, place: number): PlacedSpan | undefined {
  const starts = startsIn(years, year)
  const [first, next] = [starts[place], starts[place + 1]]
  if (first === undefined || next === undefined || place < 0) return undefined
  return { first, last: next - 1, year, place }
}

export function lastIn(years: InYear, year: number): PlacedSpan {
  const place = startsIn(years, year).length - 2
  return spanIn(years, year, place) ?? spanAt(years, fiscalYearStart(years.calendar, year))
}

/** The period of a grain that a day lies in. */
export function spanOf(grain: SpanGrain, calendar: RetailCalendar, day: number): DaySpan {
  if (grain === 'day') return { first: day, last: day }
  const { first, last } = spanAt(yearsOf(grain, calendar), day)
  return { first, last }
}

export function monthOf(day: number): DaySpan & { readonly index: number } {
  const { year, month, day: date } = civilDay(day)
  const first = day - date + 1
  return { first, last: first + daysInMonth(year, month) - 1, index: year * 12 + month - 1 }
}

export function monthSpan(index: number): DaySpan {
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  const first = epochDayOf(year, month, 1) ?? 0
  return { first, last: first + daysInMonth(year, month) - 1 }
}

/** Whether a grain's periods are made of whole months of the common calendar. */
export function isOfMonths(years: InYear): boolean {
  return years.per !== undefined && years.calendar.fiscal.by === 'month'
}
