import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, two, scaled } from './arguments.ts'

/** As wide as decimals get. */
const widest = 'decimal(38, 0)'
const toExact = (x: string): string => `cast(${x} as ${widest})`
const power = (digits: number): string => `1${'0'.repeat(digits)}`
/** 10^-digits as a decimal with that many digits: multiplying by it moves the point and changes no digit. */
const unit = (digits: number): string => {
  const text = digits === 0 ? '1' : `0.${'0'.repeat(digits - 1)}1`
  return `cast('${text}' as decimal(${digits + 1}, ${digits}))`
}
const pointed = (x: string, digits: number): string => `(${x} * ${unit(digits)})`
const spaces = String.raw`[ \t\r\n\x{00A0}\x{3000}]`
/** Patterns are written here and hold no quote. */
const pattern = (text: string): string => `'${text}'`
const numberPattern = pattern(
  `^${spaces}*([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?)${spaces}*$`,
)
const dayPattern = pattern(
  `^${spaces}*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?${spaces}*$`,
)
const firstDay = -719_162
const lastDay = 2_932_896
const secondsPerDay = 86_400
/** Whole seconds: moments have no parts of one. */
const seconds = (x: string): string => `(epoch_us(${x}) // 1000000)`
const epoch = `date '1970-01-01'`

/**
 * Blank outside the range, by casts that fail below and above it. Each part is named once, and nowhere by `nullif`, which
 * the engine copies out: formulas inside each other would double with every level.
 */
const inside = (x: string, low: number, high: number): string => {
  const digits = String(high - low).length
  const room = 10 ** digits - 1 - (high - low)
  const above = `try_cast(try(${x} - ${low < 0 ? `(${low})` : low}) as ubigint)`
  const within = `try_cast(${above} + cast(${room} as ubigint) as decimal(${digits}, 0))`
  return `(cast(${within} as bigint) - ${room} + ${low < 0 ? `(${low})` : low})`
}
const possibleDay = (x: string): string =>
  `(${epoch} + cast(${inside(`(${x} - ${epoch})`, firstDay, lastDay)} as integer))`
const possibleMoment = (x: string): string =>
  `make_timestamp(1000000 * ${inside(seconds(x), firstDay * secondsPerDay, (lastDay + 1) * secondsPerDay - 1)})`

const part = (name: string): RowSpelling => one((x) => toExact(`${name}(${x})`))

const each =
  (build: (...args: string[]) => string): RowSpelling =>
  (args) =>
    build(...args)

/** `case` over pairs of condition and result; the last argument is what is left. */
function cases(args: readonly string[]): string {
  const pairs: string[] = []
  for (let i = 0; i + 1 < args.length; i += 2) {
    pairs.push(`when ${args[i] ?? 'false'} then ${args[i + 1] ?? 'null'}`)
  }
  return `(case ${pairs.join(' ')} else ${args.at(-1) ?? 'null'} end)`
}

/** Zeros after the last digit are dropped, and the point with them. */
const plainDigits = (text: string): string =>
  `regexp_replace(regexp_replace(${text}, '([.][0-9]*?)0+$', '\\1'), '[.]$', '')`

