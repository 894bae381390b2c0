import { parseIsoDay, parseIsoSecond } from '../../../shared/data/calendar-day.ts'
import type { Member } from '../../../shared/data/cell-value.ts'
import { othersMember } from '../../../shared/data/cell-value.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import type { QueryResult, ValueColumn } from '../../../shared/query/query-result.ts'
import type { AxisField, ReportQuery, TopN } from '../../../shared/query/report-query.ts'
import { withNamed } from '../../../shared/query/named-measures.ts'
import { baseMeasure, measureName } from '../../../shared/query/report-query.ts'
import type { Axis } from '../../../shared/query/show-as.ts'
import { ranksOf } from '../../../shared/query/spread/accumulate.ts'
import type { Expr } from '../sql/nodes.ts'
import { all, any, binary, integer, when } from '../sql/nodes.ts'
import type { FilterClock } from './filter-sql.ts'
import { filterExpr } from './filter-sql.ts'
import type { Dimension } from './resolve.ts'

/** One dimension with a top-N: the ranking is asked first, then its members restrict the question itself. */
export interface TopStep {
  readonly axis: Axis
  readonly index: number
  readonly top: TopN
}

/** Outer dimensions first, so that an inner top-N ranks within the parents that are left. */
export function topSteps(query: ReportQuery): TopStep[] {
  return (['rows', 'columns'] as const).flatMap((axis) =>
    query[axis].flatMap((use, index) => (use.top ? [{ axis, index, top: use.top }] : [])),
  )
}

/** The question that ranks: the edge down to that dimension, over the whole other edge or one line of it, with the ranking measure alone. */
export function rankingQuery(query: ReportQuery, { axis, index, top }: TopStep): ReportQuery {
  return {
    ...contextOf(query),
    dataset: query.dataset,
    rows: query[axis].slice(0, index + 1).map(({ field, grain }) => ({
      field,
      ...(grain === undefined ? {} : { grain }),
    })),
    columns: [],
    measures: rankingMeasures(query, top),
    filters: [
      ...query.filters,
      ...underPath(query[axis === 'rows' ? 'columns' : 'rows'], top.at ?? []),
    ],
    totals: { rows: 'none', columns: 'none' },
  }
}

/** With those its formula names, which are not answered. */
function rankingMeasures(query: ReportQuery, top: TopN): ReportQuery['measures'] {
  const ranking = query.measures.filter((measure) => measureName(measure) === top.measure)
  return withNamed(query, ranking).map((one, at) =>
    at < ranking.length ? baseMeasure(one) : { ...baseMeasure(one), hidden: true },
  )
}

/** What the fields and measures of a question are computed with, its calendar among it. */
export function contextOf({
  calculated,
  parameters,
  calendar,
}: ReportQuery): Pick<ReportQuery, 'calculated' | 'parameters' | 'calendar'> {
  return {
    ...(calculated ? { calculated } : {}),
    ...(parameters ? { parameters } : {}),
    ...(calendar === undefined ? {} : { calendar }),
  }
}

/** A line of an edge as filters; its Others are none of the members and need a restriction of their own. */
export function underPath(axis: readonly AxisField[], path: readonly Member[]): Filter[] {
  return path.flatMap((member, index) => {
    const use = axis[index]
    if (!use || member === othersMember) return []
    const grain = use.grain === undefined ? {} : { grain: use.grain }
    return [{ field: use.field, ...grain, op: 'in' as const, values: [member] }]
  })
}

/**
 * The members kept per parent path: the N highest (or lowest). Exactly N are kept: equal values are decided by caption
 * order, in which the ranking arrives. Blank values rank last.
 */
