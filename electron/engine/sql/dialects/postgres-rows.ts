/**
 * Row formulas in PostgreSQL, whose numerics hold every digit.
 */
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, three, two } from './arguments.ts'
import { duckdbRows } from './duckdb-rows.ts'
import { postgresTried } from './postgres-tried.ts'

const numeric = (x: string): string => `cast(${x} as numeric)`
const whole = (x: string): string => `cast(${x} as integer)`
const text = (x: string): string => `(cast(${x} as text) collate "C")`
const tens = (digits: number): string => `1${'0'.repeat(digits)}`
const tenth = (digits: number): string => (digits === 0 ? '1' : `0.${'0'.repeat(digits - 1)}1`)
/** The value where it fits, named once. */
const where = (x: string, test: string): string =>
  `(select v from (values (${x})) as one(v) where ${test})`
const fit = (x: string): string => where(x, `abs(v) < 1${'0'.repeat(38)}`)
const part = (name: string): RowSpelling => one((x) => numeric(`extract(${name} from ${x})`))
const moment = (x: string): string => `cast(${x} as timestamp)`
const spaces = String.raw`[ \t\r\n\u00A0\u3000]+`

interface Shift {
  readonly unit: 'day' | 'month' | 'second'
  /** How far it is from `d` to just before the first day there is, and to just behind the last. */
  readonly first: string
  readonly last: string
}

/** No further than just out of the calendar: the server holds no moment long before it, and says so in an error. */
function shifted(x: string, count: string, { unit, first, last }: Shift): string {
  const steps = `greatest(least(n, ${last}), ${first})`
  // Of nothing and a number the server takes the number.
  return `(select d + ${steps} * interval '1 ${unit}' from (values (${x}, ${count})) as one(d, n) where n is not null)`
}

/** By number, over months that may lie far before the first day: four hundred years have 146097 days each time. */
function dayOfParts(year: string, month: string, day: string): string {
  const within = whole('m - floor(m / 4800.0) * 4800')
  const start = `make_date(2000 + ${within} / 12, ${within} % 12 + 1, 1)`
  const number = `${start} - date '1970-01-01' + (${whole('floor(m / 4800.0)')} - 5) * 146097 + d`
  const months = `${whole(year)} * 12 + ${whole(month)} - 1`
  return `(select date '1970-01-01' + greatest(least(n, 2932897), -719163) from (select ${number} as n from (values (${months}, ${whole(`${day} - 1`)})) as parts(m, d)) as one where n is not null)`
}

