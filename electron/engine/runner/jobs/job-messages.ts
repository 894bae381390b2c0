/** What the engine and a job process say to each other. One process does one job and ends. */
import type { AppError, ErrorCode } from '../../../../shared/errors.ts'
import type {
  EmptyPart,
  ImportPart,
  SourcePart,
  UnreadableFacts,
} from '../../../../shared/data/import-words.ts'
import type { SqlPreview } from '../../../../shared/data/sql-words.ts'
import type { ImportJobOrder, ImportOutcome, ImportStep } from '../import/import-order.ts'
import type { ReadHolidays } from '../../../../shared/calendar/calendar-words.ts'
import type { ReadHolidaysOrder } from '../import/read-holidays.ts'
import type { DrawOrder, DrawOutcome } from '../../exports/picture/draw-order.ts'
import type { WorkbookOrder, WorkbookOutcome } from '../../exports/workbook/write-workbook.ts'
import type { DescribeOrder, DescribeOutcome } from '../sqlite/describe-live.ts'
import type { PictureOrder, PictureOutcome } from '../../reports/pictures/picture-order.ts'
import type { CompareOrder, CompareOutcome } from '../compare/compare-order.ts'
import type {
  FindPeopleOrder,
  FindPeopleOutcome,
  PeopleStep,
  WritePersonsOrder,
  WrittenPersons,
} from '../people/people-order.ts'
import type { PrepareOrder, PrepareOutcome } from '../prepare/prepare-order.ts'
import type { FileSqlOrder, WrittenOrder, WrittenOutcome } from '../user-sql/written-order.ts'
import type { MatchOrder, MatchOutcome } from '../relate/match-order.ts'
import type { RelateJobOrder, RelateOutcome } from '../relate/relate-order.ts'

export interface InspectJobOrder {
  readonly files: readonly InspectedFile[]
  readonly tempFolder: string
  /** Tables of the first file that were looked at before, or would never end. */
  readonly done: readonly string[]
}

export interface InspectedFile {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly password?: string
  /** Only these, understood as they say; every part when absent. */
  readonly parts?: readonly AskedPart[]
}

export type AskedPart = Omit<ImportPart, 'file'>

export interface UnreadablePart {
  /** Only when nothing of the file could be read. */
  readonly file?: string
  readonly fileName: string
  readonly code: ErrorCode
  readonly reason?: string
  readonly facts?: UnreadableFacts
}

export interface InspectOutcome {
  readonly parts: readonly SourcePart[]
  readonly unreadable: readonly UnreadablePart[]
  readonly empty: readonly EmptyPart[]
}

/** Told at once and before the work it announces: a table is looked at, or was; what it gave goes with it. */
export type InspectStep =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'found'; readonly part: SourcePart }
  | { readonly kind: 'unreadable'; readonly what: UnreadablePart }
  | { readonly kind: 'empty'; readonly what: EmptyPart }

/** Every job by its name: what it is told, what it answers, what it reports on the way. */
export interface Jobs {
  readonly import: { order: ImportJobOrder; outcome: ImportOutcome; step: ImportStep }
  readonly inspect: { order: InspectJobOrder; outcome: InspectOutcome; step: InspectStep }
  readonly readHolidays: { order: ReadHolidaysOrder; outcome: ReadHolidays; step: never }
  readonly describe: { order: DescribeOrder; outcome: DescribeOutcome; step: ImportStep }
  readonly prepare: { order: PrepareOrder; outcome: PrepareOutcome; step: ImportStep }
  readonly written: { order: WrittenOrder; outcome: WrittenOutcome; step: ImportStep }
  readonly fileSql: { order: FileSqlOrder; outcome: SqlPreview; step: never }
  readonly relate: { order: RelateJobOrder; outcome: RelateOutcome; step: never }
  readonly matchKeys: { order: MatchOrder; outcome: MatchOutcome; step: never }
  readonly findPeople: { order: FindPeopleOrder; outcome: FindPeopleOutcome; step: PeopleStep }
  readonly writePersons: { order: WritePersonsOrder; outcome: WrittenPersons; step: PeopleStep }
  readonly compare: { order: CompareOrder; outcome: CompareOutcome; step: never }
  readonly draw: { order: DrawOrder; outcome: DrawOutcome; step: never }
  readonly workbook: { order: WorkbookOrder; outcome: WorkbookOutcome; step: never }
  readonly picture: { order: PictureOrder; outcome: PictureOutcome; step: never }
}
export type JobName = keyof Jobs

export interface StartJob {
  readonly kind: 'job'
  readonly job: JobName
  readonly order: unknown
}

export type FromJob =
  | { readonly kind: 'jobStep'; readonly step: unknown }
  | { readonly kind: 'jobDone'; readonly outcome: unknown }
  | { readonly kind: 'jobFailed'; readonly error: AppError }
