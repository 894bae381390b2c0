import { z } from 'zod'
import { Member } from '../../data/cell-value.ts'
import { FieldUse } from '../field-use.ts'
import { blockBase } from './block-base.ts'

/** A filter control a reader uses: a searchable list of members, or a range of dates. */
export const FilterBlock = z.strictObject({
  ...blockBase,
  kind: z.literal('filter'),
  control: z.enum(['list', 'dateRange']),
  shelves: z.strictObject({ field: z.array(FieldUse).max(1) }),
  /** Null is "all". */
  selected: z.array(Member).max(10_000).nullable(),
  range: z
    .strictObject({ from: z.string().max(40).optional(), to: z.string().max(40).optional() })
    .nullable(),
})
export type FilterBlock = z.infer<typeof FilterBlock>
