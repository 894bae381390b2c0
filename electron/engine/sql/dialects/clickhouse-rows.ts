/**
 * Row formulas in ClickHouse, old ones included. Days that are moved, whose 16 bits go round without a word, and texts of
 * numbers, which old servers garble, are not alike there, so a question that needs them is refused.
 */
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, three, two } from './arguments.ts'
import { bound, clickhouseExact } from './clickhouse-exact.ts'

const exact = (x: string): string => `toDecimal128(${x}, 0)`
const tens = (digits: number): string => `1${'0'.repeat(digits)}`
const tenth = (digits: number): string => (digits === 0 ? '1' : `0.${'0'.repeat(digits - 1)}1`)
const whole = (x: string): string => `toInt64(${x})`
/** Older servers take places and lengths without a sign alone. */
const size = (x: string): string => `toUInt64(${x})`
const part = (name: string): RowSpelling => one((x) => exact(`${name}(${x})`))

const spaces = String.raw`[ \\t\\r\\n\\x{00A0}\\x{3000}]+`

/** Characters as a list, whose parts old servers take by any number; they cut a text by constant ones alone. */
function slice(from: string, count: string, x: string, ...sizes: readonly string[]): string {
  const characters = "extractAll(ifNull(v, ''), '(?s).')"
  const blank = ['v', 'w', 'u'].slice(0, sizes.length + 1).map((name) => `isNull(${name})`)
  const part = `arraySlice(${characters}, toInt64(${from.replace('C', characters)}), toInt64(greatest(${count}, 0)))`
  return bound(`if(${blank.join(' or ')}, null, arrayStringConcat(${part}))`, x, ...sizes)
}

/** A number that depends on no column holds no quoted name; what a condition gives old servers take for no constant. */
const isConstant = (text: string): boolean => !/"|\bif\(/.test(text)

const fromStart = (x: string, count: string): string =>
  isConstant(count)
    ? `substringUTF8(${x}, 1, ${size(count)})`
    : slice('1', 'ifNull(w, 0)', x, count)

/** Older servers have no patience with an empty text that is sought, which is found nowhere. */
const replaced = (x: string, old: string, by: string): string =>
  `replaceAll(${x}, if(${old} = '', '\\0', ${old}), if(${old} = '', '\\0', ${by}))`

const second = (x: string): string =>
  `(toInt64(toDate(${x})) * 86400 + toHour(${x}) * 3600 + toMinute(${x}) * 60 + toSecond(${x}))`

/** Pairs of condition and result, and what is left. */
function cases(args: readonly string[]): string {
  return args.length < 3 ? (args[0] ?? 'null') : `multiIf(${args.join(', ')})`
}

/** Days there have 16 bits and go round without a word. */
function dayOfEpoch([x = 'null']: readonly string[]): string {
  const day = Number(x)
  if (!(day >= 0 && day <= 65_535)) throw new Error(`no day of this engine: ${x}`)
  return `toDate(${x})`
}

export const clickhouseRows: Readonly<Partial<Record<RowFunction, RowSpelling>>> = {
  ...clickhouseExact,
  exact: one(exact),
  exactOfDecimal: scaled((x, digits) => exact(digits === 0 ? x : `${x} * ${tens(digits)}`)),
  decimal: scaled((x, digits) => `(${x} * toDecimal128('${tenth(digits)}', ${digits}))`),
  double: scaled((x, digits) => `(toFloat64(${x}) / ${tens(digits)})`),
  negate: one((x) => `(-${x})`),
  abs: one((x) => `abs(${x})`),
  floatAdd: two((a, b) => `(${a} + ${b})`),
  floatSubtract: two((a, b) => `(${a} - ${b})`),
  floatMultiply: two((a, b) => `(${a} * ${b})`),
  isFinite: one((x) => `isFinite(${x})`),
  ratio: two((a, b) => `(${a} / nullIf(${b}, 0))`),
  typedDouble: one((x) => `toFloat64(${x})`),
  same: two((a, b) => `(isNull(${a}) = isNull(${b}) and ifNull(${a} = ${b}, 1))`),
  isTrue: one((x) => `ifNull(${x}, 0)`),
  truth: one((x) => x),
  cases,
  firstOf: (args) => `coalesce(${args.join(', ')})`,
  fromOne: scaled((x, most) => `if(${x} >= 1 and ${x} <= ${most}, ${x}, null)`),
  clamped: three((x, low, high) => whole(`least(greatest(ifNull(${x}, ${low}), ${low}), ${high})`)),
  left: two((x, count) => fromStart(x, count)),
  right: two((x, count) =>
    slice('greatest(length(C) - ifNull(w, 0), 0) + 1', 'ifNull(w, 0)', x, count),
  ),
  trim: one((x) => `replaceRegexpAll(replaceRegexpAll(${x}, '${spaces}', ' '), '^ | $', '')`),
  substitute: three(replaced),
  mid: three((x, start, count) => slice('ifNull(w, 1)', 'ifNull(u, 0)', x, start, count)),
  concat: (args) => `concat(${args.map((x) => `ifNull(${x}, '')`).join(', ')}, '')`,
  cut: scaled((x, most) => `substringUTF8(${x}, 1, ${most})`),
  endsWith: two((x, end) => `endsWith(${x}, ${end})`),
  place: two((x, sought) => `nullIf(${whole(`positionUTF8(${x}, ${sought})`)}, 0)`),
  orEmpty: one((x) => `ifNull(${x}, '')`),
  typedText: one((x) => `toString(${x})`),
  day: one((x) => `toDate(${x})`),
  moment: one((x) => `toDateTime(${x})`),
  dayOfEpoch,
  daysBetween: two((from, to) => `(toInt64(toDate(${to})) - toInt64(toDate(${from})))`),
  secondsBetween: two((from, to) => `(${second(to)} - ${second(from)})`),
  monthsSince: one((x) => `(toInt64(toYear(${x})) * 12 + toMonth(${x}))`),
  monthStart: one((x) => `toDate(toStartOfMonth(${x}))`),
  yearPart: part('toYear'),
  quarterPart: part('toQuarter'),
  monthPart: part('toMonth'),
  weekPart: part('toISOWeek'),
  dayPart: part('toDayOfMonth'),
  weekdayPart: part('toDayOfWeek'),
  hourPart: part('toHour'),
  minutePart: part('toMinute'),
}
