import { FilterControl } from '../blocks/filter-control.tsx'
import { ImageContent } from '../blocks/image-content.tsx'
import { MetricContent } from '../blocks/metric-content.tsx'
import { ParameterControl } from '../blocks/parameter-control.tsx'
import { RowsTable } from '../blocks/rows-table.tsx'
import { TextContent } from '../blocks/text-content.tsx'
import { ChartContent } from '../charts/chart-content.tsx'
import { CrosstabContent } from '../crosstab/crosstab-content.tsx'
import type { BlockContents } from '../state/block-content.ts'

/** Where each kind of block gets its content. */
export const blockContents: BlockContents = {
  chart: ChartContent,
  crosstab: CrosstabContent,
  table: RowsTable,
  metric: MetricContent,
  text: TextContent,
  image: ImageContent,
  filter: FilterControl,
  parameter: ParameterControl,
}
