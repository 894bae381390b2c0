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
  rankOver,
  scalar,
  select,
} from '../sql/nodes.ts'
import type { Dialect } from '../sql/printer.ts'
import type { QueryPlan } from './plan.ts'
import { keyName, measureColumn, restName } from './planned-keys.ts'

/**
 * The statement of a ranking, cut by the engine to the groups that can be among the kept ones of their parent, ties at the
 * end included: a million customers are ranked, twenty travel. A mean is divided outside the engine and stays whole.
 */
export function rankedLeaf(
  plan: QueryPlan,
  top: TopN,
  { picksNth }: Pick<Dialect, 'picksNth'>,
): Select {
  const value = rankedColumn(plan)
  if (value === undefined || plan.leaf.with || plan.leaf.unionAll) return plan.leaf
  if (plan.keys.length > 1) {
    const parents = plan.keys.slice(0, -1)
    const coded = parents.every(({ key }) => key.kind === 'code')
    return picksNth && coded && top.count <= mostPicked
      ? bestInParents(plan, value, top)
      : rankedInParents(plan, value, top)
  }
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

/** More of them are better sorted. */
const mostPicked = 1000
/** No text has it as its code. */
const blankCode = integer(-1)

/** As a ranking within parents, by the least value that is kept in each. */
function bestInParents(plan: QueryPlan, value: string, top: TopN): Select {
  const lowest = top.direction === 'lowest'
  const of = (name: string): Expr => column('g', name)
  const keys = plan.keys.slice(0, -1).flatMap(({ rest }, index) => {
    const own = { as: keyName(index), expr: call('coalesce', of(keyName(index)), blankCode) }
    return rest ? [own, { as: restName(index), expr: of(restName(index)) }] : [own]
  })
  const edge = call(lowest ? 'nthSmallest' : 'nthLargest', of(value), integer(top.count))
  const from = { from: { kind: 'named' as const, name: 'grouped' }, as: 'g' }
  const edges = select({
    ...from,
    columns: [
      ...keys,
      { expr: edge, as: 'edge' },
      { expr: call('count', of(value)), as: 'filled' },
    ],
    groupBy: keys.map(({ expr }) => expr),
  })
  const inside = binary(lowest ? '<=' : '>=', of(value), column('e', 'edge'))
  // Blank values rank last: they are needed only when there are too few others.
  const fillsUp = all([isNull(of(value)), binary('<', column('e', 'filled'), integer(top.count))])
  return select({
    ...from,
    with: [
      { name: 'grouped', select: { ...plan.leaf, limit: null } },
      { name: 'edges', select: edges },
    ],
    columns: plan.leaf.columns.map(({ as }) => ({ expr: of(as), as })),
    joins: [
      {
        table: { kind: 'named', name: 'edges' },
        as: 'e',
        on: all(keys.map(({ as, expr }) => binary('=', expr, column('e', as)))),
      },
    ],
    where: any([inside, fillsUp]),
    limit: plan.leaf.limit,
  })
}

function rankedInParents(plan: QueryPlan, value: string, top: TopN): Select {
  const of = (table: string, name: string): Expr => column(table, name)
  const parents = plan.keys.slice(0, -1).flatMap(({ rest }, index) => {
    const own = of('g', keyName(index))
    return rest ? [own, of('g', restName(index))] : [own]
  })
  const order = { by: of('g', value), descending: top.direction !== 'lowest' }
  const names = plan.leaf.columns.map(({ as }) => as)
  const ranked = select({
    columns: [
      ...names.map((as) => ({ expr: of('g', as), as })),
      { expr: rankOver(order, parents), as: 'place' },
    ],
    from: { kind: 'named', name: 'grouped' },
    as: 'g',
  })
  return select({
    with: [
      { name: 'grouped', select: { ...plan.leaf, limit: null } },
      { name: 'ranked', select: ranked },
    ],
    columns: names.map((as) => ({ expr: of('r', as), as })),
    from: { kind: 'named', name: 'ranked' },
    as: 'r',
    where: binary('<=', of('r', 'place'), integer(top.count)),
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
    case 'fixed':
    case undefined:
      return undefined
  }
}
