import { z } from 'zod'
import { Folds } from '../../query/crosstab/folds.ts'
import { AxisTotals } from '../../query/report-query.ts'
import { BlockFilter } from '../block-filter.ts'
import { FieldUse } from '../field-use.ts'
import { PillId } from '../ids.ts'
import { blockBase, drillUse } from './block-base.ts'

const shelf = z.array(FieldUse).max(8)

export const CrosstabBlock = z.strictObject({
  ...blockBase,
  ...drillUse,
  kind: z.literal('crosstab'),
  shelves: z.strictObject({ rows: shelf, columns: shelf, values: z.array(FieldUse).max(20) }),
  filters: z.array(BlockFilter).max(50),
  totals: z.strictObject({
    rows: AxisTotals,
    columns: AxisTotals,
    singles: z.literal('hide').optional(),
    over: z.literal('all').optional(),
  }),
  /** Where the measures stand among the fields of an edge; absent: innermost of the columns. */
  measuresOn: z
    .strictObject({
      axis: z.enum(['rows', 'columns']),
      /** Fields before them on that edge. */
      after: z.number().int().min(0).max(8),
    })
    .optional(),
  /** Cells are tinted by the numbers of a measure: those of leaves, of totals too, or within each parent. */
  tint: z.strictObject({ pill: PillId, over: z.enum(['leaves', 'totals', 'parent']) }).optional(),
  /** Groups that are put away. */
  folds: Folds.optional(),
  /** In print: continue on following pages, or cut with "first n of N" said. */
  overflow: z.enum(['continue', 'cut']),
})
export type CrosstabBlock = z.infer<typeof CrosstabBlock>
