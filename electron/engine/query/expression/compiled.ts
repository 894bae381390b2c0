import type { ApplyPart } from '../../../../shared/expression/typed.ts'
import { scaleOf } from '../../../../shared/expression/value-type.ts'
import type { Expr } from '../../sql/nodes.ts'
import { call, integer, nothing, param } from '../../sql/nodes.ts'
import { row } from '../../sql/row-functions.ts'

export interface CompileContext {
  /** Epoch day LASTDAY() gives. */
  readonly lastDay: number | null
}

export type Compiled = (args: readonly Expr[], part: ApplyPart, context: CompileContext) => Expr

export const at = (args: readonly Expr[], index: number): Expr => args[index] ?? nothing

/** Digits after the point of an argument. */
export function scaleAt(part: ApplyPart, index: number): number {
  const type = part.args[index]?.type
  return type === undefined ? 0 : scaleOf(type)
}

export function isDoubleAt(part: ApplyPart, index: number): boolean {
  return part.args[index]?.type.kind === 'double'
}

export function isMomentAt(part: ApplyPart, index: number): boolean {
  return part.args[index]?.type.kind === 'timestamp'
}

/** What is written out in the formula: digits, a unit, a pattern. */
export function constantAt(part: ApplyPart, index: number): string {
  const arg = part.args[index]
  return arg?.kind === 'constant' ? String(arg.value ?? '') : ''
}

/** An exact number as a bound value of its type. */
export function exactConstant(value: bigint): Expr {
  return row('exact', [param(String(value))])
}

/** Fewer digits after the point, in narrow arithmetic where that is enough. */
export function nearest(expr: Expr, off: number): Expr {
  const wide = row('nearest', [expr], off)
  return off > mostNarrow ? wide : row('firstOf', [row('nearestNarrow', [expr], off), wide])
}
const mostNarrow = 12

/** More digits after the point, or fewer, rounded to the nearest. */
export function rescaled(expr: Expr, from: number, to: number): Expr {
  if (to === from) return expr
  return to > from ? row('tens', [expr], to - from) : nearest(expr, from - to)
}

export const textLength = (expr: Expr): Expr => call('textLength', expr)
export const zero = integer(0)
