import type { LogicFunction } from '../../../../shared/expression/functions/function-id.ts'
import type { OperatorOperation } from '../../../../shared/expression/typed.ts'
import type { BinaryOperator, Expr } from '../../sql/nodes.ts'
import { all, any, binary, isNull, not, nothing } from '../../sql/nodes.ts'
import { row } from '../../sql/row-functions.ts'
import type { Compiled } from './compiled.ts'
import { at } from './compiled.ts'

/** A blank condition counts as false. */
const isTrue = (expr: Expr): Expr => row('isTrue', [expr])
const same = (a: Expr, b: Expr): Expr => row('same', [a, b])

const ordered =
  (op: BinaryOperator): Compiled =>
  (args) =>
    isTrue(binary(op, at(args, 0), at(args, 1)))

/** Pairs of condition and result, then what is left, if anything is. */
function cases(args: readonly Expr[], test: (expr: Expr) => Expr): Expr {
  const pairs = args.length - (args.length % 2)
  const tested = args.slice(0, pairs).map((arg, index) => (index % 2 === 0 ? test(arg) : arg))
  return row('cases', [...tested, args.length % 2 === 1 ? at(args, pairs) : nothing])
}

type Comparison = Extract<
  OperatorOperation,
  'equal' | 'unequal' | 'less' | 'atMost' | 'more' | 'atLeast'
>

export const compileLogic: Readonly<Record<LogicFunction | Comparison, Compiled>> = {
  equal: (args) => row('same', args),
  unequal: (args) => not(row('same', args)),
  less: ordered('<'),
  atMost: ordered('<='),
  more: ordered('>'),
  atLeast: ordered('>='),
  if: (args) => cases(args, isTrue),
  ifs: (args) => cases(args, isTrue),
  switch: (args) => cases(args.slice(1), (option) => same(at(args, 0), option)),
  and: (args) => all(args.map(isTrue)),
  or: (args) => any(args.map(isTrue)),
  not: (args) => not(isTrue(at(args, 0))),
  isBlank: (args) => isNull(at(args, 0)),
  coalesce: (args) => row('firstOf', args),
  blank: () => nothing,
  // The field is a column of the joined row already.
  related: (args) => at(args, 0),
  in: (args) => any(args.slice(1).map((option) => same(at(args, 0), option))),
  between: (args) =>
    isTrue(all([binary('>=', at(args, 0), at(args, 1)), binary('<=', at(args, 0), at(args, 2))])),
}
