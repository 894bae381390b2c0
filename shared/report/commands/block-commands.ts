import { z } from 'zod'
import { BlockFilter } from '../block-filter.ts'
import { Frame } from '../blocks/block-base.ts'
import { Block } from '../blocks/block.ts'
import { Mark } from '../blocks/chart-block.ts'
import { BlockId, DrillPathId, PageId } from '../ids.ts'
import { maxBlocks, ReportImage } from '../report.ts'
import { convertBlock } from '../convert-block.ts'
import { dropBlockTraces, dropPillTraces, dropUnusedImages } from './cleanup.ts'
import { command, CommandRefused } from './command.ts'
import { blockIn, pageIn, pageOfBlock } from './find.ts'

const framed = z.strictObject({ block: BlockId, frame: Frame })

/** Settings of a block outside its shelves, filters and frame; unknown keys for its kind are refused by the schema. */
const Settings = z.record(z.string(), z.unknown())
const settable = new Set([
  'title',
  'orientation',
  'stacking',
  'donut',
  'legend',
  'showLabels',
  'axisTitles',
  'totals',
  'measuresOn',
  'tint',
  'overflow',
  'text',
  'style',
  'fit',
  'alt',
  'control',
  'selected',
  'range',
  'sort',
  'parameter',
])

export const blockCommands = {
  'block.add': command({
    args: z.strictObject({ page: PageId, blocks: z.array(Block).min(1).max(100) }),
    label: 'command.block.add',
    apply: (report, { page, blocks }) => {
      const target = pageIn(report, page)
      if (target.blockOrder.length + blocks.length > maxBlocks) {
        throw new CommandRefused('tooManyBlocks')
      }
      for (const block of blocks) {
        target.blocks[block.id] = block
        target.blockOrder.push(block.id)
      }
    },
  }),
  'block.remove': command({
    args: z.strictObject({ blocks: z.array(BlockId).min(1) }),
    label: 'command.block.remove',
    apply: (report, { blocks }) => {
      for (const id of blocks) {
        const page = pageOfBlock(report, id)
        page.blockOrder = page.blockOrder.filter((other) => other !== id)
        delete page.blocks[id]
        dropBlockTraces(report, id)
      }
      dropUnusedImages(report)
    },
  }),
  'block.setFrames': command({
    args: z.strictObject({ frames: z.array(framed).min(1) }),
    label: 'command.block.setFrames',
    apply: (report, { frames }) => {
      for (const { block, frame } of frames) blockIn(report, block).frame = frame
    },
  }),
  'block.configure': command({
    args: z.strictObject({ block: BlockId, settings: Settings }),
    label: 'command.block.configure',
    apply: (report, { block, settings }) => {
      if (Object.keys(settings).some((key) => !settable.has(key))) {
        throw new CommandRefused('notAccepted')
      }
      const page = pageOfBlock(report, block)
      const merged: Record<string, unknown> = { ...page.blocks[block], ...settings }
      for (const key of Object.keys(merged)) if (merged[key] === undefined) delete merged[key]
      const next = Block.safeParse(merged)
      if (!next.success) throw new CommandRefused('notAccepted')
      page.blocks[block] = next.data
    },
  }),
  'block.convert': command({
    args: z.strictObject({
      block: BlockId,
      to: z.union([
        z.strictObject({ kind: z.literal('chart'), mark: Mark }),
        z.strictObject({ kind: z.enum(['crosstab', 'table', 'metric']) }),
      ]),
    }),
    label: 'command.block.convert',
    apply: (report, { block, to }) => {
      const page = pageOfBlock(report, block)
      const next = convertBlock(blockIn(report, block), to)
      dropPillTraces(next)
      page.blocks[block] = next
    },
  }),
  'block.setFilters': command({
    args: z.strictObject({ block: BlockId, filters: z.array(BlockFilter).max(50) }),
    label: 'command.block.setFilters',
    apply: (report, { block, filters }) => {
      const found = blockIn(report, block)
      if (!('filters' in found)) throw new CommandRefused('notAccepted')
      found.filters = filters
    },
  }),
  'block.setDrillPath': command({
    args: z.strictObject({ block: BlockId, path: DrillPathId.nullable() }),
    label: 'command.block.setDrillPath',
    apply: (report, { block, path }) => {
      const found = blockIn(report, block)
      if (found.kind !== 'chart' && found.kind !== 'crosstab')
        throw new CommandRefused('notAccepted')
      if (path === null) delete found.drillPath
      else found.drillPath = path
    },
  }),
  'block.setImage': command({
    args: z.strictObject({ block: BlockId, image: ReportImage }),
    label: 'command.block.setImage',
    apply: (report, { block, image }) => {
      const found = blockIn(report, block)
      if (found.kind !== 'image') throw new CommandRefused('notAccepted')
      report.images[image.id] = image
      found.image = image.id
      dropUnusedImages(report)
    },
  }),
  'block.bringTo': command({
    args: z.strictObject({ block: BlockId, place: z.enum(['front', 'back']) }),
    label: 'command.block.bringTo',
    apply: (report, { block, place }) => {
      const page = pageOfBlock(report, block)
      const others = page.blockOrder.filter((id) => id !== block)
      page.blockOrder = place === 'front' ? [...others, block] : [block, ...others]
    },
  }),
} as const
