import type { Expr, Select } from '../sql/nodes.ts'
import { all, binary, call, column, extremeOver, isNull, not, select } from '../sql/nodes.ts'
import type { CarryPlan } from './carry-plan.ts'
import { carries } from './carry-plan.ts'
import type { MeasurePlan } from './measure-columns.ts'
import type { FromClause, Level, LevelSelect } from './plan-levels.ts'
import { keptKeys } from './plan-levels.ts'
import type { PlannedKey } from './planned-keys.ts'
import { keyColumns, measureColumn } from './planned-keys.ts'

/**
 * Balances are no sum over time: of each `per` within a group only the rows of its first or last date count. Rows without a
 * value or a date tell no balance.
 */
export function balanceSelects(
  base: FromClause,
  keys: readonly PlannedKey[],
  measures: readonly MeasurePlan[],
  levels: readonly Level[],
  rowDepth: number,
  /** Where a select has no names for other selects. */
  nests: boolean,
  carried: readonly CarryPlan[],
): LevelSelect[] {
  const selectOf = nests ? nestedBalance : balanceSelect
  return measures.flatMap((plan, index) => {
    if (plan.kind !== 'balance') return []
    const own = levels.filter((level) => !carries(carried, index, level))
    return own.map((level) => ({
      ...level,
      measures: [index],
      select: selectOf(base, keyColumns(keys, keptKeys(level, rowDepth, keys.length)), plan, index),
    }))
  })
}

function balanceSelect(
  base: FromClause,
  grouped: Select['columns'],
  plan: Extract<MeasurePlan, { kind: 'balance' }>,
  index: number,
): Select {
  const filled = [plan.value, plan.date].map((expr) => not(isNull(expr)))
  const known = select({
    ...base,
    columns: [
      ...grouped,
      { expr: plan.value, as: 'v' },
      { expr: plan.date, as: 'd' },
      ...(plan.per ? [{ expr: plan.per, as: 'e' }] : []),
    ],
    where: all(base.where ? [base.where, ...filled] : filled),
  })
  const names = grouped.map(({ as }) => as)
  const of = (table: string, as: string): Expr => column(table, as)
  const each = [...names, ...(plan.per ? ['e'] : [])].map((as) => of('k', as))
  const marked = select({
    from: { kind: 'named', name: 'known' },
    as: 'k',
    columns: [
      ...[...names, 'v', 'd'].map((as) => ({ expr: of('k', as), as })),
      { expr: extremeOver(plan.edge, of('k', 'd'), each), as: 'edge' },
    ],
  })
  const sum = call(plan.scale === null ? 'floatSum' : 'sum', of('g', 'v'))
  return select({
    with: [
      { name: 'known', select: known },
      { name: 'marked', select: marked },
    ],
    from: { kind: 'named', name: 'marked' },
    as: 'g',
    columns: [
      ...names.map((as) => ({ expr: of('g', as), as })),
      { expr: call('countAll'), as: 'n' },
      { expr: sum, as: measureColumn(index) },
    ],
    where: binary('=', of('g', 'd'), of('g', 'edge')),
    groupBy: names.map((as) => of('g', as)),
  })
}

/** The same by what each group says at its edge, one select inside the other. */
function nestedBalance(
  base: FromClause,
  grouped: Select['columns'],
  plan: Extract<MeasurePlan, { kind: 'balance' }>,
  index: number,
): Select {
  const filled = [plan.value, plan.date].map((expr) => not(isNull(expr)))
  const sum = plan.scale === null ? 'floatSum' : 'sum'
  const names = grouped.map(({ as }) => as)
  const per = plan.per ? [{ expr: plan.per, as: 'e' }] : []
  const of = (table: string, as: string): Expr => column(table, as)
  const daily = select({
    ...base,
    columns: [
      ...[...grouped, ...per, { expr: plan.date, as: 'd' }],
      ...[
        { expr: call('countAll'), as: 'n' },
        { expr: call(sum, plan.value), as: 'v' },
      ],
    ],
    where: all(base.where ? [base.where, ...filled] : filled),
    groupBy: [...grouped, ...per, { expr: plan.date }].map(({ expr }) => expr),
  })
  const edge = plan.edge === 'min' ? 'atSmallest' : 'atLargest'
  const kept = [...names, ...per.map(({ as }) => as)]
  const edges = select({
    ...{ from: { kind: 'nested', select: daily }, as: 'k' },
    columns: [
      ...kept.map((as) => ({ expr: of('k', as), as })),
      ...['n', 'v'].map((as) => ({ expr: call(edge, of('k', as), of('k', 'd')), as })),
    ],
    groupBy: kept.map((as) => of('k', as)),
  })
  return select({
    ...{ from: { kind: 'nested', select: edges }, as: 'g' },
    columns: [
      ...names.map((as) => ({ expr: of('g', as), as })),
      { expr: call('sum', of('g', 'n')), as: 'n' },
      { expr: call(sum, of('g', 'v')), as: measureColumn(index) },
    ],
    groupBy: names.map((as) => of('g', as)),
  })
}
