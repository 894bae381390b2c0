/**
 * Parts of row formulas that PostgreSQL itself would raise an error for, or decide by its installation. Each names its argument once
 * and looks at it before it computes: an error in one row would end the statement.
 */
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, two } from './arguments.ts'
import { letterTable } from './letter-table.ts'

const double = (digits: string): string => `cast(${digits} as double precision)`
const room = `1${'0'.repeat(38)}`
const two32 = '4294967296'
const two64 = '18446744073709551616'
const spaces = String.raw`[ \t\r\n\u00A0\u3000]*`
const numberPattern = `^${spaces}([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?)${spaces}$`
const dayPattern = (group: 1 | 2 | 3): string => {
  const digits = ['[0-9]{4}', '[0-9]{1,2}', '[0-9]{1,2}']
  const [year, month, day] = digits.map((text, at) => (at + 1 === group ? `(${text})` : text))
  return `^${spaces}${year}[-/.年]${month}[-/.月]${day}日?${spaces}$`
}

/** Halves go away from zero; the parts of 32 and 64 bits keep every digit, which the server's own cast does not. */
function exactOfDouble(x: string, digits: number): string {
  const most = double(`1e${38 + Math.max(0, -digits)}`)
  const moved = digits < 0 ? `abs(x) / ${double(`1e${-digits}`)}` : `abs(x) * ${double(`1e${digits}`)}` // prettier-ignore
  // Numbers far below one would end in an error of their own when they are divided.
  const size = `select x, case when abs(x) < 1e-30 then 0 when abs(x) <= ${most} then ${moved} end as m from (values (${x})) as a(x)`
  const rounded = `select x, floor(m) + case when m - floor(m) >= 0.5 then 1 else 0 end as n from (${size}) as b`
  const high = `select x, n, floor(n / ${double(two64)}) as h from (${rounded}) as c where n <= ${double('1e38')}`
  const rest = `select x, h, n - h * ${double(two64)} as r from (${high}) as d`
  const middle = `select x, h, r, floor(r / ${double(two32)}) as i from (${rest}) as e`
  const whole = (of: string): string => `cast(cast(${of} as bigint) as numeric)`
  const low = whole(`r - i * ${double(two32)}`)
  return `(select case when x < 0 then -1 else 1 end * (${whole('h')} * ${two64} + ${whole('i')} * ${two32} + ${low}) from (${middle}) as f)`
}

/** Once for all its uses, and only where both are there. */
const floats = (a: string, b: string, cases: string): string =>
  `(select case when a is null or b is null then null ${cases} end from (values (${double(a)}, ${double(b)})) as one(a, b))`

/** Ordinary sizes at once; others by what their logarithms make of it, since the server ends beyond its range either way. */
function scaledFloats(a: string, b: string, op: '*' | '/'): string {
  const ordinary = ['a', 'b'].map((x) => `abs(${x}) between 1e-150 and 1e150`).join(' and ')
  const size = `ln(abs(a)) ${op === '*' ? '+' : '-'} ln(abs(b))`
  const nought = op === '*' ? 'when a = 0 or b = 0 then 0' : 'when b = 0 then null when a = 0 then 0' // prettier-ignore
  const rest = `when ${size} > 709.7827128 then null when ${size} < -744.4 then 0`
  return floats(a, b, `when ${ordinary} then a ${op} b ${nought} ${rest} else a ${op} b`)
}

function added(a: string, b: string, op: '+' | '-'): string {
  const fits = `sign(a) ${op === '+' ? '<>' : '='} sign(b) or abs(a) <= ${double('1.7976931348623157e308')} - abs(b)`
  return floats(a, b, `when ${fits} then a ${op} b`)
}

/** Beyond what a double holds, for roots of negative numbers and for 0 to a negative power there is no number. */
function power(a: string, b: string): string {
  const size = `least(greatest(b, ${double('-1e25')}), ${double('1e25')}) * ln(abs(a))`
  const half = 'power(abs(a), b / 2)'
  const odd = 'a < 0 and b - 2 * floor(b / 2) <> 0'
  const cases = [
    `when b = 0 then ${double('1')}`,
    `when a = 0 then case when b > 0 then ${double('0')} end`,
    'when a < 0 and b <> floor(b) then null',
    `when abs(a) = 1 then ${double('1')} * case when ${odd} then -1 else 1 end`,
    `when ${size} > 709.7827128 then null`,
    `when ${size} < -744 then ${double('0')}`,
    // The server takes what lies below its smallest plain number for an error.
    `when ${size} < -708 then ${half} * ${half} * case when ${odd} then -1 else 1 end`,
  ]
  return floats(a, b, `${cases.join(' ')} else power(a, b)`)
}

function dayText(x: string): string {
  const part = (group: 1 | 2 | 3): string => `cast(substring(v from '${dayPattern(group)}') as integer)` // prettier-ignore
  const parts = `select ${part(1)} as y, ${part(2)} as m, ${part(3)} as d from (values (${x})) as one(v)`
  const last = `extract(day from make_date(y, m, 1) + interval '1 month' - interval '1 day')`
  return `(select case when y >= 1 and m between 1 and 12 then case when d between 1 and ${last} then make_date(y, m, d) end end from (${parts}) as three)`
}

interface Letters {
  /** As a class of the server's patterns: those beyond ASCII. */
  readonly sought: string
  readonly from: string
  readonly to: string
}

function lettersOf(change: (letter: string) => string): Letters {
  const { from, to } = letterTable(change)
  const runs: { first: number; last: number }[] = []
  for (const code of from
    .map((letter) => letter.codePointAt(0) ?? 0)
    .filter((code) => code > 0x7f)) {
    const run = runs.at(-1)
    if (run?.last === code - 1) run.last = code
    else runs.push({ first: code, last: code })
  }
  const sign = String.fromCodePoint
  return {
    sought: runs.map(({ first, last }) => `${sign(first)}-${sign(last)}`).join(''),
    from: from.join(''),
    to: to.join(''),
  }
}

function changing(plain: 'upper' | 'lower', change: (letter: string) => string): RowSpelling {
  let letters: Letters | undefined
  return one((x) => {
    letters ??= lettersOf(change)
    const { sought, from, to } = letters
    // The table is long: only texts with such a letter are looked up in it.
    const cases = `when v ~ '[${sought}]' then translate(v, '${from}', '${to}') else ${plain}(v)`
    return `(select case ${cases} end from (values (cast(${x} as text) collate "C")) as one(v))`
  })
}

export const postgresTried = {
  exactOfDouble: scaled(exactOfDouble),
  power: two(power),
  floatAdd: two((a, b) => added(a, b, '+')),
  floatSubtract: two((a, b) => added(a, b, '-')),
  floatMultiply: two((a, b) => scaledFloats(a, b, '*')),
  ratio: two((a, b) => scaledFloats(a, b, '/')),
  numberText: scaled((x, digits) => {
    const read = `cast(replace(substring(${x} from '${numberPattern}'), ',', '') as numeric)`
    return `(select v from (values (round(${read} * 1${'0'.repeat(digits)}))) as one(v) where abs(v) < ${room})`
  }),
  // There is no narrower arithmetic than this.
  numberTextNarrow: () => 'cast(null as numeric)',
  dayText: one(dayText),
  textOfMoment: two((x, format) => `(to_char(cast(${x} as timestamp), ${format}) collate "C")`),
  upper: changing('upper', (letter) => letter.toUpperCase()),
  lower: changing('lower', (letter) => letter.toLowerCase()),
} satisfies Partial<Record<RowFunction, RowSpelling>>
