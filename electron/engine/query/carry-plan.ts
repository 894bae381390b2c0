/** Which balances are carried forward at which levels: what was told before stands until something else is told. */
import type { DaySpan } from '../../../shared/calendar/comparison.ts'
import type { SpanGrain } from '../../../shared/calendar/period-spans.ts'
import { isSpanGrain } from '../../../shared/calendar/period-spans.ts'
import type { Member } from '../../../shared/data/cell-value.ts'
import {
  intersect,
  isOfWholeDays,
  spanOfMember,
  spansOfFilter,
  united,
} from '../../../shared/query/member-span.ts'
import type { Axis } from '../../../shared/query/show-as.ts'
import type { OtherDays } from './compare/run-compared.ts'
import type { MeasurePlan } from './measure-columns.ts'
import type { Level } from './plan-levels.ts'
import { keptKeys } from './plan-levels.ts'
import type { Dimension, FieldAt, ResolvedFilter, ResolvedQuery } from './resolve.ts'

export type BalancePlan = Extract<MeasurePlan, { kind: 'balance' }>

/** The days of each member of a date's level. */
export interface PeriodDays {
  readonly of: (member: Member) => DaySpan | undefined
  /** Those of members that are shown whatever rows there are. */
  readonly always: readonly DaySpan[]
}

export interface CarryPlan {
  /** Of the measure. */
  readonly index: number
  readonly plan: BalancePlan
  readonly over: FieldAt
  /** By place among the keys: levels of the date whose members are stretches of days. */
  readonly periods: ReadonlyMap<number, PeriodDays>
  /** Those of them that a top-N cuts, and whether the others have a line together. */
  readonly tops: ReadonlyMap<number, 'others' | 'cut'>
  /** Days asked about as a whole, by filters or by a comparison; what was told before them still stands in them. */
  readonly within: DaySpan | undefined
  /** The days asked about are those of a comparison, and no condition of what is read. */
  readonly elsewhere: boolean
  /** Filters that hold whatever the days. */
  readonly filters: readonly ResolvedFilter[]
  readonly levels: readonly Level[]
  /** No period that begins after it has a balance carried into it. */
  readonly until: number | null
}

export interface CarryAsk {
  /** A top-N and where it stands: members of a period's own are no members of the one before. One that is ranked is not cut yet. */
  readonly tops: readonly {
    readonly axis: Axis
    readonly index: number
    readonly others: boolean
    readonly isRanked?: boolean
  }[]
  readonly days: OtherDays | undefined
  /** What relative filters may count from. */
  readonly today: number
}

export function carryPlans(
  query: ResolvedQuery,
  measures: readonly MeasurePlan[],
  levels: readonly Level[],
  { tops, days, today }: CarryAsk,
): CarryPlan[] {
  return measures.flatMap((plan, index): CarryPlan[] => {
    const over = query.measures[index]?.over
    if (plan.kind !== 'balance' || !over) return []
    const { filters, spans } = splitDays(query, over, today)
    if (spans?.length === 0) return []
    const others = isOf(days, over) ? days : undefined
    const asked = others ? united(others.spans) : spans
    const within = asked && around(asked)
    const dimensions = [...query.rows, ...query.columns]
    const periods = new Map<number, PeriodDays>()
    const parts = new Set<number>()
    dimensions.forEach((dimension, at) => {
      if (!isSame(dimension, over)) return
      const own = daysOf(dimension, placeOf(query, at), query, others)
      if (own) periods.set(at, own)
      else parts.add(at)
    })
    const below = tops.filter((top) => isBelow(top, query, over))
    if (below.some((top) => !periods.has(keyOf(top, query)))) return []
    const cut = new Map(
      below.flatMap((top) =>
        top.isRanked === true
          ? []
          : [[keyOf(top, query), top.others ? ('others' as const) : ('cut' as const)] as const],
      ),
    )
    const isCut = [...cut.values()].includes('cut')
    const carried = levels.filter((level) => {
      const kept = keptKeys(level, query.rows.length, dimensions.length)
      const isPeriod = within !== undefined || isCut || kept.some((key) => periods.has(key))
      return isPeriod && !kept.some((key) => parts.has(key))
    })
    if (carried.length === 0) return []
    const until = over.source.dataset.lastDay
    const elsewhere = others !== undefined
    const at = { periods, tops: cut, within, elsewhere }
    return [{ index, plan, over, ...at, filters, levels: carried, until }]
  })
}