const numbers = {
  exact: one(toExact),
  // Whole and broken part apart: the wider decimals have no room to move their point.
  exactOfDecimal: scaled((x, digits) =>
    digits === 0
      ? toExact(x)
      : `(${toExact(`trunc(${x})`)} * ${power(digits)} + ${toExact(`(${x} - trunc(${x})) * ${power(digits)}`)})`,
  ),
  exactOfDouble: scaled((x, digits) => {
    const moved = digits < 0 ? `${x} / 1e${-digits}` : `${x} * 1e${digits}`
    return `try(${toExact(`round(${moved})`)})`
  }),
  decimal: scaled(pointed),
  double: scaled((x, digits) => `(cast(${x} as double) / 1e${digits})`),
  tens: scaled((x, digits) => `try(${x} * ${toExact(`'${power(digits)}'`)})`),
  nearest: scaled((x, digits) => toExact(pointed(x, digits))),
  // In 64 bits, many times faster; blank for what does not fit there.
  nearestNarrow: scaled((x, digits) => {
    const width = `decimal(${17 - digits}, 0)`
    return toExact(`cast(${pointed(`try_cast(${x} as ${width})`, digits)} as ${width})`)
  }),
  cutOff: scaled((x, digits) => toExact(`trunc(${pointed(x, digits)})`)),
  floorOff: scaled((x, digits) => toExact(`floor(${pointed(x, digits)})`)),
  ceilOff: scaled((x, digits) => toExact(`ceil(${pointed(x, digits)})`)),
  add: two((a, b) => `try(${a} + ${b})`),
  subtract: two((a, b) => `try(${a} - ${b})`),
  multiply: two((a, b) => `try(${a} * ${b})`),
  // Blank for a divisor of zero, as is the rest.
  quotient: two((a, b) => toExact(`(cast(${a} as hugeint) // cast(${b} as hugeint))`)),
  quotientNarrow: two((a, b) => toExact(`(try_cast(${a} as bigint) // try_cast(${b} as bigint))`)),
  rest: two((a, b) => `(${a} % ${b})`),
  negate: one((x) => `(-${x})`),
  abs: one((x) => `abs(${x})`),
  sign: part('sign'),
  floatAdd: two((a, b) => `(${a} + ${b})`),
  floatSubtract: two((a, b) => `(${a} - ${b})`),
  floatMultiply: two((a, b) => `(${a} * ${b})`),
  isFinite: one((x) => `isfinite(${x})`),
  ratio: two((a, b) => `(${a} / ${b})`),
  power: two((a, b) => `pow(${a}, ${b})`),
  typedDouble: one((x) => `cast(${x} as double)`),
} satisfies Partial<Record<RowFunction, RowSpelling>>

const anything = {
  same: two((a, b) => `(${a} is not distinct from ${b})`),
  isTrue: one((x) => `coalesce(${x}, false)`),
  truth: one((x) => `cast(${x} as boolean)`),
  cases,
  firstOf: (args) => `coalesce(${args.join(', ')})`,
  least: (args) => `least(${args.join(', ')})`,
  greatest: (args) => `greatest(${args.join(', ')})`,
  bounded: scaled((x, most) => inside(x, -most, most)),
  fromOne: scaled((x, most) => inside(x, 1, most)),
  clamped: each(
    (x = 'null', low = 'null', high = 'null') =>
      `cast(least(greatest(${x}, ${low}), ${high}) as bigint)`,
  ),
} satisfies Partial<Record<RowFunction, RowSpelling>>

const texts = {
  orEmpty: one((x) => `coalesce(${x}, '')`),
  typedText: one((x) => `cast(${x} as varchar)`),
  left: two((x, count) => `left(${x}, ${count})`),
  right: two((x, count) => `right(${x}, ${count})`),
  mid: each((x = 'null', start = 'null', count = 'null') => `substring(${x}, ${start}, ${count})`),
  trim: one((x) => `trim(regexp_replace(${x}, '${spaces}+', ' ', 'g'))`),
  upper: one((x) => `upper(${x})`),
  lower: one((x) => `lower(${x})`),
  concat: (args) => `concat(${args.join(', ')})`,
  cut: scaled((x, most) => `left(${x}, ${most})`),
  substitute: each((x = 'null', old = 'null', by = 'null') => `replace(${x}, ${old}, ${by})`),
  endsWith: two((x, end) => `ends_with(${x}, ${end})`),
  // Blank where it is not found.
  place: two((x, sought) => inside(`strpos(${x}, ${sought})`, 1, 9_999_999_999)),
  padLeft: each(
    (x = 'null', length = 'null', fill = 'null') =>
      `lpad(${x}, cast(${length} as integer), ${fill})`,
  ),
  textOfExact: scaled((x, digits) => plainText(x, digits)),
  textOfNumber: scaled((x, digits) => `cast(${pointed(x, digits)} as varchar)`),
  textOfMoment: two((x, format) => `strftime(${x}, ${format})`),
  numberText: scaled((x, digits) => numberText(x, 38, digits)),
  numberTextNarrow: scaled((x, digits) => numberText(x, 18, digits)),
  dayText: one((x) => {
    const found = `regexp_extract(${x}, ${dayPattern})`
    return `try_cast(regexp_replace(${found}, ${dayPattern}, '\\1-\\2-\\3') as date)`
  }),
} satisfies Partial<Record<RowFunction, RowSpelling>>

