import { z } from 'zod'
import { ImageId } from '../ids.ts'
import { blockBase } from './block-base.ts'

export const ImageBlock = z.strictObject({
  ...blockBase,
  kind: z.literal('image'),
  image: ImageId.optional(),
  fit: z.enum(['contain', 'cover']),
  alt: z.string().max(400),
})
export type ImageBlock = z.infer<typeof ImageBlock>
