/**
 * What row formulas need beyond SQLite's own functions: computed by the code the formulas are defined by. Exact numbers are
 * whole ones of 64 bits here; one that has no room in them is an error, for another engine would have a value.
 */
import type Database from 'better-sqlite3'
import {
  isoDay,
  isoSecond,
  parseIsoDay,
  parseIsoSecond,
} from '../../../../shared/data/calendar-day.ts'
import { evaluateDates } from '../../../../shared/expression/evaluate/dates.ts'
import {
  exactText,
  fixedText,
  narrowed,
  powerOfTen,
} from '../../../../shared/expression/evaluate/exact.ts'
import type { Rounding } from '../../../../shared/expression/evaluate/exact.ts'
import { evaluateNumbers } from '../../../../shared/expression/evaluate/numbers.ts'
import { compareValues } from '../../../../shared/expression/evaluate/order.ts'
import { evaluateTexts } from '../../../../shared/expression/evaluate/texts.ts'
import type { RowFunctionId } from '../../../../shared/expression/functions/function-id.ts'
import type { ApplyPart, Operation, Typed } from '../../../../shared/expression/typed.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import {
  dateType,
  integerType,
  textType,
  timestampType,
} from '../../../../shared/expression/value-type.ts'
import type { ValueType } from '../../../../shared/expression/value-type.ts'

type Cell = string | number | bigint | null
type Computed = (...args: readonly Cell[]) => Cell

const most = 2n ** 63n - 1n

function narrow(value: bigint | null): bigint | null {
  if (value !== null && (value > most || value < -most)) {
    throw new Error('a formula gives a number beyond 64 bits')
  }
  return value
}

/** Blank when any is. */
const onWhole =
  (compute: (...values: readonly bigint[]) => bigint | null): Computed =>
  (...args) => {
    const values = args.filter((value) => typeof value === 'bigint')
    return values.length < args.length ? null : narrow(compute(...values))
  }

const off = (rounding: Rounding): Computed =>
  onWhole((value = 0n, by = 0n) => narrowed(value, Number(by), rounding))

const onText =
  (compute: (text: string, ...rest: readonly Cell[]) => Cell): Computed =>
  (text = null, ...rest) =>
    typeof text === 'string' ? compute(text, ...rest) : null

const letters = (text: string): string[] => Array.from(text)
const count = (value: Cell | undefined): number => Number(value ?? 0)

const span = { from: 0, to: 0 }
const constant = (type: ValueType): Typed => ({ kind: 'constant', value: null, type, span })
const call = (operation: Operation, ...types: readonly ValueType[]): ApplyPart => ({
  ...{ kind: 'apply', operation, type: textType, span },
  args: types.map(constant),
})
const noRow = { valueOf: () => null, lastDay: null }

const cellOf = (value: Value): Cell => (typeof value === 'boolean' ? BigInt(value) : value)

const texts = (fn: 'upper' | 'lower' | 'trim'): Computed =>
  onText((text) => cellOf(evaluateTexts[fn]([text], call(fn), noRow)))

/** Days are `2025-01-31`, moments `2025-01-31 08:30:00`. */
const isMoment = (text: string): boolean => text.length > 10
const readDate = (text: string): number | null =>
  (isMoment(text) ? parseIsoSecond(text.replace(' ', 'T')) : parseIsoDay(text)) ?? null
const typeOfDate = (text: string): ValueType => (isMoment(text) ? timestampType : dateType)

function dates(operation: RowFunctionId & keyof typeof evaluateDates): Computed {
  return (...args) => {
    const types = args.map((arg) => (typeof arg === 'string' ? typeOfDate(arg) : integerType))
    const values = args.map((arg) => (typeof arg === 'string' ? readDate(arg) : arg))
    return cellOf(evaluateDates[operation](values, call(operation, ...types), noRow))
  }
}

const written = (value: Value, seconds: boolean): Cell => {
  if (typeof value !== 'number') return null
  return seconds ? isoSecond(value).replace('T', ' ') : isoDay(value)
}

/** The first argument moved; a unit is its word. */
const moved = (unit: string): Computed =>
  onText((text, by = null) => {
    const from = readDate(text)
    if (from === null || typeof by !== 'bigint') return null
    const part = call('dateAdd', typeOfDate(text), integerType, textType)
    return written(evaluateDates.dateAdd([from, by, unit], part, noRow), isMoment(text))
  })

const edge = (fn: 'monthStart' | 'monthEnd'): Computed =>
  onText((text) => {
    const from = readDate(text)
    return written(evaluateDates[fn]([from], call(fn, typeOfDate(text)), noRow), false)
  })

function formatted(text: string, format: Cell | undefined): Cell {
  const moment = readDate(text)
  if (moment === null) return null
  const iso = isMoment(text) ? isoSecond(moment) : `${isoDay(moment)}T00:00:00`
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = iso.split(/[-T:]/)
  const parts: Record<string, string> = { Y: year, m: month, d: day, H: hour, M: minute, S: second }
  return String(format).replaceAll(/%(-?)([YmdHMS%])/g, (_all, short: string, letter: string) => {
    const part = parts[letter] ?? '%'
    return short === '' ? part : String(Number(part))
  })
}

