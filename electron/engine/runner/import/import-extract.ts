/**
 * The extract of an import. Of a large file it is written by a second thread while the first still reads: under the types
 * the rows so far call for, and once more from the first row on when later ones call for others.
 */
import type { SourceLimits } from '../../sources/source-limits.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import type { WriterOptions } from '../duckdb/extract-writer.ts'
import type { ColumnPlan, WrittenColumn } from './column-writer.ts'
import type { ExtractEnd, ExtractPlan } from './extract-follower.ts'
import type { ExtractThread } from './extract-thread.ts'
import { hashOf } from './part-words.ts'
import type { PlannedColumn } from './plan-columns.ts'
import { columnPlan, sameValues } from './plan-columns.ts'
import type { Spool } from './spool.ts'

export interface ImportOptions {
  readonly limits?: SourceLimits
  /** The file a second thread runs; without it one thread does all. */
  readonly writeThread?: string
  /** The file of a thread that asks a database; without it the reading thread does. */
  readonly tableThread?: string
}

interface Asked {
  readonly target: string
  readonly options: WriterOptions
  readonly spool: Spool
  readonly pool: TextPool
  readonly writeThread: string | undefined
  /** The columns as all rows read so far call for. */
  readonly columns: () => readonly PlannedColumn[]
}

/** What makes other rows of those that were spooled. */
type Changed = Pick<ExtractPlan, 'leftOut' | 'filled'>

interface Ending extends Omit<ExtractEnd, 'columns'> {
  readonly columns: readonly PlannedColumn[]
  readonly rows: number
  readonly leftOut?: Uint8Array
  readonly filled?: ExtractPlan['filled']
  readonly progress: (rows: number) => void
}

/** A thread takes a tenth of a second to start; below that many rows the file is written sooner. */
const worthThread = 60_000
/** Files of so many bytes hold more rows than that in nearly any form. */
const largeBytes = 8 * 1_048_576
const firstLook = 16_000
/** Types are looked at again each time there are so many times the rows. */
const lookFactor = 4

/** Chunks of which the thread is told together: a message costs a tenth of what writing a chunk does. */
const toldAtOnce = 4

export class ImportExtract {
  readonly #asked: Asked
  #thread: ExtractThread | undefined
  #starting: Promise<void> | undefined
  #plans: readonly ColumnPlan[] = []
  #nextLook = firstLook
  #begun = false

  constructor(asked: Asked) {
    this.#asked = asked
  }

  /** Starts the thread at once where so many bytes will keep it busy. */
  expect(bytes: number): void {
    const { writeThread } = this.#asked
    if (writeThread !== undefined && bytes >= largeBytes)
      this.#starting ??= this.#start(writeThread)
  }

  /** The hash of a file, by the thread where there is one: nobody waits for it then before the file is read. */
  async hashOf(path: string): Promise<string> {
    await this.#starting
    return this.#thread ? this.#thread.hashOf(path) : hashOf(path)
  }

  /** Called after each chunk, with the share of all sources that was read; throws when writing failed. */
  stored(rows: number, fraction: number): void {
    const { writeThread } = this.#asked
    const expected = Math.max(rows, fraction > 0 ? Math.round(rows / fraction) : 0)
    if (writeThread === undefined || expected < worthThread) return
    if (rows >= this.#nextLook) {
      this.#nextLook = rows * lookFactor
      this.#look(rows, expected, writeThread)
    }
    if (this.#asked.spool.chunks % toldAtOnce === 0) this.#thread?.follow()
  }

  #look(rows: number, expected: number, program: string): void {
    const { spool } = this.#asked
    const all = { rows, expected, spool, before: this.#plans }
    const plans = this.#asked.columns().map((one) => columnPlan(one, all))
    if (this.#begun && sameValues(plans, this.#plans)) return
    this.#plans = plans
    this.#begun = true
    this.#starting ??= this.#start(program)
    this.#thread?.begin(this.#planOf(plans))
  }

  async #start(program: string): Promise<void> {
    const { ExtractThread } = await import('./extract-thread.ts')
    this.#thread = new ExtractThread(program, this.#asked.spool, this.#asked.pool)
    if (this.#begun) this.#thread.begin(this.#planOf(this.#plans))
  }

  #planOf(columns: readonly ColumnPlan[], changed: Changed = {}): ExtractPlan {
    const { target, options } = this.#asked
    return { target, options, columns, leftOut: changed.leftOut, filled: changed.filled }
  }

  /** All sources are read: what is left of the rows is written while their types are made certain. */
  async allRead(): Promise<void> {
    await this.#starting
    if (this.#begun) this.#thread?.seal()
  }

  /** Completes the file; asked again, the target must be gone. */
  async finish(ending: Ending): Promise<readonly WrittenColumn[]> {
    const { rows, leftOut, filled, progress, sources, info } = ending
    const { spool, pool } = this.#asked
    await this.#starting
    const all = { rows, expected: rows, spool, before: this.#plans }
    const columns = ending.columns.map((one) => columnPlan(one, all))
    const plan = this.#planOf(columns, ending)
    // A thread that has begun holds the file, however few rows there turned out to be.
    if (this.#thread === undefined || (!this.#begun && rows < worthThread)) {
      const { writeExtract } = await import('./write-extract.ts')
      return writeExtract({ ...plan, spool, pool, end: { sources, info }, progress })
    }
    this.#thread.onWritten = progress
    const isChanged = leftOut !== undefined || filled !== undefined
    if (isChanged || !this.#begun || !sameValues(columns, this.#plans)) this.#thread.begin(plan)
    this.#plans = columns
    this.#begun = true
    return this.#thread.finish({ columns, sources, info })
  }

  async close(): Promise<void> {
    // Failing to start was told by `finish`; a reading that failed earlier has its own reason.
    await this.#starting?.catch(() => undefined)
    await this.#thread?.close()
  }
}
