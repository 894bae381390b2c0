/** The retail calendar's grains: how a day becomes a number, and the number the member people see. */
import type { Member } from '../data/cell-value.ts'
import type { CalendarGrain } from '../data/grain.ts'
import type { DayMap, DayStep } from './day-map.ts'
import { keyOfDay } from './day-map.ts'
import { dayKindKeys } from './day-kinds.ts'
import {
  firstWeekOrigin,
  fiscalYears,
  fiscalYearStart,
  monthShift,
  periodStarts,
  weekFloor,
} from './fiscal.ts'
import type { RetailCalendar } from './retail-calendar.ts'

export interface DayKeys {
  readonly map: DayMap
  readonly memberOf: (key: number) => Member
  readonly keyOf: (member: Member) => number | undefined
  /** Of periods, not of parts and kinds of days: the keys of all of them from one to another. */
  readonly between?: (first: number, last: number) => number[]
}

/** More than any year has weeks of: 1 January may stand in one of its own, 31 December in another. */
const weeksApart = 54

export function dayKeys(calendar: RetailCalendar, grain: CalendarGrain): DayKeys {
  switch (grain) {
    case 'fiscalYear':
      return written(yearMap(calendar), 1, 'FY', '', 0)
    case 'fiscalQuarter':
      return written(quarterMap(calendar), 4, 'FY', '-Q', 1)
    case 'fiscalPeriod':
      return written(periodMap(calendar), 12, 'FY', '-P', 2)
    case 'fiscalWeek':
      return weeks(calendar, weekMap(calendar), 'FY', '-W')
    case 'januaryWeek':
      return weeks(monthYears(calendar), januaryMap(calendar), '', '-wk')
    case 'fiscalQuarterOfYear':
      return part(quarterMap(calendar), 4)
    case 'fiscalPeriodOfYear':
      return part(periodMap(calendar), 12)
    case 'fiscalWeekOfYear':
      return part(weekMap(calendar), weeksApart)
    case 'festival':
    case 'holiday':
    case 'workday':
      return dayKindKeys(calendar, grain)
  }
}

const years = (): number[] =>
  Array.from(
    { length: fiscalYears.last - fiscalYears.first + 1 },
    (_, at) => fiscalYears.first + at,
  )

type ByYear = (year: number) => DayStep[]

function ladder(calendar: RetailCalendar, stepsOf: ByYear): DayMap {
  const end = fiscalYearStart(calendar, fiscalYears.last + 1)
  return { kind: 'ladder', steps: years().flatMap(stepsOf), end }
}

const flat = (from: number, key: number): DayStep => ({ from, key, origin: from, every: 0 })

function yearMap(calendar: RetailCalendar): DayMap {
  if (calendar.fiscal.by === 'month') return months(calendar, 12)
  return ladder(calendar, (year) => [flat(fiscalYearStart(calendar, year), year)])
}

function quarterMap(calendar: RetailCalendar): DayMap {
  if (calendar.fiscal.by === 'month') return months(calendar, 3)
  return ladder(calendar, (year) =>
    [0, 3, 6, 9].map((period, quarter) =>
      flat(periodStarts(calendar, year)[period] ?? 0, year * 4 + quarter),
    ),
  )
}

function periodMap(calendar: RetailCalendar): DayMap {
  if (calendar.fiscal.by === 'month') return months(calendar, 1)
  return ladder(calendar, (year) =>
    periodStarts(calendar, year)
      .slice(0, 12)
      .map((from, period) => flat(from, year * 12 + period)),
  )
}

const months = (calendar: RetailCalendar, per: number): DayMap => ({
  kind: 'months',
  shift: monthShift(calendar),
  per,
})

function weekMap(calendar: RetailCalendar): DayMap {
  return ladder(calendar, (year) => {
    const from = fiscalYearStart(calendar, year)
    const origin = firstWeekOrigin(calendar, from)
    return [{ from, key: year * weeksApart, origin, every: 7 }]
  })
}

/** The common years, under the weeks of a calendar. */
const monthYears = (calendar: RetailCalendar): RetailCalendar => ({
  ...calendar,
  ...{ fiscal: { by: 'month', startMonth: 1 }, named: 'end' },
})

/** The week of 1 January is the first, and weeks are cut at the end of the year. */
function januaryMap(calendar: RetailCalendar): DayMap {
  const { weekStart } = calendar
  const common = monthYears(calendar)
  const start = (year: number): number => fiscalYearStart(common, year)
  return {
    kind: 'ladder',
    steps: years().map((year) => ({
      ...{ from: start(year), key: year * weeksApart, every: 7 },
      origin: weekFloor(start(year), weekStart),
    })),
    end: start(fiscalYears.last + 1),
  }
}

/** `FY2025`, `FY2025-Q1`, `FY2025-P03`, `FY2025-W07`, `2025-wk07`: texts that sort as the periods do. */
function written(map: DayMap, per: number, lead: string, mark: string, digits: number): DayKeys {
  const memberOf = (key: number): string => {
    const year = `${lead}${String(Math.floor(key / per)).padStart(4, '0')}`
    return per === 1 ? year : `${year}${mark}${String((key % per) + 1).padStart(digits, '0')}`
  }
  return {
    map,
    memberOf,
    between: (first, last) => range(first, last),
    keyOf: (member) => {
      const found = /^(?:FY)?(\d{4})(?:-(?:Q|P|W|wk)(\d{1,2}))?$/.exec(String(member))
      const key = found ? Number(found[1]) * per + Number(found[2] ?? 1) - 1 : undefined
      return key !== undefined && memberOf(key) === member ? key : undefined
    },
  }
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)

/** Not every year has a 53rd week. */
function weeks(calendar: RetailCalendar, map: DayMap, lead: string, mark: string): DayKeys {
  const lastOf = (year: number): number =>
    keyOfDay(map, fiscalYearStart(calendar, year + 1) - 1) ?? -1
  return {
    ...written(map, weeksApart, lead, mark, 2),
    between: (first, last) =>
      range(first, last).filter((key) => key <= lastOf(Math.floor(key / weeksApart))),
  }
}

function part(of: DayMap, modulo: number): DayKeys {
  return {
    map: { kind: 'part', of, modulo },
    memberOf: (key) => key,
    keyOf: (member) => {
      const number = typeof member === 'string' ? Number(member) : member
      return typeof number === 'number' && Number.isInteger(number) ? number : undefined
    },
  }
}
