import { z } from 'zod'
import { AxisTotals } from '../../query/report-query.ts'
import { BlockFilter } from '../block-filter.ts'
import { FieldUse } from '../field-use.ts'
import { blockBase, drillUse } from './block-base.ts'

const shelf = z.array(FieldUse).max(8)

export const CrosstabBlock = z.strictObject({
  ...blockBase,
  ...drillUse,
  kind: z.literal('crosstab'),
  shelves: z.strictObject({ rows: shelf, columns: shelf, values: z.array(FieldUse).max(20) }),
  filters: z.array(BlockFilter).max(50),
  totals: z.strictObject({ rows: AxisTotals, columns: AxisTotals }),
  /** In print: continue on following pages, or cut with "first n of N" said. */
  overflow: z.enum(['continue', 'cut']),
})
export type CrosstabBlock = z.infer<typeof CrosstabBlock>
