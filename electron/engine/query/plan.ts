import type { Grain } from '../../../shared/data/grain.ts'
import type { Expr, Join, Select } from '../sql/nodes.ts'
import { all, binary, call, column, integer, nothing, select } from '../sql/nodes.ts'
import { columnName, dictionaryTable, mapKey, rowIdColumn } from '../extracts/extract-columns.ts'
import { groupKey, tableOf } from './field-access.ts'
import { filterExpr } from './filter-sql.ts'
import type { FilterClock } from './filter-sql.ts'
import type { CarryAsk, CarryPlan } from './carry-plan.ts'
import { carryPlans } from './carry-plan.ts'
import { groundOf } from './compare/other-days.ts'
import type { OtherDays } from './compare/run-compared.ts'
import type { MeasurePlan } from './measure-columns.ts'
import { planMeasure } from './measure-columns.ts'
import { balanceSelects } from './plan-balance.ts'
import { fixedSelects } from './plan-fixed.ts'
import { liveJoin } from './live-join.ts'
import type { FromClause, Level, LevelSelect } from './plan-levels.ts'
import { keptKeys, levelsOf } from './plan-levels.ts'
import type { PlannedKey } from './planned-keys.ts'
import {
  grouping,
  keyColumns,
  keyName,
  measureColumn,
  plannedKey,
  restName,
} from './planned-keys.ts'
import type { Dimension, ResolvedQuery, Source } from './resolve.ts'

/** The statements that supply every level a question needs; what each column means follows from the measures' plans. */
export interface QueryPlan {
  readonly keys: readonly PlannedKey[]
  readonly rowDepth: number
  readonly measures: readonly MeasurePlan[]
  /** Column `lvl` tells the levels apart when bit strings are united in the same statement; 0 is the finest. */
  readonly leaf: Select
  readonly bitLevels: readonly Level[]
  readonly levels: readonly LevelSelect[]
  /** Balances to be asked once the periods that are shown are known. */
  readonly carried: readonly CarryPlan[]
}

export interface PlanOptions {
  readonly clock: FilterClock
  /** Rows of the finest level above which the question is too large. */
  readonly maxGroups: number
  readonly maxBitBytes: number
  /** Restrictions that come from a top-N decided before. */
  readonly members: readonly Expr[]
  /** Which field each of these cuts, by its place among all dimensions. */
  readonly cutAt?: readonly number[] | undefined
  /** Restrictions that hold like filters: the days of a comparison. */
  readonly within?: readonly Expr[] | undefined
  /** By place among all dimensions, rows first: which rows belong to a member that has its own line. */
  readonly named?: ReadonlyMap<number, Expr>
  /** The dialect has no names for selects: they stand inside one another. */
  readonly nests?: boolean
  /** Groups of the finest level, where they were counted. */
  readonly groups?: number | undefined
  readonly tops?: CarryAsk['tops'] | undefined
  /** The other days of a comparison, which `within` keeps to. */
  readonly days?: OtherDays | undefined
}

export function planQuery(query: ResolvedQuery, options: PlanOptions): QueryPlan {
  const dimensions = [...query.rows, ...query.columns]
  const keys = dimensions.map((dimension, index) =>
    plannedKey(
      groupKey(dimension, dimension.grain),
      options.named?.get(index),
      dimension.computed !== undefined,
    ),
  )
  const budget = {
    groups: options.groups ?? groupBound(dimensions, query.base.dataset.rows),
    counted: options.groups !== undefined,
    maxBytes: options.maxBitBytes,
  }
  const measures = query.measures.map((measure) => planMeasure(measure, budget))
  const base = fromClause(query, whereClause(query, options))
  const levels = levelsOf(query)
  const coarser = levels.slice(1)
  const bitLevels = measures.some((plan) => plan.kind === 'bits') ? coarser : []
  const fine = finest(base, keys, measures)
  const { tops = [], days } = options
  const carried = carryPlans(query, measures, levels, { tops, days, today: options.clock.today })
  return {
    carried,
    keys,
    rowDepth: query.rows.length,
    measures,
    leaf:
      bitLevels.length > 0 || hasBits(measures)
        ? withBits(fine, keys, measures, bitLevels, query.rows.length, options)
        : { ...fine, limit: options.maxGroups + 1 },
    bitLevels,
    levels: [
      ...perLevelSelects(base, keys, measures, coarser, query.rows.length),
      ...balanceSelects(
        base,
        keys,
        measures,
        levels,
        query.rows.length,
        options.nests === true,
        carried,
      ),
      ...fixedSelects(
        base,
        groundClause(query, options),
        keys,
        measures,
        levels,
        query.rows.length,
        options.nests === true,
      ),
    ],
  }
}

