/** A formula as written: what the parser makes, the printer writes and the checker types. */
import type { FunctionId } from './functions/function-id.ts'

/** From the first character up to but without `to`, in UTF-16 units as editors count them. */
export interface Span {
  readonly from: number
  readonly to: number
}

export const binaryOperators = [
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  '&',
  '+',
  '-',
  '*',
  '/',
  '^',
] as const
export type BinaryOperator = (typeof binaryOperators)[number]

/** Parentheses are not kept: the printer sets those that are needed. */
export type Tree =
  /** Digits with an optional point; a sign is an operator of its own. */
  | { readonly kind: 'number'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  /** `region` or `shops.region`, as it stands between the brackets. */
  | { readonly kind: 'field'; readonly name: string; readonly span: Span }
  /** `@rate`: a value given with the question. */
  | { readonly kind: 'parameter'; readonly name: string; readonly span: Span }
  | { readonly kind: 'negate' | 'percent'; readonly of: Tree; readonly span: Span }
  | {
      readonly kind: 'binary'
      readonly op: BinaryOperator
      readonly left: Tree
      readonly right: Tree
      readonly span: Span
    }
  | {
      readonly kind: 'call'
      readonly fn: FunctionId
      readonly args: readonly Tree[]
      readonly span: Span
    }

/** The parts directly below. */
export function partsOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'number':
    case 'text':
    case 'boolean':
    case 'field':
    case 'parameter':
      return []
    case 'negate':
    case 'percent':
      return [tree.of]
    case 'binary':
      return [tree.left, tree.right]
    case 'call':
      return tree.args
  }
}
