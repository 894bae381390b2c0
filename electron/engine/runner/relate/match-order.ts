/** Which columns look like keys of one another: what the job compares and what it found. */
export interface MatchSide {
  /** Place of its extract among the files. */
  readonly file: number
  /** Places of the key's fields in it. */
  readonly fields: readonly number[]
}

export interface MatchPair {
  readonly from: MatchSide
  readonly to: MatchSide
}

export interface MatchOrder {
  /** Extract files. */
  readonly files: readonly string[]
  readonly pairs: readonly MatchPair[]
  readonly tempFolder: string
  readonly memoryLimitMb: number
}

export interface Matched {
  /** Different keys of the many side, and how many of them the one side has. */
  readonly keys: number
  readonly met: number
  /** Whether each key stands in one row of the one side. */
  readonly unique: boolean
}

export interface MatchOutcome {
  readonly pairs: readonly Matched[]
}
