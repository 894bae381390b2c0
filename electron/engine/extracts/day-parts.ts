import { civilDay } from '../../../shared/data/calendar-day.ts'

/** The parts of a day that extracts store beside it, as whole numbers: grouping by them is what makes a pivot fast. */
export interface DayParts {
  /** Calendar year. */
  readonly y: number
  /** year * 4 + quarter - 1 */
  readonly q: number
  /** year * 12 + month - 1 */
  readonly m: number
  /** Index of the ISO week: 0 is the week of Monday 1969-12-29, so its Monday is epoch day `w * 7 - 3`. */
  readonly w: number
  readonly d: number
}

export function dayParts(epochDay: number): DayParts {
  const { year, month } = civilDay(epochDay)
  return {
    y: year,
    q: year * 4 + Math.floor((month - 1) / 3),
    m: year * 12 + month - 1,
    w: Math.floor((epochDay + 3) / 7),
    d: epochDay,
  }
}
