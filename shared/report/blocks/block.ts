import { z } from 'zod'
import { ChartBlock } from './chart-block.ts'
import { CrosstabBlock } from './crosstab-block.ts'
import { FilterBlock } from './filter-block.ts'
import { ImageBlock } from './image-block.ts'
import { MetricBlock } from './metric-block.ts'
import { ParameterBlock } from './parameter-block.ts'
import { TableBlock } from './table-block.ts'
import { TextBlock } from './text-block.ts'

/** Every kind of block; a new kind is one file and one line here (and where a total record asks for it). */
export const Block = z.discriminatedUnion('kind', [
  ChartBlock,
  CrosstabBlock,
  TableBlock,
  MetricBlock,
  TextBlock,
  ImageBlock,
  FilterBlock,
  ParameterBlock,
])
export type Block = z.infer<typeof Block>
export type BlockKind = Block['kind']
export type DataBlock = Extract<Block, { filters: unknown }>

export function isDataBlock(block: Block): block is DataBlock {
  return 'filters' in block
}
