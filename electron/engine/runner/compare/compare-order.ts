/** What a comparison of two versions is told and what it answers: plain data, sent between processes. */
import type { DatasetChanges } from '../../../../shared/data/refresh-words.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'

export interface ComparedSide {
  readonly path: string
  readonly fields: readonly ExtractField[]
}

export interface CompareOrder {
  readonly before: ComparedSide
  readonly after: ComparedSide
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

export type CompareOutcome = Omit<DatasetChanges, 'from' | 'to' | 'rowsBefore' | 'rowsAfter'>
