/** Balances told in stretches of days: of every owner what it told last in each, and what it had told before. */
import type { Expr, Select } from '../sql/nodes.ts'
import {
  all,
  binary,
  call,
  column,
  extremeOver,
  integer,
  isNull,
  not,
  nothing,
  select,
  valueBefore,
  when,
} from '../sql/nodes.ts'
import type { CarryPlan } from './carry-plan.ts'
import { dayMapExpr } from './day-map-sql.ts'
import { dayOf, groupKey } from './field-access.ts'
import type { FromClause } from './plan-levels.ts'
import type { PlannedKey } from './planned-keys.ts'
import { grouping, keyColumns } from './planned-keys.ts'
import { stretches } from './stretches.ts'

/** Columns of the answer; nested ones have `last` and `first` of each owner instead, under `owner`. */
export const carriedColumns = {
  stretch: 's',
  told: 'v',
  replaced: 'p',
  firsts: 'f',
  fresh: 'c',
  owner: 'e',
} as const

export interface CarryAt {
  readonly base: FromClause
  readonly keys: readonly PlannedKey[]
  /** Those the level is grouped by that are no periods. */
  readonly kept: readonly number[]
  readonly bounds: readonly number[]
  readonly limit: number
}

const of = (table: string, as: string): Expr => column(table, as)
const sumOf = ({ plan }: CarryPlan): 'floatSum' | 'sum' =>
  plan.scale === null ? 'floatSum' : 'sum'

/** One row an owner, stretch and date, what it tells there added up. */
function dailySelect(carry: CarryPlan, { base, keys, kept, bounds }: CarryAt): Select {
  const { plan, over } = carry
  const day = dayOf(over)
  const stretch = dayMapExpr(stretches(bounds), day, () => groupKey(over, 'month').expr)
  const grouped = [
    ...keyColumns(keys, kept),
    { expr: stretch, as: 's' },
    ...(plan.per ? [{ expr: plan.per, as: 'e' }] : []),
    { expr: plan.date, as: 'd' },
  ]
  const known = [plan.value, plan.date].map((expr) => not(isNull(expr)))
  // Nothing told after the last day asked about is ever read.
  const until = bounds.at(-1)
  if (until !== undefined) known.push(binary('<', day, integer(until)))
  return select({
    ...base,
    columns: [...grouped, { expr: call(sumOf(carry), plan.value), as: 't' }],
    where: all(base.where ? [base.where, ...known] : known),
    groupBy: grouping(grouped, keys),
  })
}

const keyNames = ({ keys, kept }: CarryAt): string[] => keyColumns(keys, kept).map(({ as }) => as)

const copied = (table: string, names: readonly string[]): Select['columns'] =>
  names.map((as) => ({ expr: of(table, as), as }))

/** Of every owner in every stretch what it told last and first. */
function edgesOf(each: readonly string[]): { readonly marked: Select; readonly edges: Select } {
  const parts = each.map((as) => of('k', as))
  const onEdge = (edge: string): Expr =>
    call('max', when(binary('=', of('m', 'd'), of('m', edge)), of('m', 't'), nothing))
  return {
    marked: select({
      from: { kind: 'named', name: 'daily' },
      as: 'k',
      columns: [
        ...copied('k', [...each, 't', 'd']),
        { expr: extremeOver('max', of('k', 'd'), parts), as: 'hi' },
        { expr: extremeOver('min', of('k', 'd'), parts), as: 'lo' },
      ],
    }),
    edges: select({
      from: { kind: 'named', name: 'marked' },
      as: 'm',
      columns: [
        ...copied('m', each),
        { expr: onEdge('hi'), as: 'v' },
        { expr: onEdge('lo'), as: 'f' },
      ],
      groupBy: each.map((as) => of('m', as)),
    }),
  }
}

export function carrySelect(carry: CarryPlan, at: CarryAt): Select {
  const names = keyNames(at)
  const owner = carry.plan.per ? ['e'] : []
  const each = [...names, 's', ...owner]
  const { marked, edges } = edgesOf(each)
  const line = [...names, ...owner].map((as) => of('x', as))
  const stepped = select({
    from: { kind: 'named', name: 'edges' },
    as: 'x',
    columns: [
      ...copied('x', [...each, 'v', 'f']),
      { expr: valueBefore(of('x', 'v'), of('x', 's'), line), as: 'p' },
    ],
  })
  const fresh = isNull(of('g', 'p'))
  const sum = sumOf(carry)
  return select({
    with: [
      { name: 'daily', select: dailySelect(carry, at) },
      { name: 'marked', select: marked },
      { name: 'edges', select: edges },
      { name: 'stepped', select: stepped },
    ],
    from: { kind: 'named', name: 'stepped' },
    as: 'g',
    columns: [
      ...copied('g', [...names, 's']),
      { expr: call('countAll'), as: 'n' },
      { expr: call(sum, of('g', 'v')), as: 'v' },
      { expr: call(sum, of('g', 'p')), as: 'p' },
      { expr: call(sum, when(fresh, of('g', 'f'), nothing)), as: 'f' },
      { expr: call('sum', when(fresh, integer(1), integer(0))), as: 'c' },
    ],
    groupBy: [...names, 's'].map((as) => of('g', as)),
    limit: at.limit,
  })
}

/** Where selects have no names, nor windows: the owners themselves, to be put in order here. */
export function nestedCarrySelect(carry: CarryPlan, at: CarryAt): Select {
  const kept = [...keyNames(at), 's', ...(carry.plan.per ? ['e'] : [])]
  return select({
    from: { kind: 'nested', select: dailySelect(carry, at) },
    as: 'k',
    columns: [
      ...copied('k', kept),
      { expr: call('countAll'), as: 'n' },
      { expr: call('atLargest', of('k', 't'), of('k', 'd')), as: 'v' },
      { expr: call('atSmallest', of('k', 't'), of('k', 'd')), as: 'f' },
    ],
    groupBy: kept.map((as) => of('k', as)),
    limit: at.limit,
  })
}
