import { z } from 'zod'
import { AppError } from '../errors.ts'

const CallId = z.number().int().min(1).max(0xffff_ffff)
const Name = z.string().min(1).max(80)

/** The six frames. Names and payloads are opaque here: the contract is checked by whoever owns it. */
export const Frame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hello'), version: z.number().int() }),
  z.strictObject({ kind: z.literal('call'), id: CallId, name: Name, payload: z.unknown() }),
  z.strictObject({ kind: z.literal('part'), id: CallId, payload: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id: CallId }),
  z.strictObject({
    kind: z.literal('reply'),
    id: CallId,
    outcome: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), value: z.unknown() }),
      z.strictObject({ ok: z.literal(false), error: AppError }),
    ]),
  }),
  z.strictObject({ kind: z.literal('event'), name: Name, payload: z.unknown() }),
])
export type Frame = z.infer<typeof Frame>

/** Frames of one call keep their order; frames of different calls may overtake each other. */
export function laneOf(frame: Frame): number {
  return 'id' in frame ? frame.id : 0
}
