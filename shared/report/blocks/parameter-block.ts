import { z } from 'zod'
import { ParameterId } from '../ids.ts'
import { blockBase } from './block-base.ts'

/** A control a reader sets a parameter of the report with. */
export const ParameterBlock = z.strictObject({
  ...blockBase,
  kind: z.literal('parameter'),
  parameter: ParameterId.optional(),
})
export type ParameterBlock = z.infer<typeof ParameterBlock>
