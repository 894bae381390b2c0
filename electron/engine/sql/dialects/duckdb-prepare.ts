import type { PrepareFunction } from '../prepare-functions.ts'
import type { RowSpelling } from '../row-functions.ts'
import { one, scaled } from './arguments.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** U+FF01 to U+FF5E stand 0xFEE0 above ASCII; the ideographic space is apart. */
const ascii = Array.from({ length: 94 }, (_, place) => 0x21 + place)
const fullWidth = quoted(String.fromCharCode(0x3000, ...ascii.map((code) => code + 0xfee0)))
const halfWidth = quoted(String.fromCharCode(0x20, ...ascii))

/** Every Unicode space and line end, the zero-width space and the byte order mark, as a class of the engine's patterns. */
const space = String.raw`[\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]`

/** The engine builds the whole table of signs for every row it translates: rows without such a sign are left alone. */
const half = (x: string): string =>
  String.raw`(case when regexp_matches(${x}, '[\x{3000}\x{ff01}-\x{ff5e}]') then translate(${x}, ${fullWidth}, ${halfWidth}) else ${x} end)`
/** Plain `trim` takes spaces alone: a tab or a line's end beside a code would part it from its like. */
const keySpace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'
/** A text as keys of relationships are compared. */
export const trimmedKey = (text: string): string => `trim(${text}, ${quoted(keySpace)})`
const ends = (x: string): string => `regexp_replace(${x}, '^${space}+|${space}+$', '', 'g')`
const none = (x: string): string => `regexp_replace(${x}, '${space}+', '', 'g')`
const clean = (x: string): string => ends(half(x))
const matches = (x: string, pattern: string): string => `regexp_matches(${x}, ${quoted(pattern)})`

const digitsOnly = (x: string): string =>
  `regexp_replace(${half(x)}, '${space}+|[-().·_/]', '', 'g')`
function phone(x: string): string {
  const digits = digitsOnly(x)
  const mobile = matches(digits, '^(?:[+]|00)?861[0-9]{10}$')
  const number = matches(digits, '^[+]?[0-9]{5,20}$')
  return `(case when ${mobile} then right(${digits}, 11) when ${number} then ${digits} else ${x} end)`
}
const identity = (x: string): string => `upper(regexp_replace(${none(half(x))}, '^[''\x60]+', ''))`

const signs = '[¥￥$€£]'
const grouped = '[0-9]{1,3}(?:,[0-9]{3})+'
const exactPattern = `^[+-]?${signs}?(?:(?:${grouped}|[0-9]{1,26})(?:[.][0-9]{0,12})?|[.][0-9]{1,12})$`
const numberPattern = `^[+-]?${signs}?(?:(?:${grouped}|[0-9]+)(?:[.][0-9]*)?|[.][0-9]+)$`
const numberAs = (x: string, pattern: string, type: string): string => {
  const text = clean(x)
  const plain = `regexp_replace(${text}, '[,+¥￥$€£]', '', 'g')`
  return `(case when ${matches(text, pattern)} then try_cast(${plain} as ${type}) end)`
}

const largestWhole = '9007199254740991'
const wholeWithin = (x: string): string =>
  `(case when ${x} between -${largestWhole} and ${largestWhole} and ${x} = trunc(${x}) then cast(${x} as bigint) end)`
const exactAs = (x: string, digits: number): string => {
  const cast = `try_cast(${x} as decimal(38, ${digits}))`
  return `(case when ${cast} = ${x} then ${cast} end)`
}

/** Year, month and day as groups; how the first and third stand is the order asked for. */
const yearFirst = [
  String.raw`^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?`,
  '^([0-9]{4})([0-9]{2})([0-9]{2})',
] as const
const yearLast = '^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})'
const clock = '(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:[.][0-9]+)?)?$'
/** By `digits`: 0 the year first alone, 1 also the day first, 2 also the month first. */
const dateForms = (order: number): readonly (readonly [pattern: string, day: string])[] => [
  ...yearFirst.map((pattern) => [pattern, String.raw`\1-\2-\3`] as const),
  ...(order === 0 || order === 3 ? [] : [[yearLast, order === 1 ? String.raw`\3-\2-\1` : String.raw`\3-\1-\2`] as const]),
] // prettier-ignore

const fourDigitDay = (x: string): string =>
  `(case when ${x} between date '0001-01-01' and date '9999-12-31' then ${x} end)`
