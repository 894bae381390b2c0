import { unable } from './unable.ts'
import { patternLength } from '../../../../shared/data/text-pattern.ts'
import type { Dialect } from '../printer.ts'
import { one, two } from './arguments.ts'
import { duckdbPrepare } from './duckdb-prepare.ts'
import { duckdbRows } from './duckdb-rows.ts'

/** The steps of `textPattern`, in its order. */
function patternOf(text: string): string {
  const cut = `left(${text}, ${patternLength})`
  const marked = `regexp_replace(${cut}, '\\p{Han}', chr(1), 'g')`
  const digits = `regexp_replace(${marked}, '\\p{Nd}', '9', 'g')`
  const letters = `regexp_replace(${digits}, '\\p{L}', 'A', 'g')`
  const shape = `replace(${letters}, chr(1), '字')`
  return `(${shape} || case when length(${text}) > ${patternLength} then '…' else '' end)`
}

export const duckdb: Dialect = {
  name: 'duckdb',
  placeholder: (index) => `$${index}`,
  types: { double: 'double', integer: 'bigint', text: 'varchar' },
  divide: (left, right) => `(cast(${left} as double) / nullif(cast(${right} as double), 0))`,
  rows: duckdbRows,
  prepare: duckdbPrepare,
  materialize: 'materialized ',
  inline: 'not materialized ',
  nullsLast: 'nulls last',
  picksNth: true,
  functions: {
    sum: one((x) => `sum(${x})`),
    // Compensated: plain sums of doubles differ in the last digits with the order of threads.
    floatSum: one((x) => `fsum(${x})`),
    count: one((x) => `count(${x})`),
    countAll: () => 'count(*)',
    countDistinct: one((x) => `count(distinct ${x})`),
    min: one((x) => `min(${x})`),
    max: one((x) => `max(${x})`),
    // As double: the median of decimals would round between the two middle values.
    atSmallest: two((x, y) => `arg_min(${x}, ${y})`),
    atLargest: two((x, y) => `arg_max(${x}, ${y})`),
    median: one((x) => `median(cast(${x} as double))`),
    percentile: two((x, p) => `quantile_cont(cast(${x} as double), ${p})`),
    floor: one((x) => `cast(floor(${x}) as bigint)`),
    epochSecond: one((x) => `cast(floor(epoch(${x})) as bigint)`),
    epochDay: one((x) => `cast(floor(epoch(${x}) / 86400) as integer)`),
    yearOf: one((x) => `year(${x})`),
    monthIndexOf: one((x) => `(year(${x}) * 12 + month(${x}) - 1)`),
    quarterIndexOf: one((x) => `(year(${x}) * 4 + quarter(${x}) - 1)`),
    dayOfMonth: one((x) => `day(${x})`),
    scaledInteger: two((x, factor) => `cast(round(${x} * ${factor}) as bigint)`),
    contains: two((text, part) => `contains(${text}, ${part})`),
    startsWith: two((text, part) => `starts_with(${text}, ${part})`),
    // A sigma at the end of a word is the same letter.
    foldCase: one((x) => `replace(lower(${x}), 'ς', 'σ')`),
    textLength: one((x) => `length(${x})`),
    textPattern: one(patternOf),
    nthLargest: two((x, n) => `list_min(max(${x}, ${n}))`),
    nthSmallest: two((x, n) => `list_max(min(${x}, ${n}))`),
    bitstring: two((code, last) => `bitstring_agg(${code}, 0, ${last})`),
    bitOr: one((x) => `bit_or(${x})`),
    bitCount: one((x) => `coalesce(bit_count(${x}), 0)`),
    bitTest: two((x, mask) => `(((${mask}::bigint >> ${x}) & 1) = 1)`),
    coalesce: two((a, b) => `coalesce(${a}, ${b})`),
    integerDivide: two((a, b) => `(${a} // ${b})`),
    numberOf: two((x, places) => `cast(${x} as decimal(38, ${places}))`),
    placesOf: unable('places of decimals'),
    exactProduct: two((a, b) => `(${a} * ${b})`),
    dayOf: one((x) => `cast(${x} as date)`),
  },
}
