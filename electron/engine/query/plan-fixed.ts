import type { Expr, Select, Table } from '../sql/nodes.ts'
import { all, binary, call, column, isNull, not, output, select } from '../sql/nodes.ts'
import { fixedPart, fixedTable } from './computed-field.ts'
import { groupKey } from './field-access.ts'
import type { MeasurePlan } from './measure-columns.ts'
import type { FromClause, Level, LevelSelect } from './plan-levels.ts'
import { keptKeys } from './plan-levels.ts'
import type { PlannedKey } from './planned-keys.ts'
import { keyColumns, measureColumn } from './planned-keys.ts'

export type FixedPlan = Extract<MeasurePlan, { kind: 'fixed' }>

/**
 * Values per combination of fields are computed over all rows the filters leave, whatever the lines of the answer; within a
 * cell every combination that has a row there counts once. Rows with a blank among the fields belong to no combination.
 */
export function fixedSelects(
  base: FromClause,
  /** What filters leave, whichever members are shown. */
  filters: Expr | null,
  keys: readonly PlannedKey[],
  measures: readonly MeasurePlan[],
  levels: readonly Level[],
  rowDepth: number,
  nests: boolean,
): LevelSelect[] {
  return measures.flatMap((plan, index) =>
    plan.kind === 'fixed'
      ? levels.map((level) => {
          const grouped = keyColumns(keys, keptKeys(level, rowDepth, keys.length))
          return {
            ...level,
            measures: [index],
            select: fixedSelect(base, filters, grouped, plan, measureColumn(index), nests),
          }
        })
      : [],
  )
}

function fixedSelect(
  base: FromClause,
  filters: Expr | null,
  grouped: Select['columns'],
  plan: FixedPlan,
  as: string,
  nests: boolean,
): Select {
  const by = plan.fixed.by.map((at, index) => ({
    expr: groupKey(at, undefined).expr,
    as: `x${index}`,
  }))
  const filled = by.map(({ expr }) => not(isNull(expr)))
  const within = (where: Expr | null): Expr => all(where ? [where, ...filled] : filled)
  const values = select({
    ...base,
    where: within(filters),
    columns: [...by, ...plan.fixed.parts.map((expr, index) => ({ expr, as: fixedPart(index) }))],
    groupBy: by.map((one) => output(one.as)),
  })
  const cells = select({
    ...base,
    where: within(base.where),
    columns: [...grouped, ...by],
    groupBy: [...grouped, ...by].map((one) => output(one.as)),
  })
  const names = grouped.map((one) => one.as)
  // Where a select has no names for others they stand inside it.
  const table = (name: string, inner: Select): Table =>
    nests ? { kind: 'nested', select: inner } : { kind: 'named', name }
  const named = [
    { name: 'per_group', select: values },
    { name: 'in_cells', select: cells },
  ]
  return select({
    ...(nests ? {} : { with: named }),
    from: table('in_cells', cells),
    as: 'c',
    joins: [
      {
        table: table('per_group', values),
        as: fixedTable,
        on: all(by.map((one) => binary('=', column('c', one.as), column(fixedTable, one.as)))),
      },
    ],
    columns: [
      ...names.map((name) => ({ expr: column('c', name), as: name })),
      { expr: call('countAll'), as: 'n' },
      { expr: plan.value, as },
    ],
    groupBy: names.map((name) => column('c', name)),
  })
}
