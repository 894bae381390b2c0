import type { DaySpan } from '../../calendar/comparison.ts'
import type { MeasureAggregate } from '../report-query.ts'
import type { MemberList } from './member-index.ts'

/** Whole numbers scaled by 10^scale, as doubles while safe, else as big integers; blank is NaN or null. */
export type ExactValues = Float64Array | readonly (bigint | null)[]

/** Rows of one grouping level: the finest, or a coarser one for measures that cannot be rolled up. */
export interface LevelRows {
  readonly rowDepth: number
  readonly columnDepth: number
  readonly count: number
  /** Per dimension of the level (rows first), the member's index for each row. */
  readonly keys: readonly Int32Array[]
}

/** How a measure comes out of the engine. */
export type MeasureInput =
  /** Sums and counts at the finest level; coarser ones are added up from them. */
  | { readonly kind: 'exactSum'; readonly scale: number; readonly values: ExactValues }
  | { readonly kind: 'floatSum'; readonly values: Float64Array }
  /** Mean of the non-blank values: their sum, exact or floating, and their number. */
  | {
      readonly kind: 'mean'
      readonly sum:
        { readonly scale: number; readonly values: ExactValues } | { readonly values: Float64Array }
      readonly counts: Float64Array
    }
  | {
      readonly kind: 'extreme'
      readonly of: 'min' | 'max'
      readonly scale: number
      readonly values: ExactValues
    }
  | { readonly kind: 'extremeFloat'; readonly of: 'min' | 'max'; readonly values: Float64Array }
  /** Given by the engine for every level wanted. */
  | {
      readonly kind: 'perLevel'
      readonly levels: readonly (LevelRows & { readonly values: Float64Array })[]
    }
  | {
      readonly kind: 'exactPerLevel'
      readonly scale: number
      readonly levels: readonly (LevelRows & { readonly values: ExactValues })[]
    }
  /** Balances, which stand until others are told; `given` are levels where they are those of the cell's own rows. */
  | {
      readonly kind: 'carried'
      readonly which: 'opening' | 'closing'
      /** Null for doubles. */
      readonly scale: number | null
      /** No balance is carried into periods that begin after this day. */
      readonly until: number | null
      readonly given: readonly (LevelRows & { readonly values: ExactValues })[]
      readonly levels: readonly CarriedLevel[]
    }

/** Members of a date's level, some of which a top-N may leave out. */
export interface CutPeriods {
  /** There is nothing of those that have no line. */
  readonly isCut: boolean
  readonly isOthers: (member: number) => boolean
  readonly daysOf: (member: number) => DaySpan | undefined
  /** The days of all periods without a line beside others. */
  readonly restBeside: (named: readonly number[]) => readonly DaySpan[]
}

/** Balances told in stretches of days, by path and stretch; the keys of periods are not used. */
export interface CarriedLevel extends LevelRows {
  /** Per key the days of its members, by their index; undefined where a key is no period. */
  readonly days: readonly (((member: number) => DaySpan | undefined) | undefined)[]
  /** Where a top-N cuts periods of the date: by key, of any edge, all that have periods of it. */
  readonly tops?: ReadonlyMap<number, CutPeriods> | undefined
  /** The days asked about as a whole. */
  readonly within: DaySpan | undefined
  /** First day of each stretch. */
  readonly from: Float64Array
  /** What owners told last in it, what they had told before, and what those told first of whom nothing was known. */
  readonly told: ExactValues
  readonly replaced: ExactValues
  readonly firsts: ExactValues
  /** How many of whom nothing was known. */
  readonly fresh: Float64Array
}

export interface MeasureSpec {
  readonly name: string
  readonly aggregate: MeasureAggregate
  readonly input: MeasureInput
  /** Of other days than its cell's: where no rows of the cell's own days are, it has a value all the same. */
  readonly elsewhere?: true
}

/**
 * Per dimension the members that have a line under a parent (its path of members), rows or not; undefined where only those
 * with rows have.
 */
export type EmptyMembers = readonly (((path: readonly number[]) => readonly number[]) | undefined)[]

/** Everything an engine supplies for one query: the finest level, and per measure what it needs. */
export interface SpreadInput {
  readonly rowMembers: readonly MemberList[]
  readonly columnMembers: readonly MemberList[]
  readonly leaf: LevelRows
  /** Base rows behind each row of the finest level. */
  readonly leafRows: Float64Array
  readonly measures: readonly MeasureSpec[]
}
