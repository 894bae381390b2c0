import { z } from 'zod'
import type { FestivalId } from './festivals.ts'
import { festivalIds } from './festivals.ts'

export const alignments = ['date', 'weekday', 'festival', 'tradingDays', 'workdays'] as const
export const extensions = ['precise', 'periodEnd', 'alignEnds'] as const
export const truncations = ['lastDay', 'blank'] as const

/** What the days of a member are compared with. */
export const Comparison = z.strictObject({
  /** `previous`: so many periods of the member's own grain back; `year`: the same period so many years back. */
  with: z.enum(['previous', 'year']),
  back: z.number().int().min(1).max(100).optional(),
  /** By date unless said otherwise. A festival is compared with itself, years back. */
  align: z.enum(alignments).optional(),
  festival: z.enum(festivalIds as [FestivalId, ...FestivalId[]]).optional(),
  /** Where days that end a month meet a longer one: its same days, to its end, or as many days up to its end. */
  extension: z.enum(extensions).optional(),
  /** Where the other period is shorter: its last valid day stands for what is missing, or nothing does. */
  truncation: z.enum(truncations).optional(),
})
export type Comparison = z.infer<typeof Comparison>

export const toDateUnits = ['week', 'month', 'quarter', 'year'] as const
export const ToDate = z.enum(toDateUnits)
export type ToDate = z.infer<typeof ToDate>

/** Both days included. */
export interface DaySpan {
  readonly first: number
  readonly last: number
}
