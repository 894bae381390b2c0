/** Dates, truth and digits people write as text. Each reader returns undefined for anything it is not sure of. */
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'
import { maxScaledDigits } from '../cell-kinds.ts'
import { plainWidth } from './number-text.ts'

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

/** Ways to write a day; `compact` needs the column's name to say date, the last two must be the only reading that fits. */
export const dateForms = [
  'iso',
  'chinese',
  'dotted',
  'named',
  'namedMonthFirst',
  'compact',
  'dayFirst',
  'monthFirst',
] as const
export type DateForm = (typeof dateForms)[number]

const clock = String.raw`(?:[T ]\s*(?<early>上午|下午|[AaPp][Mm])?\s*(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.0+)?)?\s*(?<late>[AaPp][Mm])?)?`
const monthName = String.raw`(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)`
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
interface FormReader {
  readonly pattern: RegExp
  /** Which groups hold year, month and day. */
  readonly order: readonly [number, number, number]
}
const formReaders: Readonly<Record<DateForm, FormReader>> = {
  iso: {
    pattern: new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${clock}$`),
    order: [1, 3, 4],
  },
  chinese: {
    pattern: new RegExp(
      String.raw`^(\d{4})(年)(\d{1,2})月(\d{1,2})日${clock.replace('[T ]', '[T ]?')}$`,
    ),
    order: [1, 3, 4],
  },
  dotted: {
    pattern: new RegExp(String.raw`^(\d{1,2})(\.)(\d{1,2})\.(\d{4})${clock}$`),
    order: [4, 3, 1],
  },
  named: {
    pattern: new RegExp(
      String.raw`^(\d{1,2})(?:st|nd|rd|th)?([-/ ])${monthName}\.?,?\2(\d{4})${clock}$`,
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
  monthFirst: {
    pattern: new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{4})${clock}$`),
    order: [4, 1, 3],
  },
}

export interface DayAndClock {
  readonly day: number
  /** Second of the day, undefined when only a day is written. */
  readonly clock: number | undefined
}

/**
 * Reads a text in whichever of these forms it is written; `open` where both orders are among them and give different days.
 */
export function readInForms(
  text: string,
  forms: readonly DateForm[],
): DayAndClock | 'open' | undefined {
  for (const form of forms) {
    const found = readDate(text, form)
    if (found === undefined) continue
    if (form !== 'dayFirst' || !forms.includes('monthFirst')) return found
    const other = readDate(text, 'monthFirst')
    return other === undefined || other.day === found.day ? found : 'open'
  }
  return undefined
}

/** Text with an offset (`Z`, `+08:00`) or a fraction of a second is not read: no zone is ever applied. */
export function readDate(raw: string, form: DateForm): DayAndClock | undefined {
  const { pattern, order } = formReaders[form]
  const found = pattern.exec(plainWidth(raw))
  if (found === null) return undefined
  const [year = 0, month = 0, day = 0] = order.map((group) => partOf(found[group] ?? ''))
  const epochDay = epochDayOf(year, month, day)
  if (epochDay === undefined || year < 1) return undefined
  if (found.groups?.['hour'] === undefined) return { day: epochDay, clock: undefined }
  const clock = clockOf(found.groups)
  return clock === undefined ? undefined : { day: epochDay, clock }
}

const partOf = (text: string): number =>
  /\d/.test(text) ? Number(text) : months.indexOf(text.slice(0, 3).toLowerCase()) + 1

/** Second of the day; twelve-hour clocks run from 12 (midnight or noon) to 11. */
function clockOf(groups: Readonly<Record<string, string | undefined>>): number | undefined {
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

/** `20240305` as a whole number. */
export function dayFromCompact(value: number): number | undefined {
  if (value < 10_000_101 || value > 99_991_231) return undefined
  return epochDayOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100)
}

export function readBoolean(raw: string): boolean | undefined {
  const text = plainWidth(raw).toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : undefined
}
