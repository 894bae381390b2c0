/** Reads a source to its end and shows every cell as text, for tests of readers. */
import { ChunkBuilder } from '../../electron/engine/sources/column-chunk.ts'
import type { SourceReader } from '../../electron/engine/sources/reader.ts'
import { ReadNotes } from '../../electron/engine/sources/reader.ts'
import type { SourceLimits } from '../../electron/engine/sources/source-limits.ts'
import { sourceLimits } from '../../electron/engine/sources/source-limits.ts'
import { TextPool } from '../../electron/engine/sources/text-pool.ts'
import { cellText } from '../../electron/engine/sources/typing/cell-text.ts'
import { AppErrorException } from '../../shared/errors.ts'

export interface ReadSource {
  readonly rows: readonly (readonly (string | null)[])[]
  /** Kind of each cell, beside `rows`. */
  readonly kinds: readonly (readonly number[])[]
  readonly sourceRows: readonly number[]
  readonly notes: ReadNotes
}

export async function readSource(
  reader: SourceReader,
  limits: SourceLimits = sourceLimits,
): Promise<ReadSource> {
  const rows: (string | null)[][] = []
  const kinds: number[][] = []
  const sourceRows: number[] = []
  const pool = new TextPool(limits.textBytes)
  const notes = new ReadNotes()
  const cells = new ChunkBuilder((chunk) => {
    for (let row = 0; row < chunk.rows; row++) {
      sourceRows.push(chunk.sourceRows[row] ?? 0)
      kinds.push(chunk.kinds.map((column) => column[row] ?? 0))
      rows.push(
        chunk.kinds.map((column, index) =>
          cellText(column[row] ?? 0, chunk.values[index]?.[row] ?? 0, pool),
        ),
      )
    }
  }, limits.columns)
  await reader.read({ cells, pool, notes, limits, progress: () => undefined })
  cells.finish()
  return { rows, kinds, sourceRows, notes }
}

/** The code (and reason, when there is one) a promise is refused with. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof AppErrorException)) throw error
    const { fact, limit, reason } = error.appError.details
    const more = [fact, limit, reason].find((one) => typeof one === 'string') ?? ''
    return `${error.appError.code} ${more}`.trim()
  }
  return 'accepted'
}