const dayOfText: RowSpelling = scaled((x, order) => {
  const text = clean(x)
  const cases = dateForms(order).map(([pattern, day]) => {
    const whole = quoted(pattern + clock)
    return `when regexp_matches(${text}, ${whole}) then try_cast(regexp_replace(${text}, ${whole}, '${day}') as date)`
  })
  return fourDigitDay(`(case ${cases.join(' ')} end)`)
})
const momentOfText: RowSpelling = scaled((x, order) => {
  const text = clean(x)
  const cases = dateForms(order).map(([pattern, day]) => {
    const whole = quoted(pattern + clock)
    const part = (group: number): string =>
      `cast(coalesce(nullif(regexp_extract(${text}, ${whole}, ${group}), ''), '0') as integer)`
    const seconds = `${part(4)} * 3600 + ${part(5)} * 60 + ${part(6)}`
    const possible = `${part(4)} < 24 and ${part(5)} < 60 and ${part(6)} < 60`
    const from = `try_cast(regexp_replace(${text}, ${whole}, '${day}') as date)`
    return `when regexp_matches(${text}, ${whole}) then (case when ${possible} then ${from} + to_seconds(${seconds}) end)`
  })
  return `(case ${cases.join(' ')} end)`
})
const dayOfWhole = (x: string): string => {
  const compact = `try_cast(concat(${x} // 10000, '-', ${x} // 100 % 100, '-', ${x} % 100) as date)`
  // The day 0 of a workbook is 1899-12-30.
  const serial = `(date '1899-12-30' + cast(${x} as integer))`
  const month = `${x} between 190001 and 209912 and ${x} % 100 between 1 and 12`
  const first = `try_cast(concat(${x} // 100, '-', ${x} % 100, '-1') as date)`
  return `(case when ${x} between 20000 and 79999 then ${serial} when ${month} then ${first} when ${x} between 10000101 and 99991231 then ${fourDigitDay(compact)} end)`
}
const booleanOfText = (x: string): string =>
  `(case when lower(${clean(x)}) in ('true', 'yes', 'y', 't', '1', '是', '真') then true when lower(${clean(x)}) in ('false', 'no', 'n', 'f', '0', '否', '假') then false end)`

/** Zeros behind the point of a whole double are no digits of it. */
const textOfDouble = (x: string): string => `regexp_replace(cast(${x} as varchar), '[.]0$', '')`

export const duckdbPrepare: Readonly<Record<PrepareFunction, RowSpelling>> = {
  filled: one((x) => `nullif(${x}, '')`),
  halfWidth: one(half),
  spaceEnds: one(ends),
  spaceSingle: one((x) => `regexp_replace(${ends(x)}, '${space}+', ' ', 'g')`),
  spaceNone: one(none),
  phone: one(phone),
  identity: one(identity),
  splitPart: ([x = 'null', by = 'null'], part) => `split_part(${x}, ${by}, ${part})`,
  splitRest: ([x = 'null', by = 'null'], part) =>
    `array_to_string(string_split(${x}, ${by})[${part}:], ${by})`,
  after: scaled((x, place) => `substring(${x}, ${place})`),
  joined: (args) => `concat_ws(${args.join(', ')})`,
  wholeLiteral: one((x) => `cast(${x} as bigint)`),
  decimalLiteral: scaled((x, digits) => `cast(${x} as decimal(38, ${digits}))`),
  textOfDouble: one(textOfDouble),
  textOfDay: one((x) => `strftime(${x}, '%Y-%m-%d')`),
  textOfMoment: one((x) => `strftime(${x}, '%Y-%m-%dT%H:%M:%S')`),
  numberOfText: one((x) => numberAs(x, exactPattern, 'decimal(38, 12)')),
  doubleOfText: one((x) => numberAs(x, numberPattern, 'double')),
  wholeOfDecimal: one(wholeWithin),
  wholeOfDouble: one(wholeWithin),
  decimalOfDecimal: scaled(exactAs),
  // By the shortest digits that are this double: 0.1 is one tenth.
  decimalOfDouble: scaled((x, digits) => exactAs(`try_cast(cast(${x} as varchar) as decimal(38, 12))`, digits)),
  // By its shortest digits, as above: a number of more digits than it holds would be another one.
  doubleOfNumber: scaled((x, digits) => `(case when try_cast(cast(cast(${x} as double) as varchar) as decimal(38, ${digits})) = ${x} then cast(${x} as double) end)`),
  wholeOfBoolean: one((x) => `cast(${x} as bigint)`),
  finite: one((x) => `(case when isfinite(${x}) then ${x} end)`),
  dayOfText,
  momentOfText,
  dayOfWhole: one(dayOfWhole),
  booleanOfText: one(booleanOfText),
  booleanOfNumber: one((x) => `(case when ${x} = 1 then true when ${x} = 0 then false end)`),
  writtenNumber: one((x) => `written_number(${x})`),
  writtenSecond: ([x = 'null', zone = 'null'], order) => `written_second(${x}, ${order}, coalesce(${zone}, 0))`,
  writtenZone: scaled((x, order) => `written_zone(${x}, ${order})`),
  // Few texts are worth being read for it.
  mayNameZone: one((x) => `regexp_matches(${x}, '[:：].*(?:[A-Za-z]|[+＋−-])')`),
  rounded: scaled((x, digits) => `cast(round(${x}, ${digits}) as decimal(38, ${digits}))`),
  each: (args) => `unnest([${args.join(', ')}])`,
  keyText: one((x) => trimmedKey(`cast(${x} as varchar)`)),
  asDouble: one((x) => `cast(${x} as double)`),
  unscaled: scaled((x, digits) => `cast(cast(${x} * 1${'0'.repeat(digits)} as bigint) as double)`),
} // prettier-ignore
