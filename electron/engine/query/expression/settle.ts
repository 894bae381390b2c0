/**
 * Blank has one form at last: null. On the way, text may also be empty and a floating number not finite, since turning
 * either into null names it twice, and twice again at the next step. Operations that give nothing for nothing take them
 * as they are; for all others, and at the end, they are settled.
 */
import type { Operation, Typed } from '../../../../shared/expression/typed.ts'
import type { Expr } from '../../sql/nodes.ts'
import { binary, nothing, param } from '../../sql/nodes.ts'
import { row } from '../../sql/row-functions.ts'

/** Of empty text these make empty text, or nothing; what is not finite stays so. */
const takesLoose: ReadonlySet<Operation> = new Set<Operation>([
  ...(['if', 'ifs'] as const),
  ...(['left', 'right', 'mid', 'len', 'trim', 'upper', 'lower', 'concat', 'substitute', 'value', 'dateValue'] as const),
  ...(['add', 'subtract', 'multiply', 'negate', 'abs', 'percent', 'round'] as const),
]) // prettier-ignore
/** Their results are settled already. */
const givesSettled: ReadonlySet<Operation> = new Set<Operation>([
  ...(['min', 'max', 'coalesce', 'text', 'related'] as const),
])

export function settled(part: Typed, expr: Expr): Expr {
  const loose = part.kind === 'apply' && !givesSettled.has(part.operation)
  if (!loose) return expr
  if (part.type.kind === 'text') {
    return row('cases', [binary('<>', expr, row('typedText', [param('')])), expr, nothing])
  }
  return part.type.kind === 'double' ? row('cases', [row('isFinite', [expr]), expr, nothing]) : expr
}

/** An argument as the operation wants it. */
export function settledFor(operation: Operation, part: Typed, expr: Expr): Expr {
  return takesLoose.has(operation) ? expr : settled(part, expr)
}
