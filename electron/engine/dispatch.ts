import type { z } from 'zod'
import type { CallContext, CallShape } from '../../shared/contract-shape.ts'
import { commonFailures } from '../../shared/contract-shape.ts'
import type { Handlers } from '../../shared/contract.ts'
import { calls } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { AppErrorException, appError, fail } from '../../shared/errors.ts'
import type { BugLog } from './bug-log.ts'

export interface DispatchOptions {
  readonly log: BugLog
  /** Answers are checked against the contract too: in tests and development. */
  readonly checkOutput: boolean
}

export type Dispatch = (
  name: string,
  payload: unknown,
  call: DispatchedCall,
) => Promise<Outcome<unknown>>

export type DispatchedCall = Pick<CallContext<unknown>, 'signal' | 'part' | 'printJob'>

type AnyHandler = (input: unknown, context: DispatchedCall) => Promise<Outcome<unknown>>

function badInput(name: string, error: z.ZodError) {
  const issue = error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  return fail('contract/badInput', { call: name, path, problem: issue?.code ?? '' })
}

function bug(log: BugLog, error: unknown, where: string) {
  const causeId = log.note(error, where)
  return { ok: false, error: { ...appError('internal/bug'), causeId } } as const
}

function outcomeOfThrown(log: BugLog, name: string, error: unknown, signal: AbortSignal) {
  if (error instanceof AppErrorException) return { ok: false, error: error.appError } as const
  const aborted = error instanceof Error && error.name === 'AbortError'
  if (signal.aborted || aborted) return fail('internal/cancelled')
  return bug(log, error, name)
}

/** What is wrong with an outcome, by the contract; `undefined` when nothing is. */
function faultOf(shape: CallShape, outcome: Outcome<unknown>): unknown {
  if (outcome.ok) return shape.output.safeParse(outcome.value).error
  const allowed: readonly string[] = [...shape.fails, ...commonFailures]
  const { code } = outcome.error
  return allowed.includes(code) ? undefined : new Error(`${code} is not among the call's failures`)
}

function checkedPart(
  name: string,
  shape: CallShape,
  call: DispatchedCall,
  log: BugLog,
): DispatchedCall {
  return {
    ...call,
    part(payload) {
      const fault = shape.part.safeParse(payload).error
      if (fault !== undefined) log.note(fault, `${name} part`)
      else call.part(payload)
    },
  }
}

/** Answers calls by the contract: input is always checked, nothing a handler throws gets past. */
export function createDispatch(handlers: Handlers, options: DispatchOptions): Dispatch {
  const { log, checkOutput } = options

  async function run(name: string, shape: CallShape, input: unknown, call: DispatchedCall) {
    // The record is total and the input has been parsed by this call's own schema.
    const handler = (handlers as unknown as Record<string, AnyHandler>)[name]
    if (handler === undefined) return fail('contract/unknownCall', { call: name })
    try {
      const context = checkOutput ? checkedPart(name, shape, call, log) : call
      const outcome = await handler(input, context)
      const fault = checkOutput ? faultOf(shape, outcome) : undefined
      return fault === undefined ? outcome : bug(log, fault, `${name} answer`)
    } catch (error) {
      return outcomeOfThrown(log, name, error, call.signal)
    }
  }

  return async (name, payload, call) => {
    if (!Object.hasOwn(calls, name)) return fail('contract/unknownCall', { call: name })
    const shape: CallShape = calls[name as keyof typeof calls] // hasOwn made sure of the key
    const parsed = shape.input.safeParse(payload)
    if (!parsed.success) return badInput(name, parsed.error)
    return run(name, shape, parsed.data, call)
  }
}
