/** The days members and filters of a date stand for. */
import { dayKeys } from '../calendar/calendar-grains.ts'
import type { DaySpan } from '../calendar/comparison.ts'
import type { SpanGrain } from '../calendar/period-spans.ts'
import { isSpanGrain, spanIn, spanOf, yearsOf } from '../calendar/period-spans.ts'
import type { RetailCalendar } from '../calendar/retail-calendar.ts'
import { parseIsoDay } from '../data/calendar-day.ts'
import type { Member } from '../data/cell-value.ts'
import { isCalendarGrain } from '../data/grain.ts'
import type { Filter } from './filter.ts'
import { firstDayOf, periodOfMember } from './period.ts'
import { relativeRange } from './relative-date.ts'

export function spanOfMember(
  grain: SpanGrain,
  member: Member,
  calendar: RetailCalendar,
): DaySpan | undefined {
  if (!isCalendarGrain(grain)) {
    const key = periodOfMember(grain, member)
    return key === undefined ? undefined : spanOf(grain, calendar, firstDayOf(grain, key))
  }
  const key = dayKeys(calendar, grain).keyOf(member)
  const years = yearsOf(grain, calendar)
  const per = years.per ?? 54
  return key === undefined ? undefined : spanIn(years, Math.floor(key / per), key % per)
}

const ever = { first: -1_000_000, last: 4_000_000 }

/** Days relative filters count from. */
export interface Anchors {
  readonly lastDay: number
  readonly today: number
}

/** The stretches of days a filter on a date lets pass, or undefined when it is none of stretches (a part, blank). */
export function spansOfFilter(
  filter: Filter,
  calendar: RetailCalendar,
  { lastDay, today }: Anchors,
): DaySpan[] | undefined {
  if (filter.op === 'relative') {
    const { from, to } = relativeRange(filter, filter.anchor === 'today' ? today : lastDay)
    return [{ first: from, last: to }]
  }
  if (!('values' in filter) && filter.op !== 'range') return undefined
  const { grain = 'day' } = filter
  if (!isSpanGrain(grain)) return undefined
  if ('values' in filter) {
    if (filter.op === 'notIn') return undefined
    return filter.values.flatMap((member) => spanOfMember(grain, member, calendar) ?? [])
  }
  const bound = (text: string | number | undefined): DaySpan | undefined => {
    if (text === undefined) return undefined
    if (grain !== 'day') return spanOfMember(grain, text, calendar)
    const day = parseIsoDay(String(text).slice(0, 10))
    return day === undefined ? undefined : { first: day, last: day }
  }
  const [from, to] = [bound(filter.from), bound(filter.to)]
  if (filter.from !== undefined && !from) return undefined
  if (filter.to !== undefined && !to) return undefined
  const first = from ? (filter.excludeFrom === true ? from.last + 1 : from.first) : ever.first
  const last = to ? (filter.excludeTo === true ? to.first - 1 : to.last) : ever.last
  return first <= last ? [{ first, last }] : []
}

/** Whether a filter on a date cuts no day; moments within one do. */
export function isOfWholeDays(filter: Filter, isDay: boolean): boolean {
  if (isDay || filter.op === 'relative') return true
  if ('grain' in filter && filter.grain !== undefined) return true
  const isDate = (end: string | number | undefined): boolean =>
    end === undefined || String(end).length === 10
  return filter.op === 'range' && isDate(filter.from) && isDate(filter.to)
}

export function intersect(a: readonly DaySpan[], b: readonly DaySpan[]): DaySpan[] {
  return united(
    a.flatMap((one) =>
      b.flatMap((other) => {
        const [first, last] = [Math.max(one.first, other.first), Math.min(one.last, other.last)]
        return first <= last ? [{ first, last }] : []
      }),
    ),
  )
}

/** In order, what touches or overlaps made one. */
export function united(spans: readonly DaySpan[]): DaySpan[] {
  const made: DaySpan[] = []
  for (const span of [...spans].sort((a, b) => a.first - b.first)) {
    const before = made.at(-1)
    if (before && span.first <= before.last + 1) {
      made[made.length - 1] = { first: before.first, last: Math.max(before.last, span.last) }
    } else made.push(span)
  }
  return made
}
