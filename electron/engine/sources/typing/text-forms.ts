/** Dates, truth and digits people write as text. Each reader returns undefined for anything it is not sure of. */
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'
import { maxScaledDigits } from '../cell-kinds.ts'
import { plainWidth } from './number-text.ts'
import type { WrittenMoment } from './written-moment.ts'
import { weekdayOf, writtenMoment } from './written-moment.ts'

/** Digits that name something: a leading zero, or more than 15 of them. */
export function isDigitName(raw: string): boolean {
  const text = raw.trim()
  return (
    /^\d+$/.test(text) &&
    (text.length > maxScaledDigits || (text.length > 1 && text.startsWith('0')))
  )
}

/** A number that more than 15 digits make too long to be kept exactly; a leading zero makes it a name. */
export function isLongNumber(raw: string): boolean {
  const text = raw.trim()
  return text.length > maxScaledDigits && /^[1-9]\d+$/.test(text)
}

export function isDigits(raw: string): boolean {
  return /^\d+$/.test(raw.trim())
}

/** Ways to write a day; `compact` needs the column's name to say date, those of an order must be the only reading that fits. */
export const dateForms = [
  'iso',
  'chinese',
  'dotted',
  'named',
  'namedMonthFirst',
  'compact',
  'dayFirst',
  'shortDayFirst',
  'monthFirst',
  'shortMonthFirst',
  'shortYearFirst',
  'isoMonth',
  'slashMonth',
  'chineseMonth',
  'compactMonth',
] as const
export type DateForm = (typeof dateForms)[number]

/** Which of year, month and day comes first, where three bare numbers leave it open. */
export const dateOrders = ['dayFirst', 'monthFirst', 'yearFirst'] as const
export type DateOrder = (typeof dateOrders)[number]
export const formsOfOrder: Readonly<Record<DateOrder, readonly DateForm[]>> = {
  dayFirst: ['dayFirst', 'shortDayFirst'],
  monthFirst: ['monthFirst', 'shortMonthFirst'],
  yearFirst: ['shortYearFirst'],
}
const orderedForms = new Set(Object.values(formsOfOrder).flat())
export const isOrdered = (form: DateForm): boolean => orderedForms.has(form)

/** Months without a day, read as their first; a column of them is one of dates only when it holds nothing else. */
export const monthForms: readonly DateForm[] = ['isoMonth', 'slashMonth', 'chineseMonth', 'compactMonth'] // prettier-ignore
export const isMonth = (form: DateForm): boolean => monthForms.includes(form)

