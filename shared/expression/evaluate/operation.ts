import type { ApplyPart } from '../typed.ts'
import type { Value } from '../value.ts'

/** What a formula is computed against. */
export interface RowReader {
  /** The field's value in the row, of the field's type; blank where a related row is missing. */
  valueOf(dataset: string | undefined, field: string): Value
  /** Epoch day the dataset ends with, or null when it has no dates: what LASTDAY() gives. */
  readonly lastDay: number | null
}

export type Evaluated = (args: readonly Value[], part: ApplyPart, row: RowReader) => Value

export const exactOf = (value: Value | undefined): bigint | null =>
  typeof value === 'bigint' ? value : null
export const numberOf = (value: Value | undefined): number | null =>
  typeof value === 'number' ? value : null
export const textOf = (value: Value | undefined): string | null =>
  typeof value === 'string' ? value : null

export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
