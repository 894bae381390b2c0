/** Calendar arithmetic on epoch days (whole days since 1970-01-01, proleptic Gregorian); no clock, no zone. */
export interface CivilDay {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
}

const daysPerEra = 146_097
const daysFromEraStart = 719_468

/** Years are counted from March so that the leap day is the last one. */
export function civilDay(epochDay: number): CivilDay {
  const shifted = epochDay + daysFromEraStart
  const era = Math.floor(shifted / daysPerEra)
  const dayOfEra = shifted - era * daysPerEra
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** Epoch day of a date that exists, or undefined (31 April, month 13). */
export function epochDayOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * daysPerEra + dayOfEra - daysFromEraStart
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** `2024-03-05` */
export function isoDay(epochDay: number): string {
  const { year, month, day } = civilDay(epochDay)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** `2024-03-05T08:30:00` from whole seconds since 1970-01-01T00:00:00 on the wall clock. */
export function isoSecond(seconds: number): string {
  const day = Math.floor(seconds / 86_400)
  return `${isoDay(day)}T${clockTime(seconds - day * 86_400)}`
}

/** `08:30:00` */
export function clockTime(secondOfDay: number): string {
  const minutes = Math.floor(secondOfDay / 60)
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(secondOfDay % 60)}`
}

/** Epoch day of `2024-03-05`, or undefined when the text is no date. */
export function parseIsoDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match ? epochDayOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

/** Wall-clock second of `2024-03-05T08:30` or `2024-03-05T08:30:00` (a space may stand for the T). */
export function parseIsoSecond(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  const day = match?.[1] === undefined ? undefined : parseIsoDay(match[1])
  if (!match || day === undefined) return undefined
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? '0')]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return day * 86_400 + hour * 3600 + minute * 60 + second
}

const isoMoment = /^(\d{4,}-\d\d-\d\d)T(\d\d(?::\d\d){0,2})$/

/** A moment with a space for its T; every other text, "T-Shirt" say, stays as it is. */
export function withoutTimeMark(text: string): string {
  return text.replace(isoMoment, '$1 $2')
}
