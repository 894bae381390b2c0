import type { TopN } from '../../../shared/query/report-query.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import {
  all,
  any,
  binary,
  call,
  column,
  integer,
  isNull,
  not,
  scalar,
  select,
} from '../sql/nodes.ts'
import type { QueryPlan } from './plan.ts'
import { measureColumn } from './planned-keys.ts'

/**
 * The statement of a ranking with one dimension, cut by the engine to the groups that can be among the kept ones, ties at
 * the end included: a million customers are ranked, twenty travel. A mean is divided outside the engine and stays whole.
 */
export function rankedLeaf(plan: QueryPlan, top: TopN): Select {
  const value = plan.keys.length === 1 ? rankedColumn(plan) : undefined
  if (value === undefined || plan.leaf.with || plan.leaf.unionAll) return plan.leaf
  const of = (name: string): Expr => column('g', name)
  const from = { from: { kind: 'named' as const, name: 'grouped' }, as: 'g' }
  const best = select({
    ...from,
    columns: [{ expr: of(value), as: value }],
    where: not(isNull(of(value))),
    orderBy: [{ by: of(value), descending: top.direction !== 'lowest' }],
    limit: top.count,
  })
  const ofBest = (fn: 'min' | 'max' | 'count'): Expr =>
    scalar(
      select({
        columns: [{ expr: call(fn, column('b', value)), as: 'edge' }],
        from: { kind: 'named', name: 'best' },
        as: 'b',
      }),
    )
  const atLeast =
    top.direction === 'lowest'
      ? binary('<=', of(value), ofBest('max'))
      : binary('>=', of(value), ofBest('min'))
  // Blank values rank last: they are needed only when there are too few others.
  const fillsUp = all([isNull(of(value)), binary('<', ofBest('count'), integer(top.count))])
  return select({
    ...from,
    with: [
      { name: 'grouped', select: { ...plan.leaf, limit: null } },
      { name: 'best', select: best },
    ],
    columns: plan.leaf.columns.map(({ as }) => ({ expr: of(as), as })),
    where: any([atLeast, fillsUp]),
    limit: plan.leaf.limit,
  })
}

function rankedColumn(plan: QueryPlan): string | undefined {
  const [measure] = plan.measures
  switch (measure?.kind) {
    case 'rowCount':
      return 'n'
    case 'exactSum':
    case 'floatSum':
    case 'extreme':
      return measureColumn(0)
    case 'perLevel':
      // Rounded outside the engine, so that only there equal ones are equal.
      return measure.decimals === undefined ? measureColumn(0) : undefined
    case 'mean':
    case 'bits':
    case 'balance':
    case undefined:
      return undefined
  }
}