/** Wide decimals are read from text many times slower. */
function numberText(x: string, width: number, digits: number): string {
  const found = `regexp_extract(${x}, ${numberPattern}, 1)`
  const read = `try_cast(replace(${found}, ',', '') as decimal(${width}, ${digits}))`
  return exactOfDecimalText(read, digits)
}

/** The digits of a decimal that is named once. */
const exactOfDecimalText = (x: string, digits: number): string =>
  digits === 0 ? toExact(x) : `cast(replace(cast(${x} as varchar), '.', '') as hugeint)::${widest}`

function plainText(x: string, digits: number): string {
  const text = `cast(${pointed(x, digits)} as varchar)`
  return digits === 0 ? text : plainDigits(text)
}

const dates = {
  day: one((x) => `cast(${x} as date)`),
  moment: one((x) => `cast(${x} as timestamp)`),
  dayOfEpoch: one((x) => `(${epoch} + cast(${x} as integer))`),
  momentOfEpoch: one((x) => `make_timestamp(cast(${x} as bigint) * 1000000)`),
  possibleDay: one((x) => possibleDay(`try(${x})`)),
  possibleMoment: one((x) => possibleMoment(`try(${x})`)),
  makeDay: each((year = 'null', month = 'null', day = 'null') => {
    const start = `make_date(${year}, 1, 1) + to_months(cast(${month} - 1 as integer))`
    return `(cast(${start} as date) + cast(${day} - 1 as integer))`
  }),
  addDays: two((x, count) => `(${x} + to_days(cast(${count} as integer)))`),
  addMonths: two((x, count) => `(${x} + to_months(cast(${count} as integer)))`),
  addSeconds: two((x, count) => `(${x} + to_microseconds(${count} * 1000000))`),
  daysBetween: two((from, to) => `(cast(${to} as date) - cast(${from} as date))`),
  secondsBetween: two((from, to) => `(${seconds(to)} - ${seconds(from)})`),
  monthsSince: one((x) => `datediff('month', date '0001-01-01', ${x})`),
  monthStart: one((x) => `cast(date_trunc('month', ${x}) as date)`),
  monthEnd: one((x) => `last_day(${x})`),
  yearPart: part('year'),
  quarterPart: part('quarter'),
  monthPart: part('month'),
  weekPart: part('weekofyear'),
  dayPart: part('day'),
  weekdayPart: part('isodow'),
  hourPart: part('hour'),
  minutePart: part('minute'),
} satisfies Partial<Record<RowFunction, RowSpelling>>

/** Narrow where that is enough, wide where it is not. */
const divided: RowSpelling = (args, digits) => {
  const moved = numbers.tens(args.slice(0, 1), digits)
  const of = [moved, args[1] ?? 'null']
  const narrow = numbers.nearestNarrow([numbers.quotientNarrow(of)], 1)
  return `coalesce(${narrow}, ${numbers.nearest([numbers.quotient(of)], 1)})`
}

export const duckdbRows: Readonly<Record<RowFunction, RowSpelling>> = {
  ...numbers,
  divided,
  ...anything,
  ...texts,
  ...dates,
}
