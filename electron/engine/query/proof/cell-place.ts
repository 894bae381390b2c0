/** Which rows a number is worked out from, in plain words: filters, and for balances the days they are looked at in. */
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import { isSpanGrain } from '../../../../shared/calendar/period-spans.ts'
import { isoDay } from '../../../../shared/data/calendar-day.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import type { Filter } from '../../../../shared/query/filter.ts'
import {
  intersect,
  isOfWholeDays,
  spanOfMember,
  spansOfFilter,
} from '../../../../shared/query/member-span.ts'
import type { AxisField, Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import { findDataset, locateField } from '../locate-field.ts'
import type { QueryCatalog } from '../query-catalog.ts'
import { calendarOf } from '../resolve.ts'

export interface Place {
  readonly filters: readonly Filter[]
  /** Of a balance: what stood at its beginning or its end. */
  readonly period?: DaySpan | undefined
}

/** What places are worked out with. */
export interface Ground {
  readonly catalog: QueryCatalog
  readonly today: number
}

/** A member on a cell's path. */
export interface Placed {
  readonly use: AxisField
  readonly member: Member
}

export function placedIn(query: ReportQuery, cell: CellAddress): Placed[] {
  const along = (uses: readonly AxisField[], path: readonly Member[]): Placed[] =>
    path.flatMap((member, at) => (uses[at] ? [{ use: uses[at], member }] : []))
  return [...along(query.rows, cell.row), ...along(query.columns, cell.column)]
}

/** Others is no member: its rows are told by what stands beside it. */
export function filtersOf(placed: readonly Placed[]): Filter[] {
  return placed.flatMap(({ use, member }): Filter[] => {
    if (member === othersMember) return []
    const grain = use.grain === undefined ? {} : { grain: use.grain }
    return [{ field: use.field, ...grain, op: 'in', values: [member] }]
  })
}

export function daysFilter(field: string, spans: readonly DaySpan[]): Filter {
  const [only] = spans
  if (only && spans.length === 1) {
    return { field, op: 'range', from: isoDay(only.first), to: isoDay(only.last) }
  }
  const days = spans.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, n) => isoDay(first + n)),
  )
  return { field, grain: 'day', op: 'in', values: days }
}

/** Nothing may be told after the period; what was told before it still stands in it. */
export const upTo = (field: string, { last }: DaySpan): Filter => ({
  ...{ field, op: 'range', to: isoDay(last) },
})

/**
 * Where a balance is looked at: in the periods of its date that the cell stands under, within the days filters let pass.
 * Undefined where the rows of the cell alone decide; null where there is no such day, or none has data yet.
 */
export function standing(
  measure: Measure,
  placed: readonly Placed[],
  query: ReportQuery,
  { catalog, today }: Ground,
  /** The days of the cell where a top-N leaves some periods. */
  among?: readonly DaySpan[],
): Place | null | undefined {
  const { over } = measure
  const isBalance = measure.aggregate === 'opening' || measure.aggregate === 'closing'
  const dataset = findDataset(query.dataset, catalog)
  if (!isBalance || over === undefined || !dataset) return undefined
  const date = locateField(over, dataset, catalog)
  if (!date || (topsApart(query, over) && !among)) return undefined
  const { lastDay } = date.dataset
  const calendar = calendarOf(query, catalog)
  const isDay = date.field.type === 'date'
  const spansOf = (filter: Filter): DaySpan[] | undefined => {
    const isFromToday = filter.op === 'relative' && filter.anchor === 'today'
    return filter.field === over &&
      (isFromToday || lastDay !== null) &&
      isOfWholeDays(filter, isDay)
      ? spansOfFilter(filter, calendar, { lastDay: lastDay ?? today, today })
      : undefined
  }
  let days: DaySpan[] | undefined
  const cut = (spans: readonly DaySpan[]): void => {
    days = days === undefined ? [...spans] : intersect(days, spans)
  }
  const kept = query.filters.filter((filter) => {
    const spans = spansOf(filter)
    if (spans) cut(spans)
    return !spans
  })
  const filtered = days
  if (filtered?.length === 0) return undefined
  if (filtered) days = [{ first: Math.min(...filtered.map(({ first }) => first)), last: Math.max(...filtered.map(({ last }) => last)) }] // prettier-ignore
  if (among) {
    cut(among)
    const [first] = days ?? []
    if (first) days = [{ first: first.first, last: days?.at(-1)?.last ?? first.last }]
  }
  for (const { use, member } of among ? [] : placed.filter((one) => one.use.field === over)) {
    const grain = use.grain ?? (isDay ? 'day' : undefined)
    if (!grain || !isSpanGrain(grain)) return undefined
    const span = spanOfMember(grain, member, calendar)
    cut(span ? [span] : [])
  }
  if (days === undefined) return undefined
  const [period] = days
  if (!period || (lastDay !== null && period.first > lastDay)) return null
  const under = filtersOf(placed.filter(({ use }) => use.field !== over))
  return { filters: [...kept, ...under, upTo(over, period)], period }
}

/** A top-N of the date, or of what stands below it: other members are kept in every period. */
function topsApart({ rows, columns }: ReportQuery, over: string): boolean {
  return [rows, columns].some((uses) => {
    const from = uses.findIndex(({ field }) => field === over)
    return from >= 0 && uses.slice(from).some(({ top }) => top)
  })
}
