/** What a review of rows says of them: which are no data, and why. */

/** `derived`: a mean, a share, a part of the row above; `heads`: the names once more. */
export type LeftOutReason = 'total' | 'derived' | 'footer' | 'heads'

export interface LeftOutRow {
  /** Index in the chunk. */
  readonly row: number
  readonly reason: LeftOutReason
}

export interface Reviewed {
  readonly out: readonly LeftOutRow[]
  /** Rows whose word says total and whose numbers do not: they stay, and that is told. */
  readonly kept: readonly number[]
  /** Rows that may be totals of what comes after the chunk: to be kept until `settle`. */
  readonly held: readonly number[]
}

export interface Settled {
  /** Null: it is data. */
  readonly reason: LeftOutReason | null
  /** It stays, and that is told. */
  readonly kept: boolean
}

export interface Weighed {
  readonly reason: LeftOutReason
  /** Sections a total closes, besides the open one. */
  readonly closed: number
}

export const aboveItsRows: Weighed = { reason: 'total', closed: 0 }

/** How many come before the first of `found`. */
export function firstOf(rows: readonly number[], found: ReadonlySet<number>): number {
  const first = rows.findIndex((row) => found.has(row))
  return first < 0 ? rows.length : first
}
