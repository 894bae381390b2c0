/** What a preparation job is told and what it answers: plain data, sent between processes. */
import type { Classes, Recipe } from '../../../../shared/preparation/recipe.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'

import type { LookupDataset } from '../../preparation/lookups.ts'

export interface NamedClasses {
  readonly id: string
  readonly version: number
  readonly classes: Classes
}

export interface PrepareOrder {
  readonly datasetId: string
  readonly version: number
  /** The extract as imported, and its fields. */
  readonly imported: string
  readonly fields: readonly ExtractField[]
  readonly rows: number
  /** Steps that cannot run are left out. */
  readonly recipe: Recipe
  /** Epoch day a formula's LASTDAY() gives. */
  readonly lastDay: number | null
  /** The sets the recipe names. */
  readonly classSets: readonly NamedClasses[]
  /** The datasets its formulas look into. */
  readonly lookups: readonly LookupDataset[]
  /** The extract file to make; must not exist. */
  readonly target: string
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

export interface PrepareOutcome {
  readonly fields: readonly ExtractField[]
  readonly rows: number
  /** Latest day of the first date field that has any, as ISO text. */
  readonly lastDay: string | null
}
