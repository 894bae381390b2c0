import type { Dialect } from '../printer.ts'
import { one, two } from './arguments.ts'
import { sqliteRows } from './sqlite-rows.ts'
import { ofExtracts, unable } from './unable.ts'

/** Bound values are told by their order, so what has some may be written once only. */
const twice = (build: (x: string) => string) =>
  one((x) => (x.includes('?') ? `(select ${build('v')} from (select ${x} as v))` : build(x)))

/** Dates in SQLite are ISO text; `strftime` and `julianday` read them without a zone. */
export const sqlite: Dialect = {
  name: 'sqlite',
  // In order of appearance: the driver takes numbered ones for names.
  placeholder: () => '?',
  types: { double: 'real', integer: 'integer', text: 'text' },
  divide: (left, right) => `(cast(${left} as real) / nullif(cast(${right} as real), 0))`,
  rows: sqliteRows,
  prepare: undefined,
  materialize: 'materialized ',
  inline: 'not materialized ',
  nullsLast: 'nulls last',
  functions: {
    sum: one((x) => `sum(${x})`),
    // SQLite's sum of reals is compensated since 3.43.
    floatSum: one((x) => `sum(${x})`),
    count: one((x) => `count(${x})`),
    countAll: () => 'count(*)',
    countDistinct: one((x) => `count(distinct ${x})`),
    min: one((x) => `min(${x})`),
    max: one((x) => `max(${x})`),
    // Registered by the query process; it collects the group's values.
    atSmallest: unable('values at an edge'),
    atLargest: unable('values at an edge'),
    median: one((x) => `sb_median(${x})`),
    percentile: two((x, p) => `sb_percentile(${x}, ${p})`),
    floor: one((x) => `cast(floor(${x}) as integer)`),
    epochSecond: one((x) => `cast(strftime('%s', ${x}) as integer)`),
    epochDay: one((x) => `cast(floor(julianday(${x}) - 2440587.5) as integer)`),
    yearOf: one((x) => `cast(strftime('%Y', ${x}) as integer)`),
    monthIndexOf: twice(
      (x) =>
        `(cast(strftime('%Y', ${x}) as integer) * 12 + cast(strftime('%m', ${x}) as integer) - 1)`,
    ),
    quarterIndexOf: twice(
      (x) =>
        `(cast(strftime('%Y', ${x}) as integer) * 4 + (cast(strftime('%m', ${x}) as integer) - 1) / 3)`,
    ),
    dayOfMonth: one((x) => `cast(strftime('%d', ${x}) as integer)`),
    scaledInteger: two((x, factor) => `cast(round(${x} * ${factor}) as integer)`),
    contains: two((text, part) => `(instr(${text}, ${part}) > 0)`),
    startsWith: two((text, part) => `(instr(${text}, ${part}) = 1)`),
    // Registered by the query process: SQLite's own lower() knows only ASCII.
    foldCase: one((x) => `sb_fold(${x})`),
    textLength: one((x) => `length(${x})`),
    textPattern: one((x) => `sb_pattern(${x})`),
    ...ofExtracts,
    coalesce: two((a, b) => `coalesce(${a}, ${b})`),
    integerDivide: two((a, b) => `(${a} / ${b})`),
    numberOf: two((x) => `cast(${x} as numeric)`),
    placesOf: unable('places of decimals'),
    exactProduct: two((a, b) => `(${a} * ${b})`),
    dayOf: one((x) => x),
  },
}