const extreme =
  (sign: 1 | -1): Computed =>
  (...args) =>
    args.reduce<Cell>((best, value) => {
      if (best === null || value === null) return best ?? value
      return sign * compareValues(value, best) > 0 ? value : best
    }, null)

/** By the name a statement calls them by. */
const functions: Readonly<Record<string, Computed>> = {
  sb_whole: (value = null) => {
    if (value === null || typeof value === 'bigint') return value
    return narrow(typeof value === 'string' ? BigInt(value) : BigInt(Math.trunc(value)))
  },
  sb_add: onWhole((a = 0n, b = 0n) => a + b),
  sb_subtract: onWhole((a = 0n, b = 0n) => a - b),
  sb_multiply: onWhole((a = 0n, b = 0n) => a * b),
  sb_tens: onWhole((value = 0n, by = 0n) => value * powerOfTen(Number(by))),
  // One digit more than is kept, cut, then rounded.
  sb_divided: onWhole((a = 0n, b = 0n, by = 0n) =>
    b === 0n ? null : narrowed((a * powerOfTen(Number(by))) / b, 1, 'nearest'),
  ),
  sb_rest: onWhole((a = 0n, b = 0n) => (b === 0n ? null : a % b)),
  sb_nearest: off('nearest'),
  sb_cut: off('down'),
  sb_floor: off('floor'),
  sb_ceil: onWhole((value = 0n, by = 0n) => -narrowed(-value, Number(by), 'floor')),
  sb_within: onWhole((value = 0n, low = 0n, high = 0n) =>
    value >= low && value <= high ? value : null,
  ),
  sb_least: extreme(-1),
  sb_greatest: extreme(1),
  sb_left: onText((text, n = null) =>
    n === null ? null : letters(text).slice(0, count(n)).join(''),
  ),
  sb_right: onText((text, n = null) => {
    if (n === null) return null
    return count(n) === 0 ? '' : letters(text).slice(-count(n)).join('')
  }),
  sb_mid: onText((text, start = null, n = null) =>
    start === null || n === null
      ? null
      : letters(text)
          .slice(count(start) - 1, count(start) - 1 + count(n))
          .join(''),
  ),
  sb_trim: texts('trim'),
  sb_upper: texts('upper'),
  sb_lower: texts('lower'),
  sb_concat: (...args) => args.map((arg) => arg ?? '').join(''),
  sb_replace: onText((text, old, by) =>
    old === null || old === '' ? text : text.split(String(old)).join(String(by ?? '')),
  ),
  sb_ends: onText((text, end = null) => (end === null ? null : BigInt(text.endsWith(String(end))))),
  sb_place: onText((text, sought = null) => {
    const at = sought === null ? -1 : text.indexOf(String(sought))
    return at < 0 ? null : BigInt(letters(text.slice(0, at)).length + 1)
  }),
  sb_pad: onText((text, length = null, fill = null) =>
    fill === null || length === null
      ? null
      : letters(String(fill).repeat(count(length)))
          .slice(0, Math.max(0, count(length) - letters(text).length))
          .join('') + text,
  ),
  sb_exact_text: (value = null, scale = null) =>
    typeof value === 'bigint' ? exactText(value, count(scale)) : null,
  sb_fixed_text: (value = null, scale = null) =>
    typeof value === 'bigint' ? fixedText(value, count(scale)) : null,
  sb_moment_text: onText(formatted),
  sb_number: onText((text, digits = 0n) => {
    const read = evaluateNumbers.value([text, digits], call('value', textType, integerType), noRow)
    return narrow(typeof read === 'bigint' ? read : null)
  }),
  sb_day_of_text: onText((text) =>
    written(evaluateDates.dateValue([text], call('dateValue', textType), noRow), false),
  ),
  sb_make_day: (year = null, month = null, day = null) =>
    written(evaluateDates.date([year, month, day], call('date'), noRow), false),
  sb_add_days: moved('day'),
  sb_add_months: moved('month'),
  sb_add_seconds: moved('second'),
  sb_month_start: edge('monthStart'),
  sb_month_end: edge('monthEnd'),
  sb_months: (date = null) => {
    const [year, month] = [dates('year')(date), dates('month')(date)]
    return typeof year === 'bigint' && typeof month === 'bigint' ? year * 12n + month : null
  },
  sb_year: dates('year'),
  sb_quarter: dates('quarter'),
  sb_month: dates('month'),
  sb_week: dates('week'),
  sb_day: dates('day'),
  sb_weekday: dates('weekday'),
  sb_hour: dates('hour'),
  sb_minute: dates('minute'),
}

export function addFormulaFunctions(database: Database.Database): void {
  const options = { deterministic: true, directOnly: true, safeIntegers: true, varargs: true }
  for (const [name, compute] of Object.entries(functions)) {
    database.function(name, options, (...args: unknown[]) => compute(...(args as Cell[])))
  }
}
