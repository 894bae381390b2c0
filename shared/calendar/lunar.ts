/**
 * The Chinese calendar as GB/T 33661-2017 has it: months begin on the day of the new moon in China, the month of the winter
 * solstice is the 11th, and where thirteen months lie between two of those, the first without a principal term is a leap one.
 */
import { epochDayOf } from '../data/calendar-day.ts'
import { moonBefore, newMoonDay, solarTermDay, sunLongitude } from './moon-and-sun.ts'

export interface LunarMonth {
  readonly first: number
  readonly last: number
  /** 1 to 12 */
  readonly month: number
  readonly leap: boolean
}

const known = new Map<number, readonly LunarMonth[]>()

/** Number of the new moon that opens the month of the winter solstice of a year. */
function solsticeMoon(year: number): number {
  return moonBefore(solarTermDay(270, epochDayOf(year, 12, 18) ?? 0))
}

/** Principal terms are the multiples of 30 degrees: none is passed in a month that ends in the twelfth it began in. */
function hasPrincipalTerm(first: number, next: number): boolean {
  return Math.floor(sunLongitude(first) / 30) !== Math.floor(sunLongitude(next) / 30)
}

/** The months from the 11th of the year before to the 10th (and a leap one after it) of `year`. */
function monthsTo(year: number): readonly LunarMonth[] {
  const kept = known.get(year)
  if (kept) return kept
  const [from, to] = [solsticeMoon(year - 1), solsticeMoon(year)]
  const months: LunarMonth[] = []
  let leapSeen = to - from === 12
  let number = 10
  for (let k = from; k < to; k++) {
    const [first, next] = [newMoonDay(k), newMoonDay(k + 1)]
    const leap = !leapSeen && k > from && !hasPrincipalTerm(first, next)
    if (leap) leapSeen = true
    else number = (number % 12) + 1
    months.push({ first, last: next - 1, month: number, leap })
  }
  known.set(year, months)
  return months
}

/** The first month of `year` up to the last one before the next Spring Festival. */
export function lunarYear(year: number): LunarMonth[] {
  const isBefore = ({ month }: LunarMonth): boolean => month >= 11
  const start = monthsTo(year).findIndex(({ month, leap }) => month === 1 && !leap)
  const nextYear = monthsTo(year + 1)
  const end = nextYear.findIndex((one) => !isBefore(one))
  return [...monthsTo(year).slice(start), ...nextYear.slice(0, end)]
}

/** The day of a month of the lunar year that begins in `year`; the common month where there is a leap one too. */
export function lunarDay(year: number, month: number, day: number): number {
  const found = lunarYear(year).find((one) => one.month === month && !one.leap)
  return (found?.first ?? 0) + day - 1
}

export function qingmingDay(year: number): number {
  return solarTermDay(15, epochDayOf(year, 4, 1) ?? 0)
}