const hasBits = (measures: readonly MeasurePlan[]): boolean =>
  measures.some((plan) => plan.kind === 'bits')

export function whereClause(
  query: ResolvedQuery,
  options: Pick<PlanOptions, 'clock' | 'members' | 'within'>,
): Expr | null {
  const parts = [
    ...query.filters.map((filter) => filterExpr(filter, options.clock)),
    ...(options.within ?? []),
    ...options.members,
  ]
  return parts.length > 0 ? all(parts) : null
}

/** What filters leave, whichever members are shown: on other days those of all lines together. */
function groundClause(query: ResolvedQuery, options: PlanOptions): Expr | null {
  const { filters, within } = options.days
    ? groundOf(query, options.days)
    : { filters: query.filters, within: options.within }
  return whereClause({ ...query, filters }, { ...options, within, members: [] })
}

export function fromClause(query: ResolvedQuery, where: Expr | null): FromClause {
  return {
    from: tableOf(query.base),
    as: query.base.as,
    joins: query.sources.flatMap((source) => joinsOf(source, query)),
    where,
  }
}

/** Extracts join through the relation's map of keys to row ids; live tables of one file or server on the key itself. */
function joinsOf(source: Source, { base, sources }: ResolvedQuery): Join[] {
  if (!source.via) return []
  if (source.via.kind === 'companion') {
    const on = binary('=', column(source.as, rowIdColumn), column(source.via.from, rowIdColumn))
    return [{ table: tableOf(source), as: source.as, on }]
  }
  if (source.via.kind === 'dictionary') {
    const { storage } = source.dataset
    const catalog = storage.kind === 'extract' ? storage.alias : undefined
    const name = dictionaryTable(source.via.index)
    const on = binary('=', column(source.as, 'code'), source.via.code)
    return [{ table: { kind: 'stored', catalog, name }, as: source.as, on }]
  }
  const { from, relation, keys } = source.via
  if (!relation.map) {
    const many = sources.find(({ as }) => as === from) ?? base
    return [liveJoin(source, many, relation, keys)]
  }
  const map = `${source.as}_map`
  return [
    {
      table: { kind: 'stored', catalog: relation.map.alias, name: 'map' },
      as: map,
      on: equalities(keys, (key, index) => [
        column(map, mapKey(index)),
        column(from, columnName(key.index)),
      ]),
    },
    {
      table: tableOf(source),
      as: source.as,
      on: binary('=', column(source.as, rowIdColumn), column(map, 'to_row_id')),
    },
  ]
}

/** One comparison stands alone. */
function equalities<T>(
  parts: readonly T[],
  sides: (part: T, index: number) => readonly [Expr, Expr],
): Expr {
  const tests = parts.map((part, index) => binary('=', ...sides(part, index)))
  const [only] = tests
  return tests.length === 1 && only ? only : all(tests)
}

function finest(
  base: FromClause,
  keys: readonly PlannedKey[],
  measures: readonly MeasurePlan[],
): Select {
  const grouped = keyColumns(
    keys,
    keys.map((_key, index) => index),
  )
  return select({
    ...base,
    columns: [
      ...grouped,
      { expr: call('countAll'), as: 'n' },
      ...measures.flatMap((plan, index) => measureColumns(plan, index)),
    ],
    groupBy: grouping(grouped, keys),
  })
}

function measureColumns(plan: MeasurePlan, index: number): Select['columns'] {
  const value = measureColumn(index)
  switch (plan.kind) {
    case 'rowCount':
    case 'balance':
    case 'fixed':
      return []
    case 'exactSum':
    case 'floatSum':
      return [{ expr: plan.sum, as: value }]
    case 'mean':
      return [
        { expr: plan.sum, as: value },
        { expr: plan.count, as: measureColumn(index, 'n') },
      ]
    case 'extreme':
    case 'perLevel':
      return [{ expr: plan.value, as: value }]
    case 'bits':
      return [
        { expr: plan.bits, as: value },
        ...(plan.blank ? [{ expr: plan.blank, as: measureColumn(index, 'b') }] : []),
      ]
  }
}

