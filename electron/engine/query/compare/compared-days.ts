/** Which days the lines of an answer are compared with: pure, before anything is asked. */
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import { unannounced } from '../../../../shared/calendar/day-kinds.ts'
import type { SpanGrain } from '../../../../shared/calendar/period-spans.ts'
import { isSpanGrain, spanOf } from '../../../../shared/calendar/period-spans.ts'
import type { RetailCalendar } from '../../../../shared/calendar/retail-calendar.ts'
import { comparedSpan } from '../../../../shared/calendar/shift-days.ts'
import { toDateSpan, untilDay } from '../../../../shared/calendar/to-date.ts'
import { isoDay } from '../../../../shared/data/calendar-day.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import type { Filter, RelativeFilter } from '../../../../shared/query/filter.ts'
import type { MeasureCompare } from '../../../../shared/query/measure-compare.ts'
import {
  intersect,
  spanOfMember,
  spansOfFilter,
  united,
} from '../../../../shared/query/member-span.ts'
import type { QueryWarning } from '../../../../shared/query/query-result.ts'
import type { AxisField, ReportQuery } from '../../../../shared/query/report-query.ts'
import type { z } from 'zod'

export interface DateLevel {
  readonly axis: 'rows' | 'columns'
  readonly index: number
  readonly grain: SpanGrain
}

/** The members of the date levels on a line's path, and the days they are compared with. */
export interface ComparedPath {
  readonly members: readonly Member[]
  readonly spans: readonly DaySpan[]
}

export interface CompareFacts {
  readonly query: ReportQuery
  readonly compare: Pick<MeasureCompare, 'field' | 'with' | 'toDate'>
  readonly calendar: RetailCalendar
  /** Where it is known. */
  readonly firstDay?: number | undefined
  readonly lastDay: number
  readonly today: number
}

/** Edges' uses of the date by periods, the outermost first; the first edge that has any. */
export function dateLevels({ query, compare }: CompareFacts): DateLevel[] {
  for (const axis of ['rows', 'columns'] as const) {
    const found = query[axis].flatMap((use: AxisField, index) => {
      const grain = use.grain ?? 'day'
      return use.field === compare.field && isSpanGrain(grain) ? [{ axis, index, grain }] : []
    })
    if (found.length > 0) return found
  }
  return []
}

/** Filters that say which days: they are moved with the days instead of being asked again. */
export function splitFilters({ query, compare, calendar, ...anchors }: CompareFacts): {
  readonly kept: Filter[]
  readonly spans: DaySpan[] | undefined
  readonly unit: RelativeFilter['unit'] | undefined
} {
  const kept: Filter[] = []
  let spans: DaySpan[] | undefined
  let unit: RelativeFilter['unit'] | undefined
  for (const filter of query.filters) {
    const own =
      filter.field === compare.field ? spansOfFilter(filter, calendar, anchors) : undefined
    if (own === undefined) kept.push(filter)
    else spans = spans === undefined ? united(own) : intersect(spans, own)
    if (filter.op === 'relative' && own !== undefined) unit = filter.unit
  }
  return { kept, spans, unit }
}

type Warning = z.infer<typeof QueryWarning>

export class ComparedDays {
  readonly #warnings: Warning[] = []
  /** Whether days compared with lie before the data, and whether some do not. */
  readonly #compared = { before: false, within: false }
  readonly #facts: CompareFacts
  readonly #allowed: readonly DaySpan[] | undefined
  readonly #periods: readonly (readonly Member[])[]
  readonly #years = new Set<number>()

  /** `periods` are all paths of the date levels, where a top-N puts some of them under Others. */
  constructor(
    facts: CompareFacts,
    allowed: readonly DaySpan[] | undefined,
    periods: readonly (readonly Member[])[] = [],
  ) {
    this.#facts = facts
    this.#allowed = allowed
    this.#periods = periods
  }

