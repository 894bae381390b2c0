/** The reader port: how every kind of file gives its rows. */
import type { SourceKind } from '../../../shared/data/source-kind.ts'
import type { ChunkBuilder } from './column-chunk.ts'
import type { SourceLimits } from './source-limits.ts'
import type { LineShape } from './csv/dialect.ts'
import type { EncodingGuess } from './csv/narrow-encodings.ts'
import type { TextPool } from './text-pool.ts'
import type { LeftOutReason } from './typing/reviewed-rows.ts'

export interface ReadInto {
  readonly cells: ChunkBuilder
  readonly pool: TextPool
  readonly notes: ReadNotes
  readonly limits: SourceLimits
  /** What people made of lines of this very file that do not parse, by the line; null leaves it out. */
  readonly mends?: ReadonlyMap<string, string | null>
  /** Called now and then with the share of the source that was read, 0 to 1; throws to stop. */
  readonly progress: (fraction: number) => void
}

export interface SourceReader {
  readonly kind: SourceKind
  /** True when the first row of cells is already the field names (a table), so no header is looked for. */
  readonly namedColumns?: readonly string[]
  /** A view: its rows are those of other tables once more, so it is never put together with them. */
  readonly derived?: true
  /** Present where the source can say it without reading every cell. */
  readonly countRows?: () => number
  /** Gives every row in source order; rejects with AppErrorException for expected trouble. */
  read(into: ReadInto): Promise<void>
}

/** Its number cells are numbers, not digits in which a point may part thousands. */
export const readsNumbers = ({ kind }: SourceReader): boolean => kind !== 'csv' && kind !== 'html'

export const rejectReasons = [
  'fieldCount',
  'unterminatedQuote',
  'textAfterQuote',
  'badEncoding',
  'tooLong',
  'zeroByte',
  'badJson',
  'repeatedKey',
  'notAnObject',
] as const
export type RejectReason = (typeof rejectReasons)[number]

/** A line as it stood, for people; `cut` where it went on. */
export interface RawLine {
  readonly text: string
  readonly cut: boolean
}

export interface RejectedLine {
  readonly row: number
  readonly reason: RejectReason
  /** The line as it stood, cut where it gets long. */
  readonly raw: string
  /** The line went on. */
  readonly cut: boolean
}

export interface LeftOutLine {
  readonly row: number
  readonly reason: LeftOutReason
  readonly label: string
}

export interface TotalsRow {
  readonly row: number
  readonly fromColumn: number
  readonly toColumn: number
}

export interface MergedCells {
  readonly address: string
  readonly fromRow: number
}

const keptLeftOut = 200
const keptLikely = 20
const keptShort = 5
/** Lines kept apart, and their characters in all: beyond that they are counted only. */
export const keptRejects = 10_000
const keptRejectChars = 8_000_000

/** What is worth telling about a source besides its cells. */
export class ReadNotes {
  readonly rejected: RejectedLine[] = []
  rejectedCount = 0
  /** Rows that end before the last column, in a file that leaves blanks at the end of a line off. */
  shortRows = 0
  /** The first of them. */
  readonly firstShort: number[] = []
  formulasWithoutValue = 0
  nonFinite = 0
  encoding: string | undefined
  /** How else the bytes of a text file could be read, most likely first. */
  encodings: readonly EncodingGuess[] = []
  /** Cells that came as blanks and hold something that could not be read, by column. */
  hiddenErrors: ReadonlyMap<number, number> = new Map()
  /** Number cells styled as shares of a hundred, by column. */
  readonly percents = new Map<number, number>()
  /** Those styled as elapsed times. */
  readonly elapsed = new Map<number, number>()

  /** Rows that are no data, such as totals: their place, why, and what they say. */
  readonly leftOut: LeftOutLine[] = []
  leftOutCount = 0

  /** Rows that a table object of the sheet says are its totals, with its columns, both ends included. */
  readonly totals: TotalsRow[] = []
  /** Merged cells that reach over several rows. */
  merged: readonly MergedCells[] = []

  /** Rows that say they are totals and do not add up: they stayed. */
  readonly likely: { readonly row: number; readonly label: string }[] = []
  likelyCount = 0

  keepLikely(row: number, label: string): void {
    this.likelyCount++
    if (this.likely.length < keptLikely) this.likely.push({ row, label })
  }

  keepShort(row: number): void {
    this.shortRows++
    if (this.firstShort.length < keptShort) this.firstShort.push(row)
  }

  leaveOut(row: number, reason: LeftOutReason, label: string): void {
    this.leftOutCount++
    if (this.leftOut.length < keptLeftOut) this.leftOut.push({ row, reason, label })
  }

  percent(column: number): void {
    this.percents.set(column, (this.percents.get(column) ?? 0) + 1)
  }

  elapse(column: number): void {
    this.elapsed.set(column, (this.elapsed.get(column) ?? 0) + 1)
  }

  /** The first column has no name, as it names the rows. */
  namesRows = false
  /** The list inside a JSON file whose objects are the rows, and what stands beside it. */
  innerList: { readonly name: string; readonly beside: readonly string[] } | undefined

  /** How lines are cut into fields, where the source is a text file. */
  lineShape: LineShape | undefined
  /** Lines that do not parse and were read as people mended them, or left out as they said. */
  mendedCount = 0
  droppedCount = 0
  #rejectChars = 0

  reject(row: number, reason: RejectReason, { text, cut }: RawLine): void {
    this.rejectedCount++
    this.#rejectChars += text.length
    if (this.rejected.length < keptRejects && this.#rejectChars < keptRejectChars)
      this.rejected.push({ row, reason, raw: text, cut })
  }
}
