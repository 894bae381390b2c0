/** Days of the sample are counted from 2023-01-01 = 0; earlier days are negative. */
export const FIRST_YEAR = 2023
export const YEARS = [2023, 2024, 2025] as const
const DAY_MS = 86_400_000
export const FIRST_EPOCH_DAY = Date.UTC(FIRST_YEAR, 0, 1) / DAY_MS
/** 2023-01-01 to 2025-12-31. */
export const DAY_COUNT = Date.UTC(FIRST_YEAR + 3, 0, 1) / DAY_MS - FIRST_EPOCH_DAY

export interface CalendarDay {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
  /** 0 is Sunday. */
  readonly weekday: number
}

/** The day's number from its ISO text. */
export function dayOf(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / DAY_MS - FIRST_EPOCH_DAY
}

export function calendarDay(day: number): CalendarDay {
  const at = new Date(epochMs(day))
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: at.getUTCDay(),
  }
}

export const DAYS: readonly CalendarDay[] = Array.from({ length: DAY_COUNT }, (_, day) =>
  calendarDay(day),
)

/** Wall-clock milliseconds since 1970 of a day at a second of it. */
export function epochMs(day: number, second = 0): number {
  return (day + FIRST_EPOCH_DAY) * DAY_MS + second * 1000
}

export function isoDay(day: number): string {
  return new Date(epochMs(day)).toISOString().slice(0, 10)
}

/** `2024-02-29 12:30:15` */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
