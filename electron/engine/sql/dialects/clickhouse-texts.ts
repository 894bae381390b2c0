/**
 * Numbers, moments and letters as texts in ClickHouse, whose old servers write large numbers with NULs, know no padding, and
 * change letters by the tables of their system.
 */
import type { DatePart, DatePiece } from '../../../../shared/expression/functions/text-pattern.ts'
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, three, two } from './arguments.ts'
import { bound, boundAs } from './clickhouse-exact.ts'
import { letterTable } from './letter-table.ts'

const exact = (digits: string): string => `toDecimal128('${digits}', 0)`
const quoted = (text: string): string =>
  `'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll('\u0000', '\\0')}'`
const characters = (x: string): string => `extractAll(${x}, '(?s).')`
const spaces = String.raw`[ \\t\\r\\n\\x{00A0}\\x{3000}]*`
const numberPattern = `^${spaces}([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?)${spaces}$`

/** Thirteen digits at a time: what the server writes well. */
const piece = 1e13
const pieces = exact(String(piece))

/** All 39 digits, noughts in front included. */
function digitsOf(x: string): string {
  const written = (of: string): string => `substring(toString(toInt64(${of}) + ${piece}), 2)`
  const rest = (of: string): string => `${of} - ${of} / ${pieces} * ${pieces}`
  const high = `(n / ${pieces})`
  const parts = [`${high} / ${pieces}`, rest(high), rest('n')].map(written)
  return boundAs(['n'], `concat(${parts.join(', ')})`, [x])
}

/** With so many digits after the point. */
function fixedText(x: string, digits: number): string {
  const point = digits === 0 ? '' : `([0-9]{${digits}})`
  const by = digits === 0 ? String.raw`\\1` : String.raw`\\1.\\2`
  const size = `replaceRegexpOne(${digitsOf('abs(v)')}, '^0*([0-9]+)${point}$', '${by}')`
  return bound(`if(isNull(v), null, concat(if(v < ${exact('0')}, '-', ''), ${size}))`, x) // prettier-ignore
}

/** Without noughts after the last digit, and without a point that would then be the last sign. */
const plainText = (x: string, digits: number): string =>
  digits === 0 ? fixedText(x, 0) : `replaceRegexpOne(${fixedText(x, digits)}, '[.]?0*$', '')`

/** Read by its digits, of which only as many reach the server's own reading as it has room for: more would be an error. */
function numberText(x: string, digits: number): string {
  const found = `replaceAll(extract(ifNull(${x}, ''), '${numberPattern}'), ',', '')`
  const before = `replaceRegexpOne(extract(v, '^[+-]?([0-9]+)'), '^0+', '')`
  const after = `concat(extract(v, '[.]([0-9]+)'), '${'0'.repeat(digits + 1)}')`
  const shown = `concat(${before}, substring(${after}, 1, ${digits}))`
  const fits = `v <> '' and length(${before}) <= ${38 - digits}`
  const read = `toDecimal128(if(${fits}, concat('0', ${shown}), '0'), 0)`
  const rounded = `${read} + if(substring(${after}, ${digits + 1}, 1) >= '5', ${exact('1')}, ${exact('0')})` // prettier-ignore
  const size = boundAs(['n'], `if(n <= ${exact('9'.repeat(38))}, n, null)`, [rounded])
  return bound(`if(${fits}, if(startsWith(v, '-'), -${size}, ${size}), null)`, found)
}

/** Blank only where the text is. */
function padLeft(x: string, length: string, fill: string): string {
  const missing = `ifNull(toInt64(w), 0) - toInt64(lengthUTF8(ifNull(v, '')))`
  const signs = characters(`ifNull(u, '')`)
  // Computed for texts that need none of it as well, and for a filling without signs.
  const sign = `${signs}[i % greatest(length(${signs}), 1) + 1]`
  const padding = `arrayStringConcat(arrayMap(i -> ${sign}, range(toUInt64(greatest(${missing}, 0)))))`
  const known = 'isNotNull(v) and isNotNull(w) and isNotNull(u)'
  return bound(`if(${known}, concat(${padding}, ifNull(v, '')), null)`, x, length, fill)
}

const partFunctions: Readonly<Record<DatePart, string>> = {
  ...{ year: 'toYear', month: 'toMonth', day: 'toDayOfMonth' },
  ...{ hour: 'toHour', minute: 'toMinute', second: 'toSecond' },
}

function written(piece: DatePiece): string {
  if (piece.kind === 'literal') return quoted(piece.text)
  const number = `toString(${partFunctions[piece.part]}(v))`
  // No day of this server has a year of fewer digits than four.
  if (!piece.padded || piece.part === 'year') return number
  return `concat(if(length(${number}) < 2, '0', ''), ${number})`
}

/** The parts of \`v\` behind each other, with an empty text at the end: the server joins two at least. */
export const momentParts = (of: readonly DatePiece[]): string =>
  `concat(${[...of.map(written), "''"].join(', ')})`

/** Letters by our own table: the server's would differ with what it was built with. */
function changing(plain: 'upper' | 'lower', change: (letter: string) => string): RowSpelling {
  let table: string | undefined
  return one((x) => {
    table ??= letterLists(change)
    const changed = `arrayStringConcat(arrayMap(c -> transform(c, ${table}, c), ${characters(`ifNull(v, '')`)}))`
    const foreign = `match(ifNull(v, ''), '[^\\\\x00-\\\\x7F]')`
    return bound(`if(isNull(v), null, if(${foreign}, ${changed}, ${plain}(ifNull(v, ''))))`, x)
  })
}

function letterLists(change: (letter: string) => string): string {
  const { from, to } = letterTable(change)
  const list = (letters: readonly string[]): string => `[${letters.map(quoted).join(', ')}]`
  return `${list(from)}, ${list(to)}`
}

export const clickhouseTexts = {
  textOfExact: scaled(plainText),
  textOfNumber: scaled(fixedText),
  textOfMoment: two((x, parts) => bound(parts, x)),
  numberText: scaled(numberText),
  // There is no narrower arithmetic than this.
  numberTextNarrow: () => 'cast(null as Nullable(Decimal(38, 0)))',
  padLeft: three(padLeft),
  upper: changing('upper', (letter) => letter.toUpperCase()),
  lower: changing('lower', (letter) => letter.toLowerCase()),
} satisfies Partial<Record<RowFunction, RowSpelling>>
