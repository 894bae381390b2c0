/** Numbers and dates people write as text. Each reader returns undefined for anything it is not sure of. */
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'
import { cellKind, maxScaledDecimals, maxScaledDigits } from '../cell-kinds.ts'
import type { ExactNumber } from '../exact-number.ts'
import { exactNumber } from '../exact-number.ts'

const numberForm = /^([+-])?\s*[¥￥$€£]?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/
const exponentForm = /^[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}$/

/**
 * `12`, `-1,234.50`, `¥12.00`, `+3`, `1.5E3`. Not: leading zeros, more than 15 digits in a whole number, percent, units:
 * those stay text because writing them back would lose something.
 */
export function readNumber(raw: string): ExactNumber | undefined {
  const text = raw.trim()
  const found = numberForm.exec(text)
  if (found === null) return exponentForm.test(text) ? finite(Number(text)) : undefined
  const [, sign, grouped = '', fraction = ''] = found
  const whole = grouped.replaceAll(',', '')
  if (whole.length > 1 && whole.startsWith('0')) return undefined
  const digits = whole + fraction
  if (whole.length > maxScaledDigits) return undefined
  if (digits.length > maxScaledDigits || fraction.length > maxScaledDecimals) {
    return finite(Number(`${sign ?? ''}${whole}.${fraction}`))
  }
  const value = Number(digits)
  return {
    kind: cellKind.scaled + fraction.length,
    value: sign === '-' && value !== 0 ? -value : value,
  }
}

function finite(value: number): ExactNumber | undefined {
  return Number.isFinite(value) ? exactNumber(value) : undefined
}

/** Digits that name something: a leading zero, or more than 15 of them. */
export function isDigitName(raw: string): boolean {
  const text = raw.trim()
  return (
    /^\d+$/.test(text) &&
    (text.length > maxScaledDigits || (text.length > 1 && text.startsWith('0')))
  )
}

export function isDigits(raw: string): boolean {
  return /^\d+$/.test(raw.trim())
}

/** Ways to write a day; `compact` needs the column's name to say date, the last two must be the only reading that fits. */
export const dateForms = ['iso', 'chinese', 'dotted', 'compact', 'dayFirst', 'monthFirst'] as const
export type DateForm = (typeof dateForms)[number]

const clock = String.raw`(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?)?`
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

/** Text with an offset (`Z`, `+08:00`) or a fraction of a second is not read: no zone is ever applied. */
export function readDate(raw: string, form: DateForm): DayAndClock | undefined {
  const { pattern, order } = formReaders[form]
  const found = pattern.exec(raw.trim())
  if (found === null) return undefined
  const [year, month, day] = order.map((group) => Number(found[group]))
  const epochDay = epochDayOf(year ?? 0, month ?? 0, day ?? 0)
  if (epochDay === undefined || (year ?? 0) < 1) return undefined
  if (found[5] === undefined) return { day: epochDay, clock: undefined }
  const [hour, minute, second] = [Number(found[5]), Number(found[6]), Number(found[7] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return { day: epochDay, clock: hour * 3600 + minute * 60 + second }
}

/** `20240305` as a whole number. */
export function dayFromCompact(value: number): number | undefined {
  if (value < 10_000_101 || value > 99_991_231) return undefined
  return epochDayOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100)
}

export function readBoolean(raw: string): boolean | undefined {
  const text = raw.trim().toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : undefined
}
