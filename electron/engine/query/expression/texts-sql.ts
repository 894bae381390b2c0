import type { TextFunction } from '../../../../shared/expression/functions/function-id.ts'
import type { ValuePattern } from '../../../../shared/expression/functions/text-pattern.ts'
import { readPattern } from '../../../../shared/expression/functions/text-pattern.ts'
import { longestInsert, longestText } from '../../../../shared/expression/limits.ts'
import type { Expr } from '../../sql/nodes.ts'
import { any, binary, call, integer, isNull, param, when } from '../../sql/nodes.ts'
import { row } from '../../sql/row-functions.ts'
import type { Compiled } from './compiled.ts'
import { at, constantAt, rescaled, scaleAt, textLength, zero } from './compiled.ts'

const text = (value: string): Expr => row('typedText', [param(value)])
const cut = (expr: Expr): Expr => row('cut', [expr], longestText)
const inserted = (expr: Expr): Expr => row('cut', [row('orEmpty', [expr])], longestInsert)
const farAway = 1_000_000
/** From 0; blank counts as 0. */
const countOf = (expr: Expr): Expr => row('clamped', [expr, zero, integer(farAway)])
/** Blank below 1. */
const placeOf = (expr: Expr): Expr => row('fromOne', [countOf(expr)], farAway)

const plus = (a: Expr, b: Expr): Expr => binary('+', a, b)
const minus = (a: Expr, b: Expr): Expr => binary('-', a, b)

const changed =
  (fn: 'upper' | 'lower' | 'trim'): Compiled =>
  (args) =>
    row(fn, args)
const isTrue = (expr: Expr): Expr => row('isTrue', [expr])

const ofEnd =
  (fn: 'left' | 'right'): Compiled =>
  (args, part) => {
    const count = part.args.length > 1 ? countOf(at(args, 1)) : integer(1)
    return row(fn, [at(args, 0), count])
  }

const replace: Compiled = (args) => {
  const [value, start, count] = [at(args, 0), placeOf(at(args, 1)), countOf(at(args, 2))]
  const rest = row('mid', [value, plus(start, count), integer(2 * farAway)])
  const before = row('left', [value, minus(start, integer(1))])
  const made = cut(row('concat', [before, inserted(at(args, 3)), rest]))
  return when(any([isNull(value), isNull(start)]), text0, made)
}

const text0 = row('typedText', [param(null)])

const padLeft: Compiled = (args) => {
  const [value, fill] = [at(args, 0), at(args, 2)]
  const length = row(
    'bounded',
    [row('clamped', [at(args, 1), zero, integer(longestInsert + 1)])],
    longestInsert,
  )
  const stays = any([isNull(fill), binary('>=', textLength(value), length)])
  return when(stays, value, row('padLeft', [value, length, fill]))
}

function patternedNumber(
  value: Expr,
  scale: number,
  pattern: Extract<ValuePattern, { kind: 'number' }>,
): Expr {
  const hundredfold = pattern.percent && scale < 2 ? row('tens', [value], 2 - scale) : value
  const from = pattern.percent ? Math.max(0, scale - 2) : scale
  const rounded = rescaled(hundredfold, from, pattern.decimals)
  const sign = pattern.percent ? [text('%')] : []
  if (pattern.whole === 1) return joined(row('textOfNumber', [rounded], pattern.decimals), sign)
  const width = integer(pattern.whole + (pattern.decimals > 0 ? pattern.decimals + 1 : 0))
  const digits = row('textOfNumber', [row('abs', [rounded])], pattern.decimals)
  const wide = when(
    binary('>=', textLength(digits), width),
    digits,
    row('padLeft', [digits, width, text('0')]),
  )
  return when(binary('<', rounded, zero), joined(text('-'), [wide, ...sign]), joined(wide, sign))
}

/** Blank stays blank, which plain joining would not do. */
function joined(first: Expr, others: readonly Expr[]): Expr {
  if (others.length === 0) return first
  const parts = [first, ...others]
  return when(any(parts.map(isNull)), text0, row('concat', parts))
}

export const compileTexts: Readonly<Record<TextFunction, Compiled>> = {
  left: ofEnd('left'),
  right: ofEnd('right'),
  mid: (args) => row('mid', [at(args, 0), placeOf(at(args, 1)), countOf(at(args, 2))]),
  len: (args) => row('exact', [textLength(row('orEmpty', args))]),
  trim: changed('trim'),
  upper: changed('upper'),
  lower: changed('lower'),
  concat: (args) => cut(row('concat', args)),
  substitute: (args) =>
    cut(row('substitute', [at(args, 0), row('orEmpty', [at(args, 1)]), inserted(at(args, 2))])),
  replace,
  contains: (args) => isTrue(call('contains', ...args)),
  startsWith: (args) => isTrue(call('startsWith', ...args)),
  endsWith: (args) => isTrue(row('endsWith', args)),
  find: (args) => row('exact', [row('place', [at(args, 1), at(args, 0)])]),
  textBefore: (args) => row('left', [at(args, 0), minus(row('place', args), integer(1))]),
  textAfter: (args) => {
    const from = plus(row('place', args), textLength(at(args, 1)))
    return row('mid', [at(args, 0), from, integer(2 * farAway)])
  },
  padLeft,
  text: (args, part) => {
    const pattern = readPattern(constantAt(part, 1))
    if (pattern === undefined) throw new Error('the check lets patterns through only')
    if (pattern.kind === 'number') return patternedNumber(at(args, 0), scaleAt(part, 0), pattern)
    return row('textOfMoment', [at(args, 0), { kind: 'momentFormat', pieces: pattern.pieces }])
  },
}
