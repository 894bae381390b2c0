/** Rows of an extract that are written anew without them: a byte for each row, however many are left out. */
import type { LockedConnection } from '../duckdb/locked-duckdb.ts'

export class LeftOutRows {
  readonly flags: Uint8Array
  readonly #bySource = new Map<number, number>()
  size = 0

  constructor(rows: number) {
    this.flags = new Uint8Array(rows)
  }

  leaveOut(row: number, source: number): void {
    if (this.flags[row] !== 0) return
    this.#set(row, source, 1)
  }

  keep(row: number, source: number): void {
    if (this.flags[row] === 1) this.#set(row, source, 0)
  }

  clear(): void {
    this.flags.fill(0)
    this.#bySource.clear()
    this.size = 0
  }

  of(source: number): number {
    return this.#bySource.get(source) ?? 0
  }

  #set(row: number, source: number, flag: 0 | 1): void {
    const step = flag === 1 ? 1 : -1
    this.flags[row] = flag
    this.size += step
    this.#bySource.set(source, this.of(source) + step)
  }
}

/** Of a select of row and source, piece by piece. */
export async function* rowsOf(
  connection: LockedConnection,
  sql: string,
): AsyncGenerator<{ readonly row: number; readonly source: number }> {
  for await (const chunk of connection.stream(sql)) {
    for (const [row, source] of chunk.getRows()) yield { row: Number(row), source: Number(source) }
  }
}
