/** Many-to-one by a key of one field or several: what the job is told and what it measured. */
export interface RelateSide {
  /** The extract file. */
  readonly path: string
  /** Places of the key fields in it, in the order of the other side's. */
  readonly fields: readonly number[]
}

export interface RelateJobOrder {
  /** The many side. */
  readonly from: RelateSide
  /** The side whose key must be unique. */
  readonly to: RelateSide
  /** The map file to make; must not exist. */
  readonly target: string
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly info: Readonly<Record<string, string>>
}

export type RelateOutcome =
  | {
      readonly kind: 'made'
      /** Rows of the many side whose key has no partner. */
      readonly orphans: number
      /** Rows of the many side whose key, or a part of it, is blank. */
      readonly blanks: number
      readonly orphanExamples: readonly string[]
      /** Rows behind the key of the many side that has most of them, and that key. */
      readonly most: number
      readonly mostExample: string
    }
  | { readonly kind: 'duplicateKey'; readonly count: number; readonly examples: readonly string[] }
