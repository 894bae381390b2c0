import type { FormulaError } from '../formula-error.ts'
import type { FormulaScope } from '../scope.ts'
import type { Span, Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import type { Value } from '../value.ts'
import type { ValueType } from '../value-type.ts'

export type FieldTree = Extract<Tree, { kind: 'field' }>
export type CallTree = Extract<Tree, { kind: 'call' }>

export interface CheckContext {
  readonly scope: FormulaScope
  check(tree: Tree): Typed
  /** What a name in brackets stands for in this kind of formula. */
  field(tree: FieldTree): Typed
  /** A call of a function that is not of single rows. */
  other(tree: CallTree): Typed
  /** Notes the error and goes on with a part that fits everywhere, so that one mistake is told once. */
  refuse(error: FormulaError): Typed
}

export function constant(value: Value, type: ValueType, span: Span): Typed {
  return { kind: 'constant', value, type, span }
}
