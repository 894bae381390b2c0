/** Rule 21: to-date sums, and periods that are not over. */
import type { DaySpan, ToDate } from './comparison.ts'
import type { SpanGrain } from './period-spans.ts'
import { spanOf } from './period-spans.ts'
import type { RetailCalendar } from './retail-calendar.ts'
import { weekFloor } from './fiscal.ts'

const grainOf: Record<Exclude<ToDate, 'week'>, SpanGrain> = {
  month: 'fiscalPeriod',
  quarter: 'fiscalQuarter',
  year: 'fiscalYear',
}

/** From the first day of the calendar's week, period, quarter or year that the span's last day lies in. */
export function toDateSpan({ last }: DaySpan, unit: ToDate, calendar: RetailCalendar): DaySpan {
  if (unit === 'week') return { first: weekFloor(last, calendar.weekStart), last }
  return { first: spanOf(grainOf[unit], calendar, last).first, last }
}

/** A period as far as there is data, and whether that cuts it short; null before there is any. */
export function untilDay(
  span: DaySpan,
  lastDay: number,
): { readonly span: DaySpan; readonly cut: boolean } | null {
  if (span.first > lastDay) return null
  const cut = span.last > lastDay
  return { span: cut ? { first: span.first, last: lastDay } : span, cut }
}
