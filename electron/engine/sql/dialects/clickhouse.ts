import type { ServerFeature } from '../../../../shared/data/connection.ts'
import type { SqlFunction, SqlType, SqlValue } from '../nodes.ts'
import type { Dialect } from '../printer.ts'
import { one, two } from './arguments.ts'
import { clickhouseRows } from './clickhouse-rows.ts'
import { momentParts } from './clickhouse-texts.ts'
import { ofExtracts, unable } from './unable.ts'

/** The server reads a backslash inside either kind of quote, so both it and the quote are written with one. */
const escaped = (text: string, quote: string): string =>
  quote + text.replaceAll(/[\\'"`]/g, '\\$&') + quote

/** Names with a NUL cannot be written and are refused. */
function quoteName(name: string): string {
  if (name.includes('\u0000')) throw new Error('a name holds a NUL character')
  return escaped(name, '"')
}

/** A value written into a statement: the one place where that happens, and only for a server without bound values. */
export function clickhouseLiteral(value: SqlValue): string {
  switch (typeof value) {
    case 'string':
      return escaped(value, "'").replaceAll('\u0000', '\\0')
    case 'boolean':
      return value ? '1' : '0'
    case 'number':
      if (!Number.isFinite(value)) return 'null'
      // In the form of a double, whatever its size.
      return `toFloat64('${value}')`
    default:
      return 'null'
  }
}

const typeOf = (value: SqlValue): string =>
  typeof value === 'number' ? 'Float64' : typeof value === 'boolean' ? 'UInt8' : 'String'

function castTo(of: string, to: SqlType): string {
  const name = { text: 'toString', integer: 'toInt64', double: 'toFloat64' }[to]
  return `${name}(${of})`
}

/** Digits with a point are a decimal, which the server compares with decimals and whole numbers exactly. */
function exactly(digits: string): string {
  const plain = digits.replaceAll(/[()]/g, '')
  const scale = plain.split('.')[1]?.length ?? 0
  const small = scale === 0 && plain.length < 19
  return small ? digits : `toDecimal128('${plain}', ${scale})`
}

/** The mean of the two in the middle, which older servers have no function for. */
function median(x: string): string {
  const sorted = `arraySort(groupArray(toFloat64(${x})))`
  const middle = (more: number): string =>
    `${sorted}[intDiv(length(${sorted}) + ${more}, 2)${more === 0 ? ' + 1' : ''}]`
  return `if(length(${sorted}) = 0, null, (${middle(1)} + ${middle(0)}) / 2)`
}

const numberOf = (x: string, places: string): string =>
  places === '0' ? `toInt64(${x})` : `toDecimal128(${x}, ${places})`

/** Between the two nearest values in proportion. */
function percentile(x: string, share: string): string {
  const sorted = `arraySort(groupArray(toFloat64(${x})))`
  const place = `(toFloat64(${share}) * (toInt64(length(${sorted})) - 1))`
  const at = (side: string): string => `${sorted}[greatest(toInt64(${side}(${place})) + 1, 1)]`
  const between = `(${at('ceil')} - ${at('floor')}) * (${place} - floor(${place}))`
  return `if(length(${sorted}) = 0, null, ${at('floor')} + ${between})`
}

/** Parts of the wall-clock, so that the server's zone changes nothing. */
const epochSecond = (day: string, x: string): string =>
  `(toInt64(toInt32(${day})) * 86400 + toHour(${x}) * 3600 + toMinute(${x}) * 60 + toSecond(${x}))`

/** Old and new ClickHouse. What only newer ones have is behind a feature the server was asked for. */
export function clickhouse(features: readonly ServerFeature[]): Dialect {
  const has = (feature: ServerFeature): boolean => features.includes(feature)
  const day = (x: string): string => `${has('wideDays') ? 'toDate32' : 'toDate'}(${x})`
  const functions: Record<SqlFunction, (args: readonly string[]) => string> = {
    // Sums of 64 bits would overflow without a word.
    sum: one((x) => `sum(toDecimal128(${x}, 0))`),
    floatSum: one((x) => `${has('compensatedSums') ? 'sumKahan' : 'sum'}(toFloat64(${x}))`),
    count: one((x) => `count(${x})`),
    countAll: () => 'count()',
    // Of blanks alone older ones say blank.
    countDistinct: one((x) => `ifNull(uniqExact(${x}), 0)`),
    min: one((x) => `min(${x})`),
    max: one((x) => `max(${x})`),
    atSmallest: two((x, y) => `argMin(${x}, ${y})`),
    atLargest: two((x, y) => `argMax(${x}, ${y})`),
    median: one(median),
    percentile: two(percentile),
    floor: one((x) => `toInt64(floor(${x}))`),
    epochSecond: one((x) => epochSecond(day(x), x)),
    epochDay: one((x) => `toInt32(${day(x)})`),
    yearOf: one((x) => `toInt32(toYear(${x}))`),
    monthIndexOf: one((x) => `toInt32(toYear(${x}) * 12 + toMonth(${x}) - 1)`),
    quarterIndexOf: one((x) => `toInt32(toYear(${x}) * 4 + toQuarter(${x}) - 1)`),
    dayOfMonth: one((x) => `toInt32(toDayOfMonth(${x}))`),
    scaledInteger: two((x, factor) => `toInt64(${x} * ${factor})`),
    contains: two((text, sought) => `(position(${text}, ${sought}) > 0)`),
    startsWith: two((text, sought) => `(position(${text}, ${sought}) = 1)`),
    foldCase: one((x) => `replaceAll(lowerUTF8(replaceAll(${x}, 'İ', 'i')), 'ς', 'σ')`),
    textLength: one((x) => `toInt64(lengthUTF8(${x}))`),
    textPattern: unable('patterns of texts'),
    ...ofExtracts,
    coalesce: two((a, b) => `coalesce(${a}, ${b})`),
    integerDivide: two((a, b) => `intDiv(${a}, ${b})`),
    numberOf: two(numberOf),
    placesOf: unable('places of decimals'),
    exactProduct: two((a, b) => `(toDecimal128(${a}, 0) * toDecimal128(${b}, 0))`),
    dayOf: one(day),
  }
  return {
    name: 'clickhouse',
    placeholder: (index, value) => (value === null ? 'null' : `{p${index}:${typeOf(value)}}`),
    sharesParameters: true,
    ...(has('boundValues') ? {} : { literal: clickhouseLiteral }),
    quote: quoteName,
    // A column of the answer would otherwise stand for a column of the table that has its name.
    alias: (name) => `~answer~${name}`,
    cast: castTo,
    exact: exactly,
    namesSelects: false,
    join: 'all left join',
    types: { double: 'Float64', integer: 'Int64', text: 'String' },
    divide: (left, right) => `(toFloat64(${left}) / nullIf(toFloat64(${right}), 0))`,
    rows: clickhouseRows(has('wideDays')),
    momentFormat: momentParts,
    writesMomentFormat: true,
    prepare: undefined,
    materialize: '',
    inline: '',
    nullsLast: 'nulls last',
    functions,
  }
}
