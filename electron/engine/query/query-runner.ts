import type { Printed } from '../sql/printer.ts'

/** One column of an answer: whole and floating numbers (NaN blank), numbers beyond 2^53, or text. */
export type RawColumn =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'wide'; readonly values: readonly (bigint | null)[] }
  | { readonly kind: 'texts'; readonly values: readonly (string | null)[] }

export interface RawAnswer {
  readonly rows: number
  readonly columns: ReadonlyMap<string, RawColumn>
}

export type RunTarget =
  | {
      readonly kind: 'extracts'
      readonly attach: readonly { readonly alias: string; readonly path: string }[]
    }
  | { readonly kind: 'live'; readonly path: string }
  | { readonly kind: 'server'; readonly connection: string }

/**
 * Runs printed statements in a query process. Rejects with an `AppErrorException`: `query/cancelled` when the signal
 * was aborted, `query/failed`, `query/timedOut` or `query/processLost`.
 */
export interface QueryRunner {
  run(target: RunTarget, statement: Printed, signal: AbortSignal): Promise<RawAnswer>
}