export function keptMembers(ranking: QueryResult, top: TopN): Map<string, Member[][]> {
  const values = comparable(ranking.cells[0])
  const byParent = new Map<string, { path: Member[]; value: number }[]>()
  ranking.rows.paths.forEach((path, index) => {
    const parent = JSON.stringify(path.slice(0, -1))
    const list = byParent.get(parent) ?? []
    list.push({ path, value: values[index] ?? NaN })
    byParent.set(parent, list)
  })
  const sign = top.direction === 'lowest' ? 1 : -1
  return new Map(
    [...byParent].map(([parent, list]) => {
      const blanksLast = (a: number, b: number): number =>
        Number(Number.isNaN(a)) - Number(Number.isNaN(b))
      const ranked = list.toSorted(
        (a, b) => blanksLast(a.value, b.value) || sign * (a.value - b.value) || 0,
      )
      return [parent, ranked.slice(0, top.count).map(({ path }) => path)]
    }),
  )
}

/** Numbers in the order of the cells, NaN for blank: dates by their time, wide numbers by their rank. */
function comparable(column: ValueColumn | undefined): Float64Array {
  if (!column) return new Float64Array()
  if (column.kind !== 'text') return column.values
  const { values } = column
  if (column.writing === 'decimal') {
    return ranksOf(values.map((text) => (text === null ? null : BigInt(text.replace('.', '')))))
  }
  const read = column.writing === 'date' ? parseIsoDay : parseIsoSecond
  return Float64Array.from(values, (text) => (text === null ? NaN : (read(text) ?? NaN)))
}

/** What a top-N left, to be restricted to in any question that has the same edge. */
export interface Restriction {
  readonly axis: Axis
  readonly index: number
  readonly others: boolean
  readonly kept: ReadonlyMap<string, Member[][]>
}

export interface EdgeConditions {
  /** Rows of the members that are left. */
  readonly members: readonly Expr[]
  /** Of each of these, which field it cuts: its place on the edge. */
  readonly cutAt: readonly number[]
  /** By place on the edge: rows of members that do not stand under Others. */
  readonly named: ReadonlyMap<number, Expr>
}

/** What the restrictions of one edge mean for a question whose dimensions these are, the outermost first. */
export function edgeConditions(
  restrictions: readonly Restriction[],
  dimensions: readonly Dimension[],
  clock: FilterClock,
): EdgeConditions {
  const members: Expr[] = []
  const cutAt: number[] = []
  const named = new Map<number, Expr>()
  for (const { index, others, kept } of restrictions) {
    const condition = keptCondition(dimensions, kept, named, clock)
    if (others) named.set(index, condition)
    else cutAt[members.push(condition) - 1] = index
  }
  return { members, cutAt, named }
}

/** Two-valued, whatever is blank in a row. */
export function isRest(named: Expr): Expr {
  return binary('=', when(named, integer(0), integer(1)), integer(1))
}

/** Rows whose path on the edge starts with one of the kept paths. */
function keptCondition(
  dimensions: readonly Dimension[],
  kept: ReadonlyMap<string, Member[][]>,
  named: ReadonlyMap<number, Expr>,
  clock: FilterClock,
): Expr {
  const groups = [...kept.values()].filter((paths) => paths.length > 0)
  return any(
    groups.map((paths) => {
      const parent = paths[0]?.slice(0, -1) ?? []
      const last = paths.map((path) => path.at(-1) ?? null)
      return all([
        ...parent.map((member, index) => isUnder(index, member, dimensions, named, clock)),
        isOneOf(dimensions[parent.length], last, clock),
      ])
    }),
  )
}

function isUnder(
  index: number,
  member: Member,
  dimensions: readonly Dimension[],
  named: ReadonlyMap<number, Expr>,
  clock: FilterClock,
): Expr {
  const outer = member === othersMember ? named.get(index) : undefined
  return outer ? isRest(outer) : isOneOf(dimensions[index], [member], clock)
}

function isOneOf(dimension: Dimension | undefined, values: Member[], clock: FilterClock): Expr {
  if (!dimension) return all([])
  const grain = dimension.grain === undefined ? {} : { grain: dimension.grain }
  const filter = { field: dimension.ref, ...grain, op: 'in' as const, values }
  return filterExpr({ at: dimension, filter }, clock)
}
