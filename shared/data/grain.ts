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
export const Grain = z.enum([...periodGrains, ...partGrains])
export type Grain = z.infer<typeof Grain>