const zone = String.raw`(?:\s*(?<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?`
const clock = String.raw`(?:[T ]\s*(?<early>上午|下午|[AaPp][Mm])?\s*(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?\s*(?<late>[AaPp][Mm])?${zone})?`
const monthName = String.raw`(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)`
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
interface FormReader {
  readonly pattern: RegExp
  /** Which groups hold year, month and day; without the third it is the first of the month. */
  readonly order: readonly [number, number, number?]
}
const formReaders: Readonly<Record<DateForm, FormReader>> = {
  iso: {
    pattern: new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${clock}$`),
    order: [1, 3, 4],
  },
  chinese: {
    pattern: new RegExp(
      String.raw`^(\d{4}|\d{2})(年)(\d{1,2})月(\d{1,2})日${clock.replace('[T ]', '[T ]?')}$`,
    ),
    order: [1, 3, 4],
  },
  dotted: {
    pattern: new RegExp(String.raw`^(\d{1,2})(\.)(\d{1,2})\.(\d{4})${clock}$`),
    order: [4, 3, 1],
  },
  named: {
    pattern: new RegExp(
      String.raw`^(\d{1,2})(?:st|nd|rd|th)?([-/ ])${monthName}\.?,?\2(\d{4}|\d{2})${clock}$`,
      'i',
    ),
    order: [4, 3, 1],
  },
  namedMonthFirst: {
    pattern: new RegExp(
      String.raw`^${monthName}\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${clock}$`,
      'i',
    ),
    order: [3, 1, 2],
  },
  compact: { pattern: new RegExp(String.raw`^(\d{4})()(\d{2})(\d{2})${clock}$`), order: [1, 3, 4] },
  dayFirst: {
    pattern: new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{4})${clock}$`),
    order: [4, 3, 1],
  },
  shortDayFirst: {
    pattern: new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{2})${clock}$`),
    order: [4, 3, 1],
  },
  monthFirst: {
    pattern: new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{4})${clock}$`),
    order: [4, 1, 3],
  },
  shortMonthFirst: {
    pattern: new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{2})${clock}$`),
    order: [4, 1, 3],
  },
  shortYearFirst: {
    pattern: new RegExp(String.raw`^(\d{2})([-/.])(\d{1,2})\2(\d{1,2})${clock}$`),
    order: [1, 3, 4],
  },
  isoMonth: { pattern: /^((?:19|20)\d{2})-(\d{1,2})$/, order: [1, 2] },
  slashMonth: { pattern: /^((?:19|20)\d{2})\/(\d{1,2})$/, order: [1, 2] },
  chineseMonth: { pattern: /^((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月(?:份)?$/, order: [1, 2] },
  compactMonth: { pattern: /^((?:19|20)\d{2})(\d{2})$/, order: [1, 2] },
}

export interface DayAndClock {
  readonly day: number
  /** Second of the day, undefined when only a day is written. */
  readonly clock: number | undefined
  /** Minutes ahead of UTC, where the text says so. */
  readonly zone?: number
  /** A part of a second is written, which no stored time can hold. */
  readonly cut?: true
  /** The year is written with two digits. */
  readonly shortYear?: true
}

/** Reads a text in whichever of these forms it is written; `open` where several orders are among them and give different days. */
export function readInForms(
  text: string,
  forms: readonly DateForm[],
): DayAndClock | 'open' | undefined {
  let read: DayAndClock | undefined
  for (const form of forms) {
    if (read !== undefined && !isOrdered(form)) continue
    const found = readDate(text, form)
    if (found === undefined) continue
    if (!isOrdered(form)) return found
    if (read !== undefined && read.day !== found.day) return 'open'
    read = found
  }
  return read
}

/** Looking for a date takes the square of the spaces inside a text. */
const longestDate = 200

export function readDate(raw: string, form: DateForm): DayAndClock | undefined {
  const text = plainWidth(raw)
  if (text.length > longestDate) return undefined
  const read = readPlain(text, form)
  if (read !== undefined || isMonth(form)) return read
  const moment = writtenMoment(text)
  if (moment === undefined) return undefined
  const found = readPlain(moment.text, form)
  return found && agrees(found, moment) ? found : undefined
}

const agrees = ({ day }: DayAndClock, { weekday }: WrittenMoment): boolean =>
  weekday === undefined || weekday === weekdayOf(day)

/** A date beside the name of another day of the week. */
export function namesOtherWeekday(raw: string, forms: readonly DateForm[]): boolean {
  const moment = writtenMoment(plainWidth(raw).slice(0, longestDate))
  if (moment?.weekday === undefined) return false
  return forms.some((form) => readPlain(moment.text, form) !== undefined)
}

function readPlain(text: string, form: DateForm): DayAndClock | undefined {
  const { pattern, order } = formReaders[form]
  const found = pattern.exec(text)
  if (found === null) return undefined
  const [writtenYear = '', month = '', day = '1'] = order.map((group) => found[group ?? 0] ?? '')
  const shortYear = writtenYear.length === 2
  const year = shortYear ? yearOfTwo(Number(writtenYear)) : Number(writtenYear)
  const epochDay = epochDayOf(year, partOf(month), partOf(day))
  if (epochDay === undefined || year < 1) return undefined
  const written = { day: epochDay, ...(shortYear ? { shortYear: true as const } : {}) }
  if (found.groups?.['hour'] === undefined) return { ...written, clock: undefined }
  const moment = clockOf(found.groups)
  return moment && { ...written, ...moment }
}

/** Years of two digits are those from 1970 to 2069. */
const yearOfTwo = (year: number): number => (year < 70 ? 2000 : 1900) + year

const partOf = (text: string): number =>
  /\d/.test(text) ? Number(text) : months.indexOf(text.slice(0, 3).toLowerCase()) + 1

type Groups = Readonly<Record<string, string | undefined>>

function clockOf(groups: Groups): Omit<DayAndClock, 'day'> | undefined {
  const clock = secondOf(groups)
  const written = groups['zone']
  const zone = written === undefined ? undefined : minutesOf(written)
  if (clock === undefined || (written !== undefined && zone === undefined)) return undefined
  return {
    clock,
    ...(zone === undefined ? {} : { zone }),
    ...(/[1-9]/.test(groups['fraction'] ?? '') ? { cut: true as const } : {}),
  }
}

/** Second of the day; twelve-hour clocks run from 12 (midnight or noon) to 11. */
function secondOf(groups: Groups): number | undefined {
  const half = (groups['early'] ?? groups['late'])?.toUpperCase()
  const minute = Number(groups['minute'])
  const second = Number(groups['second'] ?? 0)
  let hour = Number(groups['hour'])
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half === 'PM' || half === '下午' ? 12 : 0)
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return hour * 3600 + minute * 60 + second
}

/** `Z`, `+08:00`, `UTC-3` as minutes ahead of UTC; undefined beyond the zones there are (-12:00 to +14:00). */
function minutesOf(written: string): number | undefined {
  const found = /([+-])(\d{1,2}):?(\d{2})?$/.exec(written)
  if (found === null) return 0
  const [, sign, hours = '', minutes = '0'] = found
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return Number(minutes) > 59 || ahead < -720 || ahead > 840 ? undefined : ahead
}

/** `UTC`, `UTC+8`, `UTC-3:30`. */
export function zoneName(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`
}

const clockAlone = new RegExp(`^${clock.replace('[T ]', '').replace(zone, '')}$`)
const elapsed = /^-?\d{1,4}:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?$/

/** What has no day and still looks like time: `10:00:00.123`, `下午1:05` a clock, `30:15` an elapsed time. */
export function looksLikeTime(raw: string): 'clock' | 'elapsed' | undefined {
  if (!raw.includes(':') && !raw.includes('：')) return undefined
  const text = plainWidth(raw)
  const found = clockAlone.exec(text)
  if (found?.groups?.['hour'] !== undefined && secondOf(found.groups) !== undefined) return 'clock'
  return elapsed.test(text) ? 'elapsed' : undefined
}

/** `20240305` as a whole number. */
export function dayFromCompact(value: number): number | undefined {
  if (value < 10_000_101 || value > 99_991_231) return undefined
  return epochDayOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100)
}

/** `202403` as a whole number, as the first of that month. */
export function monthFromCompact(value: number): number | undefined {
  if (!isCompactMonth(value)) return undefined
  return epochDayOf(Math.floor(value / 100), value % 100, 1)
}

/** As far as its parts alone tell. */
export function isCompactDay(value: number): boolean {
  if (value < 10_000_101 || value > 99_991_231) return false
  const day = value % 100
  const month = ((value - day) / 100) % 100
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}

export function isCompactMonth(value: number): boolean {
  const month = value % 100
  return value >= 190_001 && value <= 209_912 && month >= 1 && month <= 12
}

export function readBoolean(raw: string): boolean | undefined {
  const text = plainWidth(raw).toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : undefined
}
