/** A formula after the check: every part has a type, and every change of type is a part of its own. */
import type { RowFunctionId } from './functions/function-id.ts'
import type { FieldPlace } from './scope.ts'
import type { Span } from './tree.ts'
import type { Value } from './value.ts'
import type { ValueType } from './value-type.ts'

/** What operators do. Two exact operands of all but `multiply` and `divide` have one scale; so have compared ones. */
export const operatorOperations = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'negate',
  'percent',
  'equal',
  'unequal',
  'less',
  'atMost',
  'more',
  'atLeast',
] as const
export type OperatorOperation = (typeof operatorOperations)[number]
export type Operation = OperatorOperation | RowFunctionId

interface TypedBase {
  readonly type: ValueType
  readonly span: Span
}
export interface ConstantPart extends TypedBase {
  readonly kind: 'constant'
  readonly value: Value
}
export interface FieldPart extends TypedBase {
  readonly kind: 'field'
  readonly place: FieldPlace
}
export interface ApplyPart extends TypedBase {
  readonly kind: 'apply'
  readonly operation: Operation
  readonly args: readonly Typed[]
}
/** To a type that loses nothing of `of`, but for exact numbers that become floating beside floating ones. */
export interface ConvertPart extends TypedBase {
  readonly kind: 'convert'
  readonly of: Typed
}
export type Typed = ConstantPart | FieldPart | ApplyPart | ConvertPart
