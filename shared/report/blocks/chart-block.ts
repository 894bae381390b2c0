import { z } from 'zod'
import { BlockFilter } from '../block-filter.ts'
import { FieldUse } from '../field-use.ts'
import { blockBase, drillUse } from './block-base.ts'

export const Mark = z.enum(['bar', 'line', 'arc', 'point'])
export type Mark = z.infer<typeof Mark>

const shelf = z.array(FieldUse).max(8)

export const ChartShelves = z.strictObject({
  /** Categories along the base axis (for a scatter: the measure along x). */
  columns: shelf,
  /** Measures (for a scatter: the measure along y). */
  rows: shelf,
  color: shelf,
  size: shelf,
  label: shelf,
  detail: shelf,
  tooltip: shelf,
})
export type ChartShelves = z.infer<typeof ChartShelves>

export const ChartBlock = z.strictObject({
  ...blockBase,
  ...drillUse,
  kind: z.literal('chart'),
  mark: Mark,
  /** For bars: `vertical` is a column chart. */
  orientation: z.enum(['vertical', 'horizontal']),
  stacking: z.enum(['grouped', 'stacked', 'percent']),
  /** For arcs: the hole of a donut. */
  donut: z.boolean(),
  shelves: ChartShelves,
  filters: z.array(BlockFilter).max(50),
  legend: z.enum(['none', 'top', 'right', 'bottom']),
  showLabels: z.boolean(),
  axisTitles: z.boolean(),
})
export type ChartBlock = z.infer<typeof ChartBlock>
