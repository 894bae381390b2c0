/** Ranges a date control offers with one press, counted back from the last day there is data of. */
import { isoDay, parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { RelativeFilter } from '../../shared/query/filter.ts'
import { relativeRange } from '../../shared/query/relative-date.ts'

export const datePresets = [
  'thisMonth',
  'lastMonth',
  'threeMonths',
  'thisYear',
  'lastYear',
] as const
export type DatePreset = (typeof datePresets)[number]

type Span = Pick<RelativeFilter, 'span' | 'unit' | 'count'>
const spans: Readonly<Record<DatePreset, Span>> = {
  thisMonth: { span: 'toDate', unit: 'month' },
  lastMonth: { span: 'previous', unit: 'month' },
  threeMonths: { span: 'last', unit: 'month', count: 3 },
  thisYear: { span: 'toDate', unit: 'year' },
  lastYear: { span: 'previous', unit: 'year' },
}

/** Undefined where the last day is no day. */
export function presetRange(
  preset: DatePreset,
  lastDay: string,
): { readonly from: string; readonly to: string } | undefined {
  const anchor = parseIsoDay(lastDay.slice(0, 10))
  if (anchor === undefined) return undefined
  const { from, to } = relativeRange({ field: '', op: 'relative', ...spans[preset] }, anchor)
  return { from: isoDay(from), to: isoDay(to) }
}
