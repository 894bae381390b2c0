/** Aggregates said by simpler ones: a mean is a sum over a count, a condition an IF without otherwise. */
import type { BinaryOperator, Span, Tree } from '../tree.ts'
import type { FunctionId } from '../functions/function-id.ts'
import type { AggregateCall } from './aggregate-leaves.ts'

/** Undefined for those that are simple already. */
export function plainAggregate({ fn, args, span }: AggregateCall): Tree | undefined {
  const call = (name: FunctionId, ...of: readonly Tree[]): Tree => ({
    kind: 'call',
    fn: name,
    args: of,
    span,
  })
  const binary = (op: BinaryOperator, left: Tree, right: Tree): Tree => ({
    ...{ kind: 'binary', op, left, right, span },
  })
  const number = (digits: string): Tree => numberTree(digits, span)
  const [first = number('0'), second = number('0')] = args
  const counted = (of: Tree): Tree =>
    call('sum', call('if', call('isBlank', of), number('0'), number('1')))
  const where = (conditions: readonly Tree[], ...results: readonly Tree[]): Tree => {
    const [only = number('0')] = conditions
    return call('if', conditions.length > 1 ? call('and', ...conditions) : only, ...results)
  }
  switch (fn) {
    case 'count':
      return counted(first)
    case 'average':
      return binary('/', call('sum', first), counted(first))
    case 'weightedAverage': {
      // Rows without a value or without a weight count for nothing.
      const weights = call('if', call('isBlank', first), call('blank'), second)
      return binary('/', call('sum', binary('*', first, second)), call('sum', weights))
    }
    case 'sumIfs':
      return call('sum', where(args.slice(1), first))
    case 'countIfs':
      return call('sum', where(args, number('1'), number('0')))
    case 'averageIfs':
      return call('average', where(args.slice(1), first))
    case 'distinctCountIfs':
      return call('distinctCount', where(args.slice(1), first))
    case 'sum':
    case 'countRows':
    case 'distinctCount':
    case 'minimum':
    case 'maximum':
    case 'median':
    case 'percentile':
      return undefined
  }
}

const numberTree = (digits: string, span: Span): Tree => ({ kind: 'number', digits, span })