/** Whether a measure's select of its own is not for this level. */
export const carries = (plans: readonly CarryPlan[], index: number, level: Level): boolean =>
  plans.some((one) => one.index === index && one.levels.includes(level))

const isSame = (one: FieldAt, other: FieldAt): boolean =>
  one.source.as === other.source.as && one.ref === other.ref

/** The spans of a question are those of the field it is compared by. */
const isOf = (days: OtherDays | undefined, over: FieldAt): boolean => days?.field === over.ref

const around = (spans: readonly DaySpan[]): DaySpan => ({
  first: Math.min(...spans.map(({ first }) => first)),
  last: Math.max(...spans.map(({ last }) => last)),
})

const placeOf = ({ rows }: ResolvedQuery, at: number): string =>
  at < rows.length ? `rows.${at}` : `columns.${at - rows.length}`

function daysOf(
  { grain, field }: Dimension,
  place: string,
  { calendar }: ResolvedQuery,
  others: OtherDays | undefined,
): PeriodDays | undefined {
  const keys = others?.keys.get(place)
  if (keys) {
    const spans = new Map<Member, DaySpan>()
    if (keys.map.kind !== 'ladder') return undefined
    const { steps, end } = keys.map
    steps.forEach(({ from, key }, at) => {
      const member = key < 0 ? null : keys.memberOf(key)
      const last = (steps[at + 1]?.from ?? end) - 1
      const known = spans.get(member)
      spans.set(member, { first: Math.min(from, known?.first ?? from), last })
    })
    const always = [...spans].flatMap(([member, span]) => (member === null ? [] : [span]))
    return { of: (member) => (member === null ? undefined : spans.get(member)), always }
  }
  const used = grain ?? (field.type === 'date' ? 'day' : undefined)
  if (!used || !isSpanGrain(used)) return undefined
  return { of: (member) => daysIn(used, member, calendar), always: [] }
}

const daysIn = (
  grain: SpanGrain,
  member: Member,
  calendar: ResolvedQuery['calendar'],
): DaySpan | undefined => (member === null ? undefined : spanOfMember(grain, member, calendar))

const keyOf = ({ axis, index }: CarryAsk['tops'][number], { rows }: ResolvedQuery): number =>
  axis === 'rows' ? index : rows.length + index

/** A top-N of the periods themselves, or of what stands below them, which keeps other members in each of them. */
function isBelow(
  { axis, index }: CarryAsk['tops'][number],
  query: ResolvedQuery,
  over: FieldAt,
): boolean {
  return query[axis].some((dimension, at) => at <= index && isSame(dimension, over))
}

/** Filters that say which days, apart from all others; undefined spans: none does. */
function splitDays(
  query: ResolvedQuery,
  over: FieldAt,
  today: number,
): { readonly filters: ResolvedFilter[]; readonly spans: DaySpan[] | undefined } {
  const filters: ResolvedFilter[] = []
  let spans: DaySpan[] | undefined
  for (const one of query.filters) {
    const own = isSame(one.at, over) ? wholeDays(one, query, today) : undefined
    if (own === undefined) filters.push(one)
    else spans = spans === undefined ? united(own) : intersect(spans, own)
  }
  return { filters, spans }
}

/** Moments within a day cut it: such a filter is one like any other. */
function wholeDays(
  { at, filter }: ResolvedFilter,
  { calendar }: ResolvedQuery,
  today: number,
): DaySpan[] | undefined {
  const { lastDay } = at.source.dataset
  const isFromToday = filter.op === 'relative' && filter.anchor === 'today'
  return (isFromToday || lastDay !== null) && isOfWholeDays(filter, at.field.type === 'date')
    ? spansOfFilter(filter, calendar, { lastDay: lastDay ?? today, today })
    : undefined
}
