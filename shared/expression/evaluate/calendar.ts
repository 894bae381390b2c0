/** Days and moments of the years 1 to 9999; anything else is blank. */
import { civilDay, daysInMonth, epochDayOf } from '../../data/calendar-day.ts'
import type { CivilDay } from '../../data/calendar-day.ts'

export const secondsPerDay = 86_400
/** 0001-01-01 and 9999-12-31. */
export const firstDay = -719_162
export const lastDay = 2_932_896

export const yearMonthDay = (day: number): CivilDay => civilDay(day)

export function dayOf(moment: number, seconds: boolean): number {
  return seconds ? Math.floor(moment / secondsPerDay) : moment
}

export function secondOfDay(seconds: number): number {
  return seconds - Math.floor(seconds / secondsPerDay) * secondsPerDay
}

export function possibleDay(day: number): number | null {
  return day >= firstDay && day <= lastDay ? day : null
}

export function possibleSecond(second: number): number | null {
  return possibleDay(Math.floor(second / secondsPerDay)) === null ? null : second
}

/** Months since January of the year 0. */
export function monthIndex(day: number): number {
  const { year, month } = civilDay(day)
  return year * 12 + month - 1
}

/** The day `of` that month, or its last one when it is shorter; null outside the calendar. */
export function dayInMonth(index: number, of: number): number | null {
  const year = Math.floor(index / 12)
  if (year < 1 || year > 9999) return null
  const month = index - year * 12 + 1
  return epochDayOf(year, month, Math.min(of, daysInMonth(year, month))) ?? null
}
