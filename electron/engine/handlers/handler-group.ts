import type { CallName, Handlers } from '../../../shared/contract.ts'

/** The handlers of the calls whose names begin with one of the prefixes: a call added to the contract must appear. */
export type HandlerGroup<Prefix extends string> = {
  readonly [C in CallName as C extends `${Prefix}.${string}` ? C : never]: Handlers[C]
}
