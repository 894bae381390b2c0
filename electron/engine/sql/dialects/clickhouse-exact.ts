/**
 * Exact arithmetic of row formulas in ClickHouse, whose decimals of 38 digits overflow with an error in old servers and
 * without a word in new ones: what has no room is blank before it is computed. What is named more than once is bound by a
 * lambda over a list of one, which the oldest servers know as well.
 */
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, scaled, two } from './arguments.ts'

const widest = 38
const tens = (digits: number): string => `1${'0'.repeat(digits)}`
const exact = (digits: string): string => `toDecimal128('${digits}', 0)`
const [zero, first, five, ten] = ['0', '1', '5', '10'].map(exact)
const most = exact('9'.repeat(widest))

/** The body with `v`, `w` and `u` for the values in their order, each computed once. */
export const bound = (body: string, ...values: readonly string[]): string =>
  boundAs(['v', 'w', 'u'], body, values)

/** Within another binding: old servers know parts by their text, so that a name must not stand for two things. */
export function boundAs(names: readonly string[], body: string, values: readonly string[]): string {
  const known = names.slice(0, values.length).join(', ')
  return `arrayMap((${known}) -> ${body}, ${values.map((value) => `[${value}]`).join(', ')})[1]`
}

/** Written out where that is short: the server computes equal parts once, and a list costs many times more. */
const shortest = 600

function within(op: '+' | '-' | '*'): RowSpelling {
  return two((a, b) => {
    const build = (v: string, w: string): string => {
      const fits = `abs(toFloat64(${v}) ${op} toFloat64(${w})) < 1.1e38`
      const result = `(if(${fits}, ${v}, ${zero}) ${op} ${w})`
      return `if(${fits} and abs(${result}) <= ${most}, ${result}, null)`
    }
    // Only of a product can the result of what was put in its place overflow: nought has none.
    return a.length + b.length < shortest ? build(a, b) : bound(build('v', 'w'), a, b)
  })
}

function moved(x: string, digits: number): string {
  if (digits === 0) return x
  const limit = exact(tens(widest - digits))
  const fits = `abs(v) < ${limit}`
  return bound(`if(${fits}, if(${fits}, v, ${zero}) * ${exact(tens(digits))}, null)`, x)
}

const cutOff = (x: string, digits: number): string =>
  digits > widest ? `(${x} * ${zero})` : `(${x} / ${exact(tens(digits))})`

/** Cut to one digit more than is kept, which no half is lost by. */
const nearest = (x: string, digits: number): string =>
  digits === 0
    ? x
    : bound(`(if(v < ${zero}, v - ${five}, v + ${five}) / ${ten})`, digits === 1 ? x : cutOff(x, digits - 1)) // prettier-ignore

/** Towards the side by whole steps: what is cut away counts as one of them. */
const stepped =
  (sign: '<' | '>', op: '-' | '+') =>
  (x: string, digits: number): string => {
    const step = exact(tens(digits))
    return bound(`(v / ${step} ${op} if(v ${sign} v / ${step} * ${step}, ${first}, ${zero}))`, x)
  }

/** Blank for a divisor of zero, which stands behind blanks as well and would be an error there. */
const divisor = `ifNull(if(w = ${zero}, ${first}, w), ${first})`
const quotient = (a: string, b: string): string =>
  bound(`if(isNull(w) or w = ${zero}, null, v / ${divisor})`, a, b)

const two64 = "toFloat64('18446744073709551616')"
const two32 = "toFloat64('4294967296')"

/** Halves go away from zero; by parts of 32 and 64 bits, each of them exact. */
function exactOfDouble(x: string, digits: number): string {
  const moved = digits < 0 ? `abs(v) / 1e${-digits}` : `abs(v) * 1e${digits}`
  const rounded = bound('floor(v) + if(v - floor(v) >= 0.5, 1, 0)', bound(moved, x))
  // Behind a blank the server computes as well, with whatever stands there.
  const size = 'ifNull(w, 0)'
  const high = `floor(${size} / ${two64})`
  const rest = `(${size} - ${high} * ${two64})`
  const middle = `floor(${rest} / ${two32})`
  const whole = (of: string): string => `toDecimal128(toInt64(${of}), 0)`
  const parts = [
    `${whole(high)} * ${exact('18446744073709551616')}`,
    `${whole(middle)} * ${exact('4294967296')}`,
    whole(`${rest} - ${middle} * ${two32}`),
  ].join(' + ')
  const fitting = bound('if(v <= 1e38, v, null)', rounded)
  return bound(`if(isNull(w), null, if(v < 0, -(${parts}), ${parts}))`, x, fitting)
}

/** Blanks are left out, whatever the server makes of them. */
const extreme =
  (first: '<=' | '>='): RowSpelling =>
  (args) =>
    args.reduce((a, b) => bound(`if(isNull(v), w, if(isNull(w) or v ${first} w, v, w))`, a, b))

export const clickhouseExact = {
  add: within('+'),
  subtract: within('-'),
  multiply: within('*'),
  tens: scaled(moved),
  cutOff: scaled(cutOff),
  floorOff: scaled(stepped('<', '-')),
  ceilOff: scaled(stepped('>', '+')),
  nearest: scaled(nearest),
  // There is no narrower arithmetic than this.
  nearestNarrow: () => 'cast(null as Nullable(Decimal(38, 0)))',
  divided: ([a = 'null', b = 'null'], digits) => nearest(quotient(moved(a, digits), b), 1),
  rest: two((a, b) =>
    bound(`if(isNull(w) or w = ${zero}, null, v - v / ${divisor} * ${divisor})`, a, b),
  ),
  sign: one((x) =>
    bound(`if(isNull(v), null, toDecimal128(if(v > 0, 1, if(v < 0, -1, 0)), 0))`, x),
  ),
  exactOfDouble: scaled(exactOfDouble),
  least: extreme('<='),
  greatest: extreme('>='),
} satisfies Partial<Record<RowFunction, RowSpelling>>
