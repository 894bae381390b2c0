import { z } from 'zod'
import { blockBase } from './block-base.ts'

/** Plain text with one style for the whole block: no markup, so nothing in a shared file can run. */
export const TextBlock = z.strictObject({
  ...blockBase,
  kind: z.literal('text'),
  text: z.string().max(20_000),
  style: z.strictObject({
    size: z.enum(['small', 'normal', 'large', 'heading', 'title']),
    bold: z.boolean(),
    align: z.enum(['left', 'center', 'right']),
    tone: z.enum(['normal', 'muted', 'accent']),
  }),
})
export type TextBlock = z.infer<typeof TextBlock>
