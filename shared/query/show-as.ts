import { z } from 'zod'
import { Member } from '../data/cell-value.ts'

export const Axis = z.enum(['rows', 'columns'])
export type Axis = z.infer<typeof Axis>

/** A field of an edge by its place, outermost first: the same field may stand there twice, by year and by month. */
export const AxisPlace = z.strictObject({ axis: Axis, level: z.number().int().min(0).max(7) })
export type AxisPlace = z.infer<typeof AxisPlace>

export const percentBases = ['grand', 'row', 'column', 'parentRow', 'parentColumn'] as const
const direction = z.enum(['ascending', 'descending'])

/**
 * "Show as": what a cell says of its measure beside the others. A question names fields by their place on an edge, a
 * report by their pill, so both have this shape over another name.
 */
export function showAsOver<Place extends z.ZodType>(place: Place) {
  return z.discriminatedUnion('as', [
    z.strictObject({ as: z.literal('percent'), of: z.enum(percentBases) }),
    z.strictObject({ as: z.literal('percentOfParent'), field: place }),
    z.strictObject({ as: z.literal('index') }),
    z.strictObject({
      as: z.enum(['difference', 'percentDifference']),
      field: place,
      /** The member before or after in the shown order, or one that is named. */
      from: z.union([z.enum(['previous', 'next']), z.strictObject({ member: Member })]),
    }),
    z.strictObject({
      as: z.enum(['runningTotal', 'percentRunningTotal', 'movingAverage']),
      axis: Axis,
      reset: z.union([z.enum(['none', 'highest', 'lowest']), z.strictObject({ field: place })]),
      order: z.enum(['forward', 'backward']).optional(),
      /** Where the blank member is met. */
      blanks: z.enum(['first', 'last']).optional(),
      /** Members a moving average looks at, the own one included. */
      window: z.number().int().min(2).max(1000).optional(),
    }),
    z.strictObject({
      as: z.literal('rank'),
      axis: Axis,
      direction,
      /** After two firsts comes a third (`skip`) or a second (`dense`). */
      ties: z.enum(['skip', 'dense']),
      within: z.enum(['parent', 'all']).optional(),
    }),
  ])
}

export const ShowAs = showAsOver(AxisPlace)
export type ShowAs = z.infer<typeof ShowAs>

export type ShowKind = ShowAs['as']

/** Shown as shares: written in percent unless another format was chosen. */
export function isShare(show: { readonly as: ShowKind } | undefined): boolean {
  return show !== undefined && /^percent/.test(show.as)
}

/** What a total says when it is made of the numbers shown instead of its own rows. */
export const SecondPass = z.enum(['sum', 'average', 'min', 'max'])
export type SecondPass = z.infer<typeof SecondPass>
