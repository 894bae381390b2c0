import { z } from 'zod'
import { BlockFilter } from '../block-filter.ts'
import { FieldUse } from '../field-use.ts'
import { blockBase } from './block-base.ts'

/** A KPI card: one measure as one number. */
export const MetricBlock = z.strictObject({
  ...blockBase,
  kind: z.literal('metric'),
  shelves: z.strictObject({ values: z.array(FieldUse).max(1) }),
  filters: z.array(BlockFilter).max(50),
})
export type MetricBlock = z.infer<typeof MetricBlock>
