import { z } from 'zod'
import { SortDirection } from '../../query/report-query.ts'
import { BlockFilter } from '../block-filter.ts'
import { FieldUse } from '../field-use.ts'
import { PillId } from '../ids.ts'
import { blockBase } from './block-base.ts'

/** A detail table: one line per base row. */
export const TableBlock = z.strictObject({
  ...blockBase,
  kind: z.literal('table'),
  shelves: z.strictObject({ columns: z.array(FieldUse).max(60) }),
  filters: z.array(BlockFilter).max(50),
  sort: z.array(z.strictObject({ pill: PillId, direction: SortDirection })).max(4),
  overflow: z.enum(['continue', 'cut']),
})
export type TableBlock = z.infer<typeof TableBlock>
