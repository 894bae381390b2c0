import type { z } from 'zod'
import type { ErrorCode, Outcome } from './errors.ts'

export interface CallShape<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  Part extends z.ZodType = z.ZodType,
  Fails extends ErrorCode = ErrorCode,
> {
  readonly input: In
  readonly output: Out
  readonly part: Part
  readonly fails: readonly Fails[]
}

/** Every call may also fail with these, whatever it lists. */
export const commonFailures = [
  'contract/badInput',
  'contract/unknownCall',
  'contract/disconnected',
  'internal/bug',
  'internal/cancelled',
  'internal/processLost',
] as const satisfies readonly ErrorCode[]
export type CommonFailure = (typeof commonFailures)[number]

export interface CallOptions<Part> {
  readonly signal?: AbortSignal
  readonly onPart?: (part: Part) => void
}

export interface CallContext<Part> {
  readonly signal: AbortSignal
  readonly part: (part: Part) => void
  /** Of a page being printed: nobody at the screen waits for it, and what it reads leaves the program. */
  readonly printJob?: string
}

export type ClientCall<C extends CallShape> = (
  input: z.input<C['input']>,
  options?: CallOptions<z.output<C['part']>>,
) => Promise<Outcome<z.output<C['output']>, C['fails'][number] | CommonFailure>>

export type CallHandler<C extends CallShape> = (
  input: z.output<C['input']>,
  context: CallContext<z.input<C['part']>>,
) => Promise<Outcome<z.input<C['output']>, C['fails'][number] | CommonFailure>>
