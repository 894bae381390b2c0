import { FilterControl } from '../blocks/filter-control.tsx'
import { ImageContent } from '../blocks/image-content.tsx'
import { MetricContent } from '../blocks/metric-content.tsx'
import { NumbersTable } from '../blocks/numbers-table.tsx'
import { RowsTable } from '../blocks/rows-table.tsx'
import { TextContent } from '../blocks/text-content.tsx'
import type { BlockContents } from '../state/block-content.ts'

/** Where each kind of block gets its content. */
export const blockContents: BlockContents = {
  chart: NumbersTable,
  crosstab: NumbersTable,
  table: RowsTable,
  metric: MetricContent,
  text: TextContent,
  image: ImageContent,
  filter: FilterControl,
}
