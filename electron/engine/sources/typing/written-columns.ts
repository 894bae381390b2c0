/** Columns whose numbers are written as text (`1,234.50`, `¥12`): what their cells say, to be added up. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import { powerOfTen } from '../exact-number.ts'
import type { TextPool } from '../text-pool.ts'
import { readNumber } from './number-text.ts'
import type { ColumnSum } from './section-sums.ts'

/** Amounts come again; beyond so many different ones they are read anew. */
const mostKept = 100_000

export class WrittenColumns {
  readonly #pool: TextPool
  readonly #columns = new Set<number>()
  readonly #kept = new Map<number, number>()

  constructor(pool: TextPool) {
    this.#pool = pool
  }

  /** Takes a row that says what is usual. */
  look(chunk: ColumnChunk, row: number): void {
    for (const [column, kinds] of chunk.kinds.entries()) {
      if (kinds[row] !== cellKind.text || this.#columns.has(column)) continue
      if (!Number.isNaN(this.#read(chunk.values[column]?.[row] ?? 0))) this.#columns.add(column)
    }
  }

  /** The number of a text cell; NaN where it is none. */
  number(column: number, place: number): number {
    return this.#columns.has(column) ? this.#read(place) : NaN
  }

  sumOf(chunk: ColumnChunk, column: number, from: number, to: number): ColumnSum {
    let sum = 0
    let count = 0
    let largest = -Infinity
    if (!this.#columns.has(column)) return { sum, count, largest }
    const kinds = chunk.kinds[column]
    for (let row = from; row < to; row++) {
      if (kinds?.[row] !== cellKind.text) continue
      const value = this.#read(chunk.values[column]?.[row] ?? 0)
      if (Number.isNaN(value)) continue
      sum += value
      count++
      largest = Math.max(largest, value)
    }
    return { sum, count, largest }
  }

  #read(place: number): number {
    const known = this.#kept.get(place)
    if (known !== undefined) return known
    const text = this.#pool.textAt(place)
    const found = text.length > 40 ? undefined : (readNumber(text) ?? readNumber(text, 'comma'))
    const value = found === undefined ? NaN : numberOf(found.kind, found.value)
    if (this.#kept.size < mostKept) this.#kept.set(place, value)
    return value
  }
}

const numberOf = (kind: number, value: number): number =>
  kind === cellKind.double ? value : value / powerOfTen(kind - cellKind.scaled)
