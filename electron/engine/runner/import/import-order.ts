/** What an import job is told and what it answers: plain data, sent between processes. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { OverlapChoice } from '../../../../shared/data/import-words.ts'
import type { KeepKind } from '../../../../shared/data/refresh-words.ts'
import type { Meaning } from '../../../../shared/data/meaning.ts'
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { QuarantinedRow, TextShape } from '../../../../shared/data/rejected-words.ts'
import type { SourceKind } from '../../../../shared/data/source-kind.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'
import type { MendedLine } from '../../sources/csv/mended-lines.ts'
import type { RejectReason } from '../../sources/reader.ts'

export interface JobPart {
  readonly path: string
  /** File name people know. */
  readonly name: string
  readonly part?: string
  readonly layout?: SheetLayout
  readonly encoding?: string
  readonly password?: string
  /** Of two files the later has the higher one; those without come last, in their order. */
  readonly rank?: number
  /** What people made of lines of it that do not parse. */
  readonly mends?: ReadonlyMap<string, string | null>
}

/** Lines of a source of the base that were mended: they join its rows. */
export interface MendOrder {
  /** Place of the source in the base. */
  readonly place: number
  readonly shape: TextShape
  readonly layout: SheetLayout
  readonly lines: readonly MendedLine[]
}

export interface JobOverride {
  readonly column: string
  readonly type?: FieldType
  readonly role?: FieldRole
  /** For dates such as 5/3/2024, which nothing else decides. */
  readonly dateOrder?: 'dayFirst' | 'monthFirst' | 'yearFirst'
  /** The value of merged cells stands in all of their rows. */
  readonly fillMerged?: true
  /** Marks of text are taken off identifiers. */
  readonly trimMarks?: true
  /** Which mark parts decimals. */
  readonly decimalMark?: 'point' | 'comma'
  /** Numbers of too many decimals are rounded instead of left blank. */
  readonly rounded?: true
  /** Numbers that are names get zeros in front up to so many digits. */
  readonly padTo?: number
}

export interface FieldBefore {
  readonly name: string
  readonly type: FieldType
  readonly role: FieldRole
  readonly coded: boolean
  /** Under which mark its numbers were read. */
  readonly decimalMark?: 'point' | 'comma'
}

/** How a field could stay of the type it was, and what that would cost. */
export interface KeepWay {
  readonly kind: KeepKind
  readonly rule: JobOverride
  readonly blank: number
  readonly rounded: number
}

/** Cells of a source that are not of the earlier type, beside all of them that say something. */
export interface OddCells {
  readonly source: number
  readonly count: number
  readonly of: number
  readonly examples: readonly string[]
}

/** A field that is another kind of value than before. */
export interface RetypedColumn {
  readonly column: string
  readonly odd: readonly OddCells[]
  readonly ways: readonly KeepWay[]
}

/** Of a source, numbers that lost the zeros in front with which they are known. */
export interface LostZeros {
  readonly column: string
  readonly source: number
  readonly width: number
  /** Different ones that are known with their zeros, of all that are too short. */
  readonly count: number
  readonly of: number
  readonly examples: readonly string[]
}

export interface ImportJobOrder {
  readonly datasetId: string
  readonly version: number
  readonly parts: readonly JobPart[]
  readonly overrides: readonly JobOverride[]
  /** The extract file to make; must not exist. */
  readonly target: string
  /** A private folder for the spool and copies. */
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
  /** Rows of this extract come first (append). */
  readonly base?: {
    readonly path: string
    /** Fields of it whose numbers are shares of a hundred. */
    readonly percents: readonly string[]
    /** Places of the sources taken over; all when absent. */
    readonly keep?: readonly number[]
    readonly mend?: readonly MendOrder[]
  }
  /** Field by the name its column has in the files. */
  readonly renames?: Readonly<Record<string, string>>
  /** Fields the dataset had before. */
  readonly before?: readonly FieldBefore[]
  /** The extract of the version before, whose fields those are. */
  readonly earlier?: string
  /** A source may lack fields of the others, or bring new ones: what it does not have is blank. */
  readonly lenient?: boolean
  /** What to do about rows that an earlier source has as well: refuse (the default), count them again, or leave them out. */
  readonly overlap?: OverlapChoice
  /** And about those an earlier source tells otherwise: refuse, count both, leave the later out, or the earlier. */
  readonly restated?: OverlapChoice
  /** What columns stand for where somebody said so. */
  readonly meanings?: Readonly<Record<string, Meaning | null>>
  /** Of all sources, those of the base first: of two that tell of the same, the later has the higher one. */
  readonly ranks?: readonly number[]
  /** SHA-256 of files already in the dataset: the same file again is refused. */
  readonly knownHashes: readonly string[]
}

export interface SourceOutcome {
  readonly name: string
  readonly part: string | null
  readonly kind: SourceKind
  readonly rows: number
  /** Rows of it that gave way to those of another source. */
  readonly leftOut?: number
  readonly rejected: number
  /** Hex SHA-256; empty for rows taken over from the earlier version. */
  readonly hash: string
  readonly encoding: string | null
  /** Its columns by the names of their fields. */
  readonly columns: readonly string[]
  /** How its lines are cut, where it is a text file. */
  readonly shape: TextShape | null
  /** The visible sheets of its workbook, read now. */
  readonly sheets?: readonly string[] | null
  /** Rows of mended lines that joined it, and those that still do not parse. */
  readonly mended?: { readonly lines: number; readonly still: readonly number[] }
}

export interface RejectedRow {
  readonly source: string
  readonly row: number
  readonly reason: RejectReason
  readonly raw: string
}

export interface ImportOutcome {
  readonly fields: readonly ExtractField[]
  readonly rows: number
  readonly rejectedCount: number
  /** Rows left out because an earlier source has them. */
  readonly repeatedCount: number
  readonly rejected: readonly RejectedRow[]
  /** All lines that are kept apart, by the place of their source. */
  readonly quarantine: readonly QuarantinedRow[]
  readonly sources: readonly SourceOutcome[]
  readonly warnings: readonly DatasetWarning[]
  readonly retyped: readonly RetypedColumn[]
  readonly lostZeros: readonly LostZeros[]
  /** Rows of an earlier source, equal or told otherwise. */
  readonly found: { readonly equal: boolean; readonly restated: boolean }
  /** Latest day of the first date field that has any, as ISO text. */
  readonly lastDay: string | null
}

export interface ImportStep {
  readonly phase: 'reading' | 'typing' | 'writing' | 'committing'
  readonly rows: number
  readonly fraction?: number
}