/** Groups once, keeps the bit strings, and counts their unions for every coarser level in the same statement. */
function withBits(
  fine: Select,
  keys: readonly PlannedKey[],
  measures: readonly MeasurePlan[],
  levels: readonly Level[],
  rowDepth: number,
  options: PlanOptions,
): Select {
  const from = { from: { kind: 'named' as const, name: 'fine' }, as: 'f' }
  const names = (index: number): string[] =>
    keys[index]?.rest ? [keyName(index), restName(index)] : [keyName(index)]
  const every = keys.flatMap((_key, index) => names(index))
  const top = select({
    ...from,
    with: [{ name: 'fine', select: { ...fine, limit: options.maxGroups + 1 } }],
    columns: [
      { expr: integer(0), as: 'lvl' },
      ...every.map((as) => ({ expr: column('f', as), as })),
      { expr: column('f', 'n'), as: 'n' },
      ...measures.flatMap((plan, index) => bitColumns(plan, index, 'finest')),
    ],
  })
  const others = levels.map((level, position) => {
    const kept = keptKeys(level, rowDepth, keys.length).flatMap(names)
    return select({
      ...from,
      columns: [
        { expr: integer(position + 1), as: 'lvl' },
        ...every.map((as) => ({ expr: kept.includes(as) ? column('f', as) : nothing, as })),
        { expr: nothing, as: 'n' },
        ...measures.flatMap((plan, index) => bitColumns(plan, index, 'coarser')),
      ],
      groupBy: kept.map((as) => column('f', as)),
    })
  })
  return { ...top, unionAll: others }
}

function bitColumns(
  plan: MeasurePlan,
  index: number,
  level: 'finest' | 'coarser',
): Select['columns'] {
  const value = column('f', measureColumn(index))
  if (plan.kind !== 'bits') {
    return measureColumns(plan, index).map(({ as }) => ({
      expr: level === 'finest' ? column('f', as) : nothing,
      as,
    }))
  }
  const count = call('bitCount', level === 'finest' ? value : call('bitOr', value))
  const blank = column('f', measureColumn(index, 'b'))
  if (!plan.blank) return [{ expr: count, as: measureColumn(index) }]
  return [
    {
      expr: binary('+', count, level === 'finest' ? blank : call('max', blank)),
      as: measureColumn(index),
    },
  ]
}

function perLevelSelects(
  base: FromClause,
  keys: readonly PlannedKey[],
  measures: readonly MeasurePlan[],
  levels: readonly Level[],
  rowDepth: number,
): LevelSelect[] {
  const asked = measures.flatMap((plan, index) =>
    plan.kind === 'perLevel' ? [{ plan, index }] : [],
  )
  if (asked.length === 0) return []
  return levels.map((level) => {
    const kept = keptKeys(level, rowDepth, keys.length)
    const grouped = keyColumns(keys, kept)
    return {
      ...level,
      measures: asked.map(({ index }) => index),
      select: select({
        ...base,
        columns: [
          ...grouped,
          // Tells a level without rows (an empty grand total) from one whose value is blank.
          { expr: call('countAll'), as: 'n' },
          ...asked.map(({ plan, index }) => ({ expr: plan.value, as: measureColumn(index) })),
        ],
        groupBy: grouping(grouped, keys),
      }),
    }
  })
}

/** Periods a field is assumed to span when nobody counted: enough for twenty years. */
const assumedPeriods: Record<Grain, number> = {
  year: 20,
  quarter: 80,
  month: 240,
  week: 1040,
  day: 7300,
  hour: 175_200,
  quarterOfYear: 4,
  monthOfYear: 12,
  dayOfMonth: 31,
  dayOfWeek: 7,
  hourOfDay: 24,
  fiscalYear: 20,
  fiscalQuarter: 80,
  fiscalPeriod: 240,
  fiscalWeek: 1060,
  januaryWeek: 1060,
  fiscalQuarterOfYear: 4,
  fiscalPeriodOfYear: 12,
  fiscalWeekOfYear: 54,
  festival: 100,
  holiday: 100,
  workday: 2,
}

/** No more groups than rows, nor than combinations of members. */
function groupBound(dimensions: readonly Dimension[], rows: number): number {
  let product = 1
  for (const dimension of dimensions) {
    product = Math.min(rows, product * Math.max(1, membersAtMost(dimension, rows)))
  }
  return Math.max(1, product)
}

/** Members of a field as far as anyone counted them, the blank one too. */
export function membersAtMost({ grain, field }: Dimension, rows: number): number {
  return grain ? assumedPeriods[grain] : field.distinct >= 0 ? field.distinct + 1 : rows
}
