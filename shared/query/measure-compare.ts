import { z } from 'zod'
import { Comparison, ToDate } from '../calendar/comparison.ts'
import { FieldRef } from './filter.ts'

export const compareShows = ['value', 'difference', 'percent'] as const

/** What a comparison is, whoever names the date field. */
export const compareShape = {
  /** Absent for a plain to-date sum. */
  with: Comparison.optional(),
  /** The days from the start of the calendar's unit to the end of each member. */
  toDate: ToDate.optional(),
  /** The other period's value (the default), what is new over it, or that as a share of it. */
  show: z.enum(compareShows).optional(),
}

/** A measure over other days than its cell's: rules 17 and 21. */
export const MeasureCompare = z.strictObject({ field: FieldRef, ...compareShape })
export type MeasureCompare = z.infer<typeof MeasureCompare>
