/** Writes one extract file from spooled chunks as they come, in the thread that reads or in one beside it. */
import type { ExtractSource, WriterOptions } from '../duckdb/extract-writer.ts'
import { ExtractWriter } from '../duckdb/extract-writer.ts'
import type { Texts } from '../../sources/texts.ts'
import type { ColumnPlan, WrittenColumn } from './column-writer.ts'
import { ColumnWriter } from './column-writer.ts'
import type { SpooledChunk } from './spool.ts'
import type { MergedRows } from './merged-cells.ts'
import { MergeFill } from './merged-cells.ts'
import { withoutRows } from './spool.ts'

export interface ExtractPlan {
  /** The file to make; must not exist. */
  readonly target: string
  readonly columns: readonly ColumnPlan[]
  /** Of every row, counted from 0 over all chunks, whether it is left out: then 1. */
  readonly leftOut?: Uint8Array | undefined
  /** Merged cells, and the spooled columns in which their value is repeated. */
  readonly filled?:
    { readonly merged: readonly MergedRows[]; readonly columns: ReadonlySet<number> } | undefined
  readonly options: WriterOptions
}

/** What is known once all rows went by. */
export interface ExtractEnd {
  readonly columns: readonly ColumnPlan[]
  readonly sources: readonly ExtractSource[]
  readonly info: Readonly<Record<string, string>>
}

export class ExtractFollower {
  readonly #writer: ExtractWriter
  readonly #columns: readonly ColumnWriter[]
  readonly #leftOut: ExtractPlan['leftOut']
  readonly #fill: MergeFill | undefined
  #read = 0
  #rows = 0

  private constructor(
    writer: ExtractWriter,
    columns: readonly ColumnWriter[],
    { leftOut, filled }: ExtractPlan,
  ) {
    this.#writer = writer
    this.#columns = columns
    this.#leftOut = leftOut
    this.#fill = filled && new MergeFill(filled.merged, filled.columns)
  }

  static async create(plan: ExtractPlan, texts: Texts): Promise<ExtractFollower> {
    const columns = plan.columns.map((column) => new ColumnWriter(column, texts))
    const shapes = columns.map((column) => column.shape)
    const { tempFolder, memoryLimitMb, threads } = plan.options
    const options = { tempFolder, memoryLimitMb, threads }
    const writer = await ExtractWriter.create(plan.target, shapes, options)
    return new ExtractFollower(writer, columns, plan)
  }

  /** Rows written so far. */
  get rows(): number {
    return this.#rows
  }

  /** Chunks are given in order. */
  write(whole: SpooledChunk): void {
    this.#fill?.fill(whole)
    const chunk = this.#leftOut ? withoutRows(whole, this.#read, this.#leftOut) : whole
    this.#read += whole.rows
    if (chunk.rows === 0) return
    this.#writer.append({
      count: chunk.rows,
      sourceIds: new Float64Array(chunk.rows).fill(chunk.source),
      sourceRows: chunk.sourceRows,
      fields: this.#columns.map((column) => column.encode(chunk)),
    })
    this.#rows += chunk.rows
  }

  /** All chunks were given: what does not hang on the end is written. */
  async seal(): Promise<void> {
    await this.#writer.seal(this.#columns.map((column) => column.dictionary()))
  }

  /** Completes and closes the file; the caller flushes it to disk. */
  async finish({ columns, sources, info }: ExtractEnd): Promise<readonly WrittenColumn[]> {
    const done = this.#columns.flatMap((column, index) => {
      const last = columns[index]
      return last ? [column.finish(last, this.#rows)] : []
    })
    const dictionaries = this.#columns.map((column) => column.dictionary())
    await this.#writer.finish({
      fields: done.map(({ field }) => field),
      dictionaries,
      sources,
      info,
    })
    return done
  }

  /** Leaves a half-made file behind. */
  close(): void {
    this.#writer.close()
  }
}
