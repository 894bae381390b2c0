/** What is known of an import from the choice of its files to the relationships of its datasets. */
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import type {
  ImportProgress,
  ImportResult,
  InspectedFiles,
  OverlapChoice,
  RelationshipEnds,
  RepeatedKey,
} from '../../shared/data/import-words.ts'
import type { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { Beside, ImportPlan, Passwords } from './import-plan.ts'

type Ends = z.infer<typeof RelationshipEnds>
type Looked = z.infer<typeof InspectedFiles>

/** A proposed relationship and what came of it. */
export interface Proposal {
  readonly ends: Ends
  readonly chosen: boolean
  readonly outcome:
    | { readonly state: 'open' }
    | { readonly state: 'making' }
    | { readonly state: 'made'; readonly relationship: Relationship }
    | { readonly state: 'refused'; readonly error: AppError }
}

/** How far a dataset is, and how many rows a second came in so far; null until that can be told. */
export interface ShownProgress extends ImportProgress {
  readonly rate: number | null
}

/** What is being read now. */
export interface Run {
  readonly id: string
  readonly since: number
  readonly names: readonly string[]
}

export interface ImportState {
  readonly step: 'files' | 'looking' | 'plan' | 'importing' | 'result' | 'links'
  /** Of the chosen files, while they are looked into. */
  readonly looked: number
  readonly files: readonly FileRef[]
  readonly plan: ImportPlan
  readonly unreadable: Looked['unreadable']
  readonly folders: Looked['folders']
  /** Files of folders that were chosen as such. */
  readonly growing: ReadonlySet<string>
  readonly empty: Looked['empty']
  readonly error: AppError | null
  readonly passwords: Passwords
  /** What was answered about rows that several of the files have. */
  readonly overlap: OverlapChoice
  readonly run: Run | null
  /** By dataset name. */
  readonly progress: Readonly<Record<string, ShownProgress>>
  /** Datasets that were stopped alone and did not come in. */
  readonly leftOut: readonly string[]
  /** What other imports are reading meanwhile. */
  readonly beside: readonly Beside[]
  readonly result: ImportResult['datasets']
  readonly connected: readonly DatasetInfo[]
  /** Keys are being looked for on all rows. */
  readonly proposing: boolean
  readonly proposals: readonly Proposal[]
  /** Columns of one name that cannot be related, and the keys that stand in the way. */
  readonly repeated: readonly RepeatedKey[]
}

export const fresh: ImportState = {
  step: 'files',
  files: [],
  looked: 0,
  plan: [],
  ...{ unreadable: [], empty: [], folders: [], growing: new Set<string>() },
  error: null,
  passwords: {},
  overlap: 'ask',
  ...{ run: null, progress: {}, leftOut: [], beside: [] },
  result: [],
  connected: [],
  proposals: [],
  proposing: false,
  repeated: [],
}

export function broughtIn({ result, connected }: ImportState): DatasetInfo[] {
  return [...result.map(({ dataset }) => dataset), ...connected]
}

export const isCancel = (error: AppError): boolean => error.code === 'internal/cancelled'
