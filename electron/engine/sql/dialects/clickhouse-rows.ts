/**
 * Row formulas in ClickHouse, old ones included: exact numbers are decimals of 38 digits, which say so when they have no
 * room. Division, days that are moved and texts of numbers are not alike there, so a question that needs them is refused.
 */
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, three, two } from './arguments.ts'

const exact = (x: string): string => `toDecimal128(${x}, 0)`
const tens = (digits: number): string => `1${'0'.repeat(digits)}`
const tenth = (digits: number): string => (digits === 0 ? '1' : `0.${'0'.repeat(digits - 1)}1`)
const whole = (x: string): string => `toInt64(${x})`
/** Older servers take places and lengths without a sign alone. */
const size = (x: string): string => `toUInt64(${x})`
const part = (name: string): RowSpelling => one((x) => exact(`${name}(${x})`))

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
  exact: one(exact),
  exactOfDecimal: scaled((x, digits) => exact(digits === 0 ? x : `${x} * ${tens(digits)}`)),
  decimal: scaled((x, digits) => `(${x} * toDecimal128('${tenth(digits)}', ${digits}))`),
  double: scaled((x, digits) => `(toFloat64(${x}) / ${tens(digits)})`),
  tens: scaled((x, digits) => `(${x} * toDecimal128('${tens(digits)}', 0))`),
  add: two((a, b) => `(${a} + ${b})`),
  subtract: two((a, b) => `(${a} - ${b})`),
  multiply: two((a, b) => `(${a} * ${b})`),
  negate: one((x) => `(-${x})`),
  abs: one((x) => `abs(${x})`),
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
  left: two((x, count) => `substringUTF8(${x}, 1, ${size(count)})`),
  mid: three((x, start, count) => `substringUTF8(${x}, ${size(start)}, ${size(count)})`),
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
  yearPart: part('toYear'),
  quarterPart: part('toQuarter'),
  monthPart: part('toMonth'),
  weekPart: part('toISOWeek'),
  dayPart: part('toDayOfMonth'),
  weekdayPart: part('toDayOfWeek'),
  hourPart: part('toHour'),
  minutePart: part('toMinute'),
}
