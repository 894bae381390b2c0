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
  makeDay: three((year, month, day) => {
    const start = `make_date(${whole(year)}, 1, 1) + ${whole(`${month} - 1`)} * interval '1 month'`
    return `(cast(${start} as date) + ${whole(`${day} - 1`)})`
  }),
  addDays: two((x, count) => `(${x} + ${whole(count)} * interval '1 day')`),
  addMonths: two((x, count) => `(${x} + ${whole(count)} * interval '1 month')`),
  addSeconds: two((x, count) => `(${x} + ${count} * interval '1 second')`),
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
