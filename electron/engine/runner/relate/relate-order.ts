/** Many-to-one by one key: what the job is told and what it measured. */
export interface RelateSide {
  /** The extract file. */
  readonly path: string
  /** Place of the key field in it. */
  readonly field: number
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
      readonly blanks: number
      readonly orphanExamples: readonly string[]
    }
  | { readonly kind: 'duplicateKey'; readonly count: number; readonly examples: readonly string[] }