  get warnings(): readonly Warning[] {
    const { firstDay } = this.#facts
    const { before, within } = this.#compared
    if (firstDay === undefined || !before || !within) return this.#warnings
    return [...this.#warnings, { code: 'comparedBeforeData', until: isoDay(firstDay) }]
  }

  /** Of members from the outermost level inwards; `besideAt` are all paths down to a level that have lines beside it. */
  path(
    levels: readonly DateLevel[],
    members: readonly Member[],
    besideAt: (level: number) => readonly (readonly Member[])[] = () => [],
  ): ComparedPath {
    let own: DaySpan[] | undefined
    levels.forEach((level, at) => {
      const spans = this.#ownDays(level, members.slice(0, at + 1), besideAt(at))
      own = own === undefined ? spans : intersect(own, spans)
    })
    const within = this.#allowed === undefined ? (own ?? []) : intersect(own ?? [], this.#allowed)
    const grain = levels.at(-1)?.grain ?? 'day'
    return { members, spans: this.#shifted(within, grain, members.at(-1) ?? null) }
  }

  /** Others are the periods under the same ones that have no line of their own. */
  #ownDays(
    { grain }: DateLevel,
    path: readonly Member[],
    beside: readonly (readonly Member[])[],
  ): DaySpan[] {
    const { calendar } = this.#facts
    const at = path.length - 1
    if (path[at] !== othersMember) return [spanOfMember(grain, path[at] ?? null, calendar)].flatMap((span) => span ?? []) // prettier-ignore
    const named = new Set(beside.map((one) => JSON.stringify(one.slice(0, at + 1))))
    const rest = new Set(
      this.#periods
        .filter((one) =>
          one
            .slice(0, at)
            .every((member, index) => member === path[index] || path[index] === othersMember),
        ) // prettier-ignore
        .filter((one) => !named.has(JSON.stringify([...path.slice(0, at), one[at]])))
        .map((one) => one[at] ?? null),
    )
    return [...rest].flatMap((member) => spanOfMember(grain, member, calendar) ?? [])
  }

  /** Of a question without periods on its edges: the days its filters let pass, else all up to the last one. */
  whole(unit: RelativeFilter['unit'] | undefined): ComparedPath {
    const { compare, lastDay } = this.#facts
    const spans = this.#allowed ?? (compare.toDate ? [{ first: lastDay, last: lastDay }] : [])
    const [first, ...more] = spans
    const grain = first && more.length === 0 ? (unit ?? this.#grainOf(first)) : 'day'
    return { members: [], spans: this.#shifted(spans, grain, null) }
  }

  /** A span that is a period, or the beginning of one that is not over, is compared as one. */
  #grainOf(span: DaySpan): SpanGrain {
    const { calendar, lastDay } = this.#facts
    const grains = [
      'year',
      'quarter',
      'month',
      'week',
      'fiscalYear',
      'fiscalQuarter',
      'fiscalPeriod',
    ] as const
    const found = grains.find((grain) => {
      const { first, last } = spanOf(grain, calendar, span.first)
      return first === span.first && Math.min(last, lastDay) === Math.min(span.last, lastDay)
    })
    return found ?? 'day'
  }

  #shifted(spans: readonly DaySpan[], grain: SpanGrain, member: Member): DaySpan[] {
    const { compare, calendar, lastDay } = this.#facts
    return united(
      spans.flatMap((span) => {
        const until = untilDay(span, lastDay)
        if (!until) return []
        if (until.cut) this.#flag(member)
        const own = compare.toDate ? toDateSpan(until.span, compare.toDate, calendar) : until.span
        if (!compare.with) return [own]
        const comparison = this.#steps(own, grain)
        const other = comparedSpan(own, { calendar, comparison, grain, cut: until.cut })
        if (compare.with.align === 'workdays') this.#announce([own, ...(other ? [other] : [])])
        if (other) this.#place(other)
        return other ? [other] : []
      }),
    )
  }

  /** Days that are no period are compared with as many days before them. */
  #steps(span: DaySpan, grain: SpanGrain): NonNullable<MeasureCompare['with']> {
    const comparison = this.#facts.compare.with ?? { with: 'previous' as const }
    const days = span.last - span.first + 1
    return grain === 'day' && comparison.with === 'previous'
      ? { ...comparison, back: Math.min(100, days) * (comparison.back ?? 1) }
      : comparison
  }

  #place({ first, last }: DaySpan): void {
    const { firstDay = -Infinity } = this.#facts
    if (first < firstDay) this.#compared.before = true
    if (last >= firstDay) this.#compared.within = true
  }

  #flag(member: Member): void {
    const until = isoDay(this.#facts.lastDay)
    const known = this.#warnings.some(
      (one) => one.code === 'incompletePeriod' && one.member === member,
    )
    if (!known) this.#warnings.push({ code: 'incompletePeriod', until, member })
  }

  #announce(spans: readonly DaySpan[]): void {
    for (const { first, last } of spans) {
      for (const year of unannounced(this.#facts.calendar, first, last)) {
        if (this.#years.has(year)) continue
        this.#years.add(year)
        this.#warnings.push({ code: 'holidaysNotAnnounced', count: year })
      }
    }
  }
}

/** Lines whose days overlap are asked in turn: each round's lines share no day. */
export function disjointRounds(paths: readonly ComparedPath[]): ComparedPath[][] {
  const rounds: { paths: ComparedPath[]; taken: DaySpan[] }[] = []
  for (const path of paths) {
    if (path.spans.length === 0) continue
    const free = rounds.find(({ taken }) => intersect(taken, path.spans).length === 0)
    if (free) {
      free.paths.push(path)
      free.taken = united([...free.taken, ...path.spans])
    } else rounds.push({ paths: [path], taken: [...path.spans] })
  }
  return rounds.map((round) => round.paths)
}
