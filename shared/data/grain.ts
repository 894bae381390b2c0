import { z } from 'zod'

/** Periods keep their year ("March 2026"); parts do not ("March", all years). See the pivot rule on part and period. */
export const periodGrains = ['year', 'quarter', 'month', 'week', 'day', 'hour'] as const
export const partGrains = [
  'quarterOfYear',
  'monthOfYear',
  'dayOfMonth',
  'dayOfWeek',
  'hourOfDay',
] as const
/** What the retail calendar says of a day: its periods, their parts, and what day it is. */
export const fiscalGrains = [
  'fiscalYear',
  'fiscalQuarter',
  'fiscalPeriod',
  'fiscalWeek',
  'januaryWeek',
] as const
export const fiscalParts = [
  'fiscalQuarterOfYear',
  'fiscalPeriodOfYear',
  'fiscalWeekOfYear',
] as const
export const dayKinds = ['festival', 'holiday', 'workday'] as const
export const calendarGrains = [...fiscalGrains, ...fiscalParts, ...dayKinds] as const
export const plainGrains = [...periodGrains, ...partGrains] as const
export const Grain = z.enum([...plainGrains, ...calendarGrains])
export type Grain = z.infer<typeof Grain>
export type CalendarGrain = (typeof calendarGrains)[number]
export type PlainGrain = Exclude<Grain, CalendarGrain>

export function isCalendarGrain(grain: Grain): grain is CalendarGrain {
  return calendarGrains.some((one) => one === grain)
}
