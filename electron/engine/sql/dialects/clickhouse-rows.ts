/** Row formulas in ClickHouse, old ones included. */
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, three, two } from './arguments.ts'
import { clickhouseDays } from './clickhouse-days.ts'
import { bound, clickhouseExact } from './clickhouse-exact.ts'
import { clickhouseTexts } from './clickhouse-texts.ts'

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

/** Whole and broken part apart: the point of all digits has no room to move. */
function exactOfDecimal(x: string, digits: number): string {
  if (digits === 0) return exact(x)
  const by = exact(`'${tens(digits)}'`)
  return `(${exact(x)} * ${by} + ${exact(`(toDecimal128(${x}, ${digits}) - ${exact(x)}) * ${by}`)})`
}

/** Nought stands behind the blank, where the server goes on computing. */
function within(x: string, low: string, high: string): string {
  const fits = `v >= ${low} and v <= ${high}`
  return bound(`if(${fits}, if(${fits}, v, v - v), null)`, x)
}

/** Pairs of condition and result, and what is left. */
function cases(args: readonly string[]): string {
  return args.length < 3 ? (args[0] ?? 'null') : `multiIf(${args.join(', ')})`
}

const rows: Readonly<Partial<Record<RowFunction, RowSpelling>>> = {
  ...clickhouseExact,
  ...clickhouseTexts,
  exact: one(exact),
  exactOfDecimal: scaled(exactOfDecimal),
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
  bounded: scaled((x, most) => within(x, `-${most}`, `${most}`)),
  power: two((a, b) => `pow(${a}, ${b})`),
  fromOne: scaled((x, most) => within(x, '1', `${most}`)),
  clamped: three((x, low, high) => {
    const [least, most] = [exact(low), exact(high)]
    const within = `if(v >= ${least} and v <= ${most}, v, if(v > ${most}, ${most}, ${least}))`
    return bound(`ifNull(toInt64(${within}), ${low})`, exact(x))
  }),
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
  yearPart: part('toYear'),
  quarterPart: part('toQuarter'),
  monthPart: part('toMonth'),
  weekPart: part('toISOWeek'),
  dayPart: part('toDayOfMonth'),
  weekdayPart: part('toDayOfWeek'),
  hourPart: part('toHour'),
  minutePart: part('toMinute'),
}

/** By whether the server has days beyond those of 16 bits. */
export const clickhouseRows = (
  holdsWideDays: boolean,
): Readonly<Partial<Record<RowFunction, RowSpelling>>> => ({
  ...rows,
  ...clickhouseDays(holdsWideDays),
})
