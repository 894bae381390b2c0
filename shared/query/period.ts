import {
  civilDay,
  epochDayOf,
  isoDay,
  isoSecond,
  parseIsoDay,
  parseIsoSecond,
} from '../data/calendar-day.ts'
import type { Member } from '../data/cell-value.ts'
import type { Grain, PlainGrain } from '../data/grain.ts'

/**
 * How engines number periods: year; quarter year*4+q-1; month year*12+m-1; ISO week floor((day+3)/7); day since 1970;
 * hour since 1970. Parts are plain numbers from 1 (hours from 0, Monday is day 1).
 */
export type PeriodGrain = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour'

const pad = (value: number): string => String(value).padStart(2, '0')
const year4 = (value: number): string => String(value).padStart(4, '0')

/** The ISO year a week belongs to is the year of its Thursday. */
function weekText(week: number): string {
  const thursday = week * 7
  const { year } = civilDay(thursday)
  const firstDay = epochDayOf(year, 1, 1) ?? 0
  return `${year4(year)}-W${pad(Math.floor((thursday - firstDay) / 7) + 1)}`
}

/** `2025`, `2025-Q1`, `2025-01`, `2025-W03`, `2025-01-31`, `2025-01-31T08`; a part stays the number it is. */
export function memberOfPeriod(grain: PlainGrain, key: number): Member {
  switch (grain) {
    case 'year':
      return year4(key)
    case 'quarter':
      return `${year4(Math.floor(key / 4))}-Q${(key % 4) + 1}`
    case 'month':
      return `${year4(Math.floor(key / 12))}-${pad((key % 12) + 1)}`
    case 'week':
      return weekText(key)
    case 'day':
      return isoDay(key)
    case 'hour':
      return isoSecond(key * 3600).slice(0, 13)
    default:
      return key
  }
}

/** The engine's number for a member as written by `memberOfPeriod`, or undefined when it is none of that grain. */
export function periodOfMember(grain: PlainGrain, member: Member): number | undefined {
  if (typeof member === 'number') {
    if (grain === 'year' || !isPeriod(grain)) return Number.isInteger(member) ? member : undefined
    return undefined
  }
  if (typeof member !== 'string') return undefined
  switch (grain) {
    case 'year':
      return /^\d{4}$/.test(member) ? Number(member) : undefined
    case 'quarter':
      return fromMatch(/^(\d{4})-Q([1-4])$/.exec(member), (y, q) => y * 4 + q - 1)
    case 'month':
      return fromMatch(/^(\d{4})-(0[1-9]|1[0-2])$/.exec(member), (y, m) => y * 12 + m - 1)
    case 'week':
      return fromMatch(/^(\d{4})-W(\d{2})$/.exec(member), (y, w) => weekNumber(y, w, member))
    case 'day':
      return parseIsoDay(member)
    case 'hour': {
      const second = parseIsoSecond(`${member}:00`)
      return second === undefined ? undefined : second / 3600
    }
    default:
      return /^\d{1,2}$/.test(member) ? Number(member) : undefined
  }
}

function weekNumber(year: number, week: number, member: string): number | undefined {
  const fourth = epochDayOf(year, 1, 4)
  if (fourth === undefined) return undefined
  const key = Math.floor((fourth + 3) / 7) + week - 1
  return weekText(key) === member ? key : undefined
}

function fromMatch(
  match: RegExpExecArray | null,
  build: (a: number, b: number) => number | undefined,
): number | undefined {
  return match ? build(Number(match[1]), Number(match[2])) : undefined
}

export function isPeriod(grain: Grain): grain is PeriodGrain {
  return ['year', 'quarter', 'month', 'week', 'day', 'hour'].includes(grain)
}

/** First epoch day of a period of that number. */
export function firstDayOf(grain: Exclude<PeriodGrain, 'hour'>, key: number): number {
  switch (grain) {
    case 'year':
      return epochDayOf(key, 1, 1) ?? 0
    case 'quarter':
      return epochDayOf(Math.floor(key / 4), (key % 4) * 3 + 1, 1) ?? 0
    case 'month':
      return epochDayOf(Math.floor(key / 12), (key % 12) + 1, 1) ?? 0
    case 'week':
      return key * 7 - 3
    case 'day':
      return key
  }
}

/** The number of the period a day lies in. */
export function periodOfDay(grain: Exclude<PeriodGrain, 'hour'>, day: number): number {
  const { year, month } = civilDay(day)
  switch (grain) {
    case 'year':
      return year
    case 'quarter':
      return year * 4 + Math.floor((month - 1) / 3)
    case 'month':
      return year * 12 + month - 1
    case 'week':
      return Math.floor((day + 3) / 7)
    case 'day':
      return day
  }
}
