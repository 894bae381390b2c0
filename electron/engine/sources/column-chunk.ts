/** Rows on their way from a reader: columns of kinds and numbers, never row objects. */
import { overLimit } from './source-limits.ts'

export const chunkCapacity = 8192
const strayCells = 20

export interface ColumnChunk {
  readonly rows: number
  /** 1-based row in the source. */
  readonly sourceRows: Float64Array
  readonly kinds: readonly Uint8Array[]
  readonly values: readonly Float64Array[]
}

/** Readers put cells here; full chunks go to the listener, which must be done with the arrays when it returns. */
export class ChunkBuilder {
  readonly #onChunk: (chunk: ColumnChunk) => void
  readonly #maxColumns: number
  readonly #capacity: number
  readonly #sourceRows: Float64Array
  readonly #kinds: Uint8Array[] = []
  readonly #values: Float64Array[] = []
  #row = 0
  #filled = false
  /** Cells right of the last column that is read: a few strays are counted, more are refused. */
  beyondCount = 0
  readonly beyond = new Set<number>()
  /** Columns of the widest row, where there are more than are read. */
  #widest = 0

  constructor(
    onChunk: (chunk: ColumnChunk) => void,
    maxColumns: number,
    capacity: number = chunkCapacity,
  ) {
    this.#onChunk = onChunk
    this.#maxColumns = maxColumns
    this.#capacity = capacity
    this.#sourceRows = new Float64Array(capacity)
  }

  /** A cell that is not blank. */
  set(column: number, kind: number, value: number): void {
    const kinds = this.#kinds[column] ?? this.#widen(column)
    if (kinds === undefined) return
    kinds[this.#row] = kind
    const values = this.#values[column]
    if (values !== undefined) values[this.#row] = value
    this.#filled = true
  }

  /** Rows without any cell are left out. */
  endRow(sourceRow: number): void {
    if (this.beyondCount > strayCells)
      throw overLimit('columns', { columns: this.#widest, most: this.#maxColumns })
    if (!this.#filled) return
    this.#sourceRows[this.#row++] = sourceRow
    this.#filled = false
    if (this.#row === this.#capacity) this.#flush()
  }

  /** Forgets the cells of the row being built. */
  dropRow(): void {
    for (const kinds of this.#kinds) kinds[this.#row] = 0
    this.#filled = false
  }

  finish(): void {
    this.dropRow()
    if (this.#row > 0) this.#flush()
  }

  #widen(column: number): Uint8Array | undefined {
    if (column >= this.#maxColumns) {
      this.beyondCount++
      this.#widest = Math.max(this.#widest, column + 1)
      if (this.beyond.size < strayCells) this.beyond.add(column)
      return undefined
    }
    while (this.#kinds.length <= column) {
      this.#kinds.push(new Uint8Array(this.#capacity))
      this.#values.push(new Float64Array(this.#capacity))
    }
    return this.#kinds[column]
  }

  #flush(): void {
    this.#onChunk({
      rows: this.#row,
      sourceRows: this.#sourceRows,
      kinds: this.#kinds,
      values: this.#values,
    })
    for (const kinds of this.#kinds) kinds.fill(0)
    this.#row = 0
  }
}
