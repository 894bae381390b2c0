/** What a job over a statement of the user's is told and what it answers: plain data, sent between processes. */
import type { SqlParameter, SqlPreview } from '../../../../shared/data/sql-words.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'

/** An extract the statement may read, under these names. */
export interface OfferedExtract {
  readonly dataset: string
  readonly names: readonly string[]
  readonly path: string
  readonly alias: string
  readonly fields: readonly ExtractField[]
}

export interface WrittenOrder {
  readonly text: string
  readonly parameters: readonly SqlParameter[]
  readonly offered: readonly OfferedExtract[]
  /** Null for a look at the first rows. */
  readonly write: {
    readonly datasetId: string
    readonly version: number
    /** The extract file to make; must not exist. */
    readonly target: string
  } | null
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

export interface WrittenOutcome {
  readonly preview: SqlPreview
  readonly fields: readonly ExtractField[]
  readonly rows: number
  readonly lastDay: string | null
  /** What its parts are called, and the columns they are made of. */
  readonly aliases: readonly { readonly name: string; readonly of: readonly string[] }[]
  /** Datasets it read, by the name it called them. */
  readonly used: readonly { readonly name: string; readonly dataset: string }[]
}

/** A statement over a SQLite file: a look at its first rows. */
export interface FileSqlOrder {
  readonly path: string
  readonly text: string
  readonly parameters: readonly SqlParameter[]
  readonly tempFolder: string
}