export const postgresRows: Readonly<Partial<Record<RowFunction, RowSpelling>>> = {
  ...postgresTried,
  exact: one(numeric),
  exactOfDecimal: scaled((x, digits) =>
    digits === 0 ? numeric(x) : `round(${numeric(x)} * ${tens(digits)})`,
  ),
  decimal: scaled((x, digits) => `(${x} * ${tenth(digits)})`),
  double: scaled((x, digits) => `(cast(${x} as double precision) / cast(${tens(digits)} as double precision))`), // prettier-ignore
  tens: scaled((x, digits) => fit(`${x} * ${tens(digits)}`)),
  nearest: scaled((x, digits) => `round(${x} * ${tenth(digits)})`),
  // There is no narrower arithmetic than this.
  nearestNarrow: () => numeric('null'),
  cutOff: scaled((x, digits) => `trunc(${x} * ${tenth(digits)})`),
  floorOff: scaled((x, digits) => `floor(${x} * ${tenth(digits)})`),
  ceilOff: scaled((x, digits) => `ceil(${x} * ${tenth(digits)})`),
  add: two((a, b) => fit(`${a} + ${b}`)),
  subtract: two((a, b) => fit(`${a} - ${b}`)),
  multiply: two((a, b) => fit(`${a} * ${b}`)),
  divided: ([a = 'null', b = 'null'], digits) =>
    `round(div(${fit(`${a} * ${tens(digits)}`)}, nullif(${b}, 0)) * 0.1)`,
  rest: two((a, b) => `mod(${a}, nullif(${b}, 0))`),
  negate: one((x) => `(-${x})`),
  abs: one((x) => `abs(${x})`),
  sign: one((x) => numeric(`sign(${x})`)),
  isFinite: one((x) => `(abs(${x}) < cast('Infinity' as double precision))`),
  typedDouble: one((x) => `cast(${x} as double precision)`),
  same: duckdbRows.same,
  isTrue: duckdbRows.isTrue,
  truth: duckdbRows.truth,
  cases: duckdbRows.cases,
  firstOf: duckdbRows.firstOf,
  least: duckdbRows.least,
  greatest: duckdbRows.greatest,
  bounded: scaled((x, most) => where(x, `v between -${most} and ${most}`)),
  fromOne: scaled((x, most) => where(x, `v between 1 and ${most}`)),
  clamped: three((x, low, high) => `cast(least(greatest(${x}, ${low}), ${high}) as integer)`),
  left: two((x, count) => `left(${x}, ${whole(count)})`),
  right: two((x, count) => `right(${x}, ${whole(count)})`),
  mid: three((x, start, count) => `substring(${x}, ${whole(start)}, ${whole(count)})`),
  trim: one((x) => `btrim(regexp_replace(${x}, '${spaces}', ' ', 'g'), ' ')`),
  concat: (args) => text(`concat(${args.join(', ')})`),
  cut: scaled((x, most) => `left(${x}, ${most})`),
  substitute: three((x, old, by) => `replace(${x}, ${old}, ${by})`),
  endsWith: two((x, end) => `(right(${x}, char_length(${end})) = ${end})`),
  place: two((x, sought) => `nullif(strpos(${x}, ${sought}), 0)`),
  padLeft: three((x, length, fill) => `lpad(${x}, ${whole(length)}, ${fill})`),
  textOfExact: scaled((x, digits) =>
    digits === 0 ? text(x) : text(`rtrim(rtrim(cast(${x} * ${tenth(digits)} as text), '0'), '.')`),
  ),
  textOfNumber: scaled((x, digits) => text(`${x} * ${tenth(digits)}`)),
  orEmpty: one((x) => `coalesce(${x}, '')`),
  typedText: one(text),
  day: one((x) => `cast(${x} as date)`),
  moment: one(moment),
  dayOfEpoch: one((x) => `(date '1970-01-01' + ${whole(x)})`),
  momentOfEpoch: one((x) => `(timestamp '1970-01-01' + ${x} * interval '1 second')`),
  possibleDay: one((x) => where(x, `v between date '0001-01-01' and date '9999-12-31'`)),
  possibleMoment: one((x) =>
    where(x, `v >= timestamp '0001-01-01' and v < timestamp '10000-01-01'`),
  ),
  makeDay: three(dayOfParts),
  addDays: two((x, count) =>
    shifted(x, whole(count), {
      ...{ unit: 'day', first: `date '0001-01-01' - cast(d as date) - 1` },
      last: `date '10000-01-01' - cast(d as date)`,
    }),
  ),
  addMonths: two((x, count) =>
    shifted(x, whole(count), {
      ...{ unit: 'month', first: `-12 * ${whole('extract(year from d)')} - 12` },
      last: `12 * (10000 - ${whole('extract(year from d)')})`,
    }),
  ),
  addSeconds: two((x, count) =>
    shifted(x, count, {
      ...{ unit: 'second', first: `-62135596801 - extract(epoch from ${moment('d')})` },
      last: `253402300800 - extract(epoch from ${moment('d')})`,
    }),
  ),
  daysBetween: duckdbRows.daysBetween,
  secondsBetween: two(
    (from, to) =>
      `cast(floor(extract(epoch from ${moment(to)})) - floor(extract(epoch from ${moment(from)})) as bigint)`,
  ),
  monthsSince: one((x) => whole(`extract(year from ${x}) * 12 + extract(month from ${x})`)),
  monthStart: one((x) => `cast(date_trunc('month', ${moment(x)}) as date)`),
  monthEnd: one(
    (x) =>
      `cast(date_trunc('month', ${moment(x)}) + interval '1 month' - interval '1 day' as date)`,
  ),
  yearPart: part('year'),
  quarterPart: part('quarter'),
  monthPart: part('month'),
  weekPart: part('week'),
  dayPart: part('day'),
  weekdayPart: part('isodow'),
  hourPart: part('hour'),
  minutePart: part('minute'),
}
