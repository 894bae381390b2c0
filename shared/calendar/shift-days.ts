/**
 * Rule 17: which days a stretch of days is compared with. The period is shifted, not the rows; where lengths differ,
 * extension and truncation decide.
 */
import type { Comparison, DaySpan } from './comparison.ts'
import { isClosed, isWorkday } from './day-kinds.ts'
import { festivalDay, nearestFestival } from './festivals.ts'
import { weekdayOf } from './fiscal.ts'
import type { PlacedSpan, SpanGrain } from './period-spans.ts'
import { isOfMonths, lastIn, monthOf, monthSpan, spanAt, spanIn, yearsOf } from './period-spans.ts'
import type { RetailCalendar } from './retail-calendar.ts'

export interface ShiftAsk {
  readonly calendar: RetailCalendar
  readonly comparison: Comparison
  /** Of the member the days belong to. */
  readonly grain: SpanGrain
  /** The member's period is not over: its counterpart is cut at the same day. */
  readonly cut?: boolean
}

/** The span to compare with, or null where there is none. */
export function comparedSpan(days: DaySpan, ask: ShiftAsk): DaySpan | null {
  const { align = 'date' } = ask.comparison
  if (align === 'festival') return byFestival(days, ask)
  const shifted = byDate(days, ask)
  if (!shifted || align === 'date') return shifted
  if (align === 'weekday') return bySameWeekday(days, ask)
  return withSameCount(days, shifted, countedBy(align, ask.calendar))
}

/** Counterparts of the first and the last day's containers: a month, or a period of a calendar of weeks. */
interface Frame {
  readonly of: (day: number) => DaySpan
  readonly target: (day: number) => DaySpan | undefined
}

function byDate(days: DaySpan, ask: ShiftAsk): DaySpan | null {
  const { comparison } = ask
  const back = comparison.back ?? 1
  if (ask.grain === 'day' && comparison.with === 'previous') {
    return { first: days.first - back, last: days.last - back }
  }
  // A day is compared with a day: 28 February is not its month's end alone where the other year has a 29th.
  const oneDay = ask.grain === 'day' && days.first === days.last
  const usual = oneDay ? 'precise' : 'periodEnd'
  const extension = ask.cut === true ? 'precise' : (comparison.extension ?? usual)
  return shiftSpan(days, frameOf(ask), extension, comparison.truncation ?? 'lastDay')
}

function frameOf({ grain, calendar, comparison }: ShiftAsk): Frame {
  const back = comparison.back ?? 1
  const years = yearsOf(grain === 'day' ? 'month' : grain, calendar)
  if (isOfMonths(years)) {
    const months = comparison.with === 'year' ? 12 : 12 / (years.per ?? 12)
    return { of: monthOf, target: (day) => monthSpan(monthOf(day).index - back * months) }
  }
  return {
    of: (day) => spanAt(years, day),
    target: (day) => {
      const own = spanAt(years, day)
      if (comparison.with === 'previous') return stepsBack(own, back, (at) => spanAt(years, at))
      const found = spanIn(years, own.year - back, own.place)
      // Week 53 against a year of 52: the last valid week, or none.
      const keepsLast = comparison.truncation !== 'blank'
      return found ?? (keepsLast ? lastIn(years, own.year - back) : undefined)
    },
  }
}

function stepsBack(
  own: PlacedSpan,
  steps: number,
  spanOfDay: (day: number) => PlacedSpan,
): DaySpan {
  let span = own
  for (let step = 0; step < steps; step++) span = spanOfDay(span.first - 1)
  return span
}

export function shiftSpan(
  days: DaySpan,
  frame: Frame,
  extension: NonNullable<Comparison['extension']>,
  truncation: NonNullable<Comparison['truncation']>,
): DaySpan | null {
  const [from, to] = [frame.of(days.first), frame.of(days.last)]
  const [start, end] = [frame.target(days.first), frame.target(days.last)]
  if (!start || !end) return null
  const endsPeriod = days.last === to.last
  if (extension === 'alignEnds' && endsPeriod) {
    return { first: end.last - (days.last - days.first), last: end.last }
  }
  const same = end.first + days.last - to.first
  const last = extension === 'periodEnd' && endsPeriod ? end.last : Math.min(same, end.last)
  const wanted = start.first + days.first - from.first
  if (wanted <= start.last) return { first: wanted, last }
  // The first day has no counterpart, as the 30th has none in February.
  if (truncation === 'lastDay') return { first: start.last, last }
  return start.last < last ? { first: start.last + 1, last } : null
}

/** The same weekdays, as near as can be to the same dates. */
function bySameWeekday(days: DaySpan, ask: ShiftAsk): DaySpan | null {
  const start = byDate({ first: days.first, last: days.first }, { ...ask, cut: true })
  if (!start) return null
  const off = ((weekdayOf(days.first) - weekdayOf(start.first) + 10) % 7) - 3
  const first = start.first + off
  return { first, last: first + days.last - days.first }
}

/** As far from the festival of the other year as the days are from their own. */
function byFestival(days: DaySpan, { comparison }: ShiftAsk): DaySpan | null {
  const festival = comparison.festival ?? 'spring'
  const own = nearestFestival(festival, Math.floor((days.first + days.last) / 2))
  const other = own && festivalDay(festival, own.year - (comparison.back ?? 1))
  if (!own || other === undefined) return null
  const off = other - own.day
  return { first: days.first + off, last: days.last + off }
}

type Counts = (day: number) => boolean

function countedBy(align: 'tradingDays' | 'workdays', calendar: RetailCalendar): Counts {
  return align === 'workdays'
    ? (day) => isWorkday(calendar, day)
    : (day) => !isClosed(calendar, day)
}

/** Nothing waits for a day that never comes: a shop closed for longer than this has none to compare with. */
const farthest = 400

/** From the same first day until as many counted days have passed. */
function withSameCount(days: DaySpan, shifted: DaySpan, counts: Counts): DaySpan | null {
  let wanted = 0
  for (let day = days.first; day <= days.last; day++) if (counts(day)) wanted++
  if (wanted === 0) return null
  const end = shifted.first + (days.last - days.first) + farthest
  for (let day = shifted.first; day <= end; day++) {
    if (counts(day) && --wanted === 0) return { first: shifted.first, last: day }
  }
  return null
}
