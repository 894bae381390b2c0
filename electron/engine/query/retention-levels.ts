/** The levels of a question about who comes back: cohorts down, periods since across. */
import type { DaySpan } from '../../../shared/calendar/comparison.ts'
import { keyOfDay } from '../../../shared/calendar/day-map.ts'
import { isSpanGrain, spanOf } from '../../../shared/calendar/period-spans.ts'
import type { RetailCalendar } from '../../../shared/calendar/retail-calendar.ts'
import type { Member } from '../../../shared/data/cell-value.ts'
import { isTemporal } from '../../../shared/data/field.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import type { Anchors } from '../../../shared/query/member-span.ts'
import {
  intersect,
  spanOfMember,
  spansOfFilter,
  united,
} from '../../../shared/query/member-span.ts'
import { memberOfPeriod, periodOfDay } from '../../../shared/query/period.ts'
import type { Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import type { CohortCount, RetentionCell, RetentionTable } from '../../../shared/query/retention.ts'
import { retentionTable } from '../../../shared/query/retention.ts'
import type { MeasureSpec } from '../../../shared/query/spread/level-input.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import { all, binary, call, column, integer, isNull, not, select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import type { AskContext, Levels } from './ask-levels.ts'
import { groupKey } from './field-access.ts'
import type { FilterClock } from './filter-sql.ts'
import { fromClause, whereClause } from './plan.ts'
import { toNumbers } from './read-levels.ts'
import type { Dimension, ResolvedQuery } from './resolve.ts'
import { resolve } from './resolve.ts'
import { dialectOf, filterClock, queryLimits, targetOf } from './query-tools.ts'

type Asked = ReportQuery & { readonly retention: NonNullable<ReportQuery['retention']> }

export const asksRetention = (query: ReportQuery): query is Asked => query.retention !== undefined

const measures: readonly Measure[] = [
  { aggregate: 'average', as: 'retained' },
  { aggregate: 'countDistinct', as: 'active' },
  { aggregate: 'countDistinct', as: 'customers' },
]

/** The crosstab it is laid out as. */
export function retentionShape(query: Asked): ReportQuery {
  const { date, grain } = query.retention
  return {
    ...query,
    rows: [{ field: date, grain }],
    columns: [{ field: 'period' }],
    measures: [...measures],
    totals: { rows: 'grand', columns: 'none' },
  }
}

const invalid = (details: Record<string, string>): AppErrorException =>
  new AppErrorException(appError('query/invalid', details))

export async function retentionLevels(
  query: Asked,
  { catalog, tools, signal }: AskContext,
): Promise<Levels> {
  const { customer, date, grain, kind } = query.retention
  const alone = query.rows.length + query.columns.length + query.measures.length === 0
  if (!alone) throw invalid({ reason: 'retentionAlone' })
  const { retention: _asked, ...rest } = query
  const asked = { ...rest, rows: [{ field: customer }, { field: date, grain }] }
  const found = resolve(asked, catalog)
  if (!found.ok) throw new AppErrorException(found.error)
  const resolved = found.value
  const [who, when] = resolved.rows
  if (!who || !when) throw new Error('a customer and a date are asked')
  if (!isTemporal(when.field.type)) throw invalid({ reason: 'notADate', field: date })
  const dialect = dialectOf(resolved)
  if (dialect.namesSelects === false) throw invalid({ reason: 'retentionServer' })
  const clock = await filterClock(resolved, tools, signal)
  const statement = cohortSelect(resolved, whereClause(resolved, { clock, members: [] }))
  const answer = await tools.runner.run(targetOf(resolved), print(statement, dialect), signal)
  if (answer.rows > queryLimits.groups) {
    const details = { groups: answer.rows, limit: queryLimits.groups }
    throw new AppErrorException(appError('query/tooLarge', details))
  }
  const read = (name: string): Float64Array => {
    const values = answer.columns.get(name)
    return values ? toNumbers(values) : new Float64Array()
  }
  const [kinds, cohorts, periods, counts, rows] = ['lvl', 'cohort', 'period', 'n', 'r'].map(read)
  const of = (level: number): CohortCount[] =>
    Array.from(kinds ?? [], (value, row) => ({
      ...{ value, cohort: cohorts?.[row] ?? NaN },
      ...{ period: periods?.[row] ?? NaN, customers: counts?.[row] ?? 0 },
    })).filter(({ value }) => value === level)
  const table = retentionTable(
    { active: of(0), last: of(1) },
    kind,
    lastFinished(when, resolved, clock),
    toldPeriods(when, resolved, clock),
  )
  return levelsOf(
    table,
    when,
    resolved,
    (rows ?? new Float64Array()).reduce((a, b) => a + b, 0),
  )
}

/** Customers by first and by each later period, and by first and last one. */
function cohortSelect(resolved: ResolvedQuery, where: Expr | null): Select {
  const [who, when] = resolved.rows.map((one) => groupKey(one, one.grain).expr)
  if (!who || !when) throw new Error('a customer and a date are asked')
  const known = [not(isNull(who)), not(isNull(when)), ...(where ? [where] : [])]
  const pairs = select({
    ...fromClause(resolved, all(known)),
    columns: [
      { expr: who, as: 'c' },
      { expr: when, as: 'p' },
      { expr: call('countAll'), as: 'r' },
    ],
    groupBy: [who, when],
  })
  const of = (name: string): Expr => column('s', name)
  const edge = (fn: 'min' | 'max'): Expr => ({
    ...{ kind: 'window', fn, args: [of('p')] },
    ...{ partitionBy: [of('c')], orderBy: [] },
  })
  const seen = select({
    from: { kind: 'named', name: 'pairs' },
    as: 's',
    columns: [
      { expr: of('p'), as: 'p' },
      { expr: of('r'), as: 'r' },
      { expr: edge('min'), as: 'cohort' },
      { expr: edge('max'), as: 'last' },
    ],
  })
  const counted = (level: number, period: 'p' | 'last', rows: Expr): Select =>
    select({
      from: { kind: 'named', name: 'seen' },
      as: 's',
      columns: [
        { expr: integer(level), as: 'lvl' },
        { expr: of('cohort'), as: 'cohort' },
        { expr: of(period), as: 'period' },
        { expr: call('countAll'), as: 'n' },
        { expr: rows, as: 'r' },
      ],
      where: level === 1 ? binary('=', of('p'), of('cohort')) : null,
      groupBy: [of('cohort'), of(period)],
    })
  return {
    ...counted(0, 'p', call('sum', of('r'))),
    with: [
      { name: 'pairs', select: pairs },
      { name: 'seen', select: seen },
    ],
    unionAll: [counted(1, 'last', integer(0))],
  }
}

/** The period of the last day that is asked about, if that day ends it; else the one before. */
function lastFinished(when: Dimension, resolved: ResolvedQuery, clock: FilterClock): number {
  const { calendar } = resolved
  const { grain = 'day', days } = when
  const lastDay = daysAsked(when, resolved, clock)?.at(-1)?.last
  if (lastDay === undefined || !isSpanGrain(grain)) return -Infinity
  const key = days ? keyOfDay(days.map, lastDay) : periodOfDay(grain as 'day', lastDay)
  if (key === undefined) return -Infinity
  return spanOf(grain, calendar, lastDay).last === lastDay ? key : key - 1
}

/** The days filters let pass, up to the last one with data: nobody could come back after it. */
function daysAsked(
  when: Dimension,
  { calendar, filters }: ResolvedQuery,
  { today }: FilterClock,
): DaySpan[] | undefined {
  const { lastDay } = when.source.dataset
  if (lastDay === null) return undefined
  const passing = filters
    .filter(({ at }) => at.ref === when.ref)
    .flatMap(({ filter }) => {
      const spans = passingDays(filter, calendar, { lastDay, today })
      return spans ? [spans] : []
    })
  return passing.reduce(intersect, [{ first: -Infinity, last: lastDay }])
}

/** What a filter leaves out by its periods leaves the days between them. */
function passingDays(
  filter: Filter,
  calendar: RetailCalendar,
  anchors: Anchors,
): DaySpan[] | undefined {
  if (filter.op !== 'notIn') return spansOfFilter(filter, calendar, anchors)
  const left = spansOfFilter({ ...filter, op: 'in' }, calendar, anchors)
  if (!left) return undefined
  const passing: DaySpan[] = []
  let first = -Infinity
  for (const span of united(left)) {
    if (span.first > first) passing.push({ first, last: span.first - 1 })
    first = span.last + 1
  }
  return [...passing, { first, last: Infinity }]
}

/** Periods that have a day filters let pass. */
function toldPeriods(
  when: Dimension,
  resolved: ResolvedQuery,
  clock: FilterClock,
): (period: number) => boolean {
  const { grain = 'day' } = when
  const passing = daysAsked(when, resolved, clock) ?? []
  const memberOf = membersOf(when)
  return (period) => {
    const span = isSpanGrain(grain)
      ? spanOfMember(grain, memberOf(period), resolved.calendar)
      : undefined
    return !span || intersect(passing, [span]).length > 0
  }
}

const membersOf =
  ({ grain = 'day', days }: Dimension) =>
  (key: number): Member =>
    days ? days.memberOf(key) : memberOfPeriod(grain as 'day', key)

function levelsOf(
  table: RetentionTable,
  when: Dimension,
  { base }: ResolvedQuery,
  baseRows: number,
): Levels {
  const { grain = 'day' } = when
  const memberOf = membersOf(when)
  const lines = table.cells.map((cells, line) =>
    cells.map((cell, since) => ({ cell, line, since })),
  )
  const leaves = lines.flat()
  const leaf = {
    ...{ rowDepth: 1, columnDepth: 1, count: leaves.length },
    keys: [
      Int32Array.from(leaves, ({ line }) => line),
      Int32Array.from(leaves, ({ since }) => since),
    ],
  }
  const total = {
    ...{ rowDepth: 0, columnDepth: 1, count: table.total.length },
    keys: [Int32Array.from(table.total, (_cell, since) => since)],
  }
  const spec = (measure: Measure, read: (cell: RetentionCell | null) => number): MeasureSpec => ({
    ...{ name: measure.as ?? '', aggregate: measure.aggregate, elsewhere: true },
    input: {
      kind: 'perLevel',
      levels: [
        { ...leaf, values: Float64Array.from(leaves, ({ cell }) => read(cell)) },
        { ...total, values: Float64Array.from(table.total, read) },
      ],
    },
  })
  const reads = [share, (cell: RetentionCell | null) => cell?.active ?? NaN, (cell: RetentionCell | null) => cell?.customers ?? NaN] // prettier-ignore
  return {
    input: {
      rowMembers: [{ members: table.cohorts.map(memberOf), places: table.cohorts }],
      columnMembers: [{ members: table.total.map((_cell, since) => since), numeric: true }],
      leaf,
      leafRows: Float64Array.from(leaves, (_leaf, at) => (at === 0 ? baseRows : 0)),
      measures: measures.map((measure, at) => spec(measure, reads[at] ?? share)),
    },
    fields: {
      rows: [{ field: when.ref, type: when.field.type, grain }],
      columns: [{ field: 'period', type: 'integer' }],
    },
    measures: measures.map((measure) => ({ name: measure.as ?? '', measure, at: undefined })),
    restrictions: [],
    ...{ formulas: [], lastDay: base.dataset.lastDay },
    parts: 1,
    dataAsOf: base.dataset.dataAsOf,
    version: base.dataset.version,
    warnings: [],
  }
}

const share = (cell: RetentionCell | null): number =>
  cell === null || cell.customers === 0 ? NaN : cell.active / cell.customers
