/** Row formulas in SQLite: mostly functions its process registers (see runner/sqlite/formula-functions.ts). */
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, two } from './arguments.ts'
import { duckdbRows } from './duckdb-rows.ts'

const calling =
  (name: string): RowSpelling =>
  (args) =>
    `${name}(${args.join(', ')})`
const withDigits =
  (name: string): RowSpelling =>
  (args, digits) =>
    `${name}(${[...args, String(digits)].join(', ')})`
const whole = (x: string): string => `sb_whole(${x})`

export const sqliteRows: Readonly<Partial<Record<RowFunction, RowSpelling>>> = {
  exact: one(whole),
  exactOfDecimal: scaled((x, digits) =>
    digits === 0 ? whole(x) : whole(`round(${x} * 1e${digits})`),
  ),
  exactOfDouble: scaled((x, digits) => {
    const by = digits < 0 ? `/ 1e${-digits}` : `* 1e${digits}`
    return whole(`round(${x} ${by})`)
  }),
  decimal: scaled((x, digits) => `(${x} / 1e${digits})`),
  double: scaled((x, digits) => `(cast(${x} as real) / 1e${digits})`),
  tens: withDigits('sb_tens'),
  nearest: withDigits('sb_nearest'),
  // There is no narrower arithmetic than this. What is bound stands in a statement as often as it is named.
  nearestNarrow: withDigits('sb_nearest'),
  cutOff: withDigits('sb_cut'),
  floorOff: withDigits('sb_floor'),
  ceilOff: withDigits('sb_ceil'),
  add: calling('sb_add'),
  subtract: calling('sb_subtract'),
  multiply: calling('sb_multiply'),
  divided: withDigits('sb_divided'),
  rest: calling('sb_rest'),
  negate: one((x) => `(-${x})`),
  abs: one((x) => `abs(${x})`),
  sign: one((x) => `sign(${x})`),
  floatAdd: two((a, b) => `(${a} + ${b})`),
  floatSubtract: two((a, b) => `(${a} - ${b})`),
  floatMultiply: two((a, b) => `(${a} * ${b})`),
  isFinite: one((x) => `(abs(${x}) < 9e999)`),
  ratio: two((a, b) => `(${a} / ${b})`),
  power: two((a, b) => `pow(${a}, ${b})`),
  typedDouble: one((x) => `cast(${x} as real)`),
  same: two((a, b) => `(${a} is ${b})`),
  isTrue: one((x) => `coalesce(${x}, 0)`),
  truth: one((x) => x),
  cases: duckdbRows.cases,
  firstOf: duckdbRows.firstOf,
  least: calling('sb_least'),
  greatest: calling('sb_greatest'),
  bounded: scaled((x, most) => `sb_within(${x}, -${most}, ${most})`),
  fromOne: scaled((x, most) => `sb_within(${x}, 1, ${most})`),
  clamped: ([x = 'null', low = 'null', high = 'null']) =>
    `sb_least(sb_greatest(${x}, ${low}), ${high})`,
  left: calling('sb_left'),
  right: calling('sb_right'),
  mid: calling('sb_mid'),
  trim: calling('sb_trim'),
  upper: calling('sb_upper'),
  lower: calling('sb_lower'),
  concat: calling('sb_concat'),
  cut: withDigits('sb_left'),
  substitute: calling('sb_replace'),
  endsWith: calling('sb_ends'),
  place: calling('sb_place'),
  padLeft: calling('sb_pad'),
  textOfExact: withDigits('sb_exact_text'),
  textOfNumber: withDigits('sb_fixed_text'),
  textOfMoment: calling('sb_moment_text'),
  numberText: withDigits('sb_number'),
  numberTextNarrow: withDigits('sb_number'),
  dayText: calling('sb_day_of_text'),
  orEmpty: one((x) => `coalesce(${x}, '')`),
  typedText: one((x) => `cast(${x} as text)`),
  day: one((x) => `date(${x})`),
  moment: one((x) => `strftime('%Y-%m-%d %H:%M:%S', ${x})`),
  dayOfEpoch: one((x) => `date(86400 * ${x}, 'unixepoch')`),
  momentOfEpoch: one((x) => `strftime('%Y-%m-%d %H:%M:%S', ${x}, 'unixepoch')`),
  possibleDay: one((x) => x),
  possibleMoment: one((x) => x),
  makeDay: calling('sb_make_day'),
  addDays: calling('sb_add_days'),
  addMonths: calling('sb_add_months'),
  addSeconds: calling('sb_add_seconds'),
  daysBetween: two(
    (from, to) => `cast(julianday(date(${to})) - julianday(date(${from})) as integer)`,
  ),
  secondsBetween: two(
    (from, to) =>
      `(cast(strftime('%s', ${to}) as integer) - cast(strftime('%s', ${from}) as integer))`,
  ),
  monthsSince: calling('sb_months'),
  monthStart: calling('sb_month_start'),
  monthEnd: calling('sb_month_end'),
  yearPart: calling('sb_year'),
  quarterPart: calling('sb_quarter'),
  monthPart: calling('sb_month'),
  weekPart: calling('sb_week'),
  dayPart: calling('sb_day'),
  weekdayPart: calling('sb_weekday'),
  hourPart: calling('sb_hour'),
  minutePart: calling('sb_minute'),
}
