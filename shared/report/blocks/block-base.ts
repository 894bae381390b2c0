import { z } from 'zod'
import { BlockId, DrillPathId } from '../ids.ts'

/** Grid units: a board is 24 columns wide, rows are as tall as a column is wide by a fixed ratio. */
export const Frame = z.strictObject({
  x: z.number().int().min(0).max(23),
  y: z.number().int().min(0).max(2000),
  w: z.number().int().min(1).max(24),
  h: z.number().int().min(1).max(200),
})
export type Frame = z.infer<typeof Frame>

export const blockBase = {
  id: BlockId,
  title: z.string().max(200).optional(),
  frame: Frame,
}

/** Shared by blocks that can go down a drill path from the dimension it starts with. */
export const drillUse = { drillPath: DrillPathId.optional() }
