import { civilDay, epochDayOf, parseIsoDay } from '../../data/calendar-day.ts'
import type { DateFunction } from '../functions/function-id.ts'
import type { DateUnit } from '../functions/date-unit.ts'
import {
  dateUnitNamed,
  isClockUnit,
  isMonthUnit,
  monthsOfUnit,
  secondsOfUnit,
} from '../functions/date-unit.ts'
import type { ApplyPart } from '../typed.ts'
import type { Value } from '../value.ts'
import {
  dayInMonth,
  dayOf,
  monthIndex,
  possibleDay,
  possibleSecond,
  secondOfDay,
  secondsPerDay,
} from './calendar.ts'
import type { Evaluated } from './operation.ts'
import { exactOf, numberOf, textOf } from './operation.ts'

/** Counts beyond these leave the calendar wherever they start. */
export const mostMonths = 200_000
export const mostDays = 4_000_000
export const mostSeconds = 400_000_000_000

function bounded(value: Value | undefined, most: number): number | null {
  const count = exactOf(value)
  return count === null || count > BigInt(most) || count < -BigInt(most) ? null : Number(count)
}

const isMoment = (part: ApplyPart, index = 0): boolean =>
  part.args[index]?.type.kind === 'timestamp'

/** A whole number of the day a date or time stamp falls on. */
const ofDay =
  (pick: (day: number) => number): Evaluated =>
  ([value], part) => {
    const moment = numberOf(value)
    return moment === null ? null : BigInt(pick(dayOf(moment, isMoment(part))))
  }

const ofTime =
  (pick: (second: number) => number): Evaluated =>
  ([value]) => {
    const moment = numberOf(value)
    return moment === null ? null : BigInt(Math.floor(pick(secondOfDay(moment))))
  }

/** Monday is 1. 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** The ISO week holds the year's days by its Thursday. */
function isoWeek(day: number): number {
  const thursday = day + 4 - weekdayOf(day)
  const newYear = epochDayOf(civilDay(thursday).year, 1, 1) ?? thursday
  return Math.floor((thursday - newYear) / 7) + 1
}

const unitOf = (value: Value | undefined): DateUnit => dateUnitNamed(textOf(value) ?? '') ?? 'day'

function moved(moment: number, count: Value | undefined, unit: DateUnit, timed: boolean): Value {
  if (isClockUnit(unit)) {
    const n = bounded(count, mostSeconds)
    return n === null ? null : possibleSecond(moment + n * secondsOfUnit[unit])
  }
  const day = dayOf(moment, timed)
  const target = movedDay(day, count, unit)
  if (target === null || !timed) return target
  return target * secondsPerDay + secondOfDay(moment)
}

function movedDay(day: number, count: Value | undefined, unit: DateUnit): number | null {
  if (isMonthUnit(unit)) {
    const n = bounded(count, mostMonths)
    return n === null
      ? null
      : dayInMonth(monthIndex(day) + n * monthsOfUnit[unit], civilDay(day).day)
  }
  const n = bounded(count, mostDays)
  return n === null ? null : possibleDay(day + n * (unit === 'week' ? 7 : 1))
}

/** Whole units only, towards zero: 31 January to 29 February is no month. */
function between(from: number, to: number, unit: DateUnit, timed: boolean): number {
  if (isClockUnit(unit)) return Math.trunc((to - from) / secondsOfUnit[unit])
  const [first, last] = [dayOf(from, timed), dayOf(to, timed)]
  if (!isMonthUnit(unit)) return Math.trunc((last - first) / (unit === 'week' ? 7 : 1))
  const place = (day: number): number => monthIndex(day) * 100 + civilDay(day).day
  return Math.trunc(Math.trunc((place(last) - place(first)) / 100) / monthsOfUnit[unit])
}

const monthEdge =
  (end: boolean): Evaluated =>
  (args, part) => {
    const moment = numberOf(args[0])
    const months = part.args.length > 1 ? bounded(args[1], mostMonths) : 0
    if (moment === null || months === null) return null
    return dayInMonth(monthIndex(dayOf(moment, isMoment(part))) + months, end ? 31 : 1)
  }

const writtenDay =
  /^[ \t\r\n\u00a0\u3000]*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?[ \t\r\n\u00a0\u3000]*$/

export const evaluateDates: Readonly<Record<DateFunction, Evaluated>> = {
  date: (args) => {
    const year = bounded(args[0], 9999)
    const [month, day] = [bounded(args[1], mostMonths), bounded(args[2], mostDays)]
    if (year === null || year < 1 || month === null || day === null) return null
    // What is beyond the year or the month rolls on, as in Excel.
    const index = year * 12 + month - 1
    const start = firstOfMonth(index)
    return possibleDay(start + day - 1)
  },
  dateValue: ([value]) => {
    const found = writtenDay.exec(textOf(value) ?? '')
    if (!found) return null
    const [, year = '', month = '', day = ''] = found
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const parsed = parseIsoDay(iso)
    return parsed === undefined ? null : possibleDay(parsed)
  },
  toDate: ([value], part) => {
    const moment = numberOf(value)
    return moment === null ? null : dayOf(moment, isMoment(part))
  },
  year: ofDay((day) => civilDay(day).year),
  quarter: ofDay((day) => Math.ceil(civilDay(day).month / 3)),
  month: ofDay((day) => civilDay(day).month),
  week: ofDay(isoWeek),
  day: ofDay((day) => civilDay(day).day),
  weekday: ofDay(weekdayOf),
  hour: ofTime((second) => second / 3600),
  minute: ofTime((second) => (second / 60) % 60),
  dateAdd: (args, part) => {
    const moment = numberOf(args[0])
    return moment === null ? null : moved(moment, args[1], unitOf(args[2]), isMoment(part))
  },
  dateDif: (args, part) => {
    const [from, to] = [numberOf(args[0]), numberOf(args[1])]
    if (from === null || to === null) return null
    return BigInt(between(from, to, unitOf(args[2]), isMoment(part)))
  },
  monthStart: monthEdge(false),
  monthEnd: monthEdge(true),
  lastDay: (_args, _part, row) => row.lastDay,
}

/** Also of months outside the calendar, from which days may lead back. */
function firstOfMonth(index: number): number {
  const year = Math.floor(index / 12)
  return epochDayOf(year, index - year * 12 + 1, 1) ?? NaN
}
