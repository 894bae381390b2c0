/** What single rows hold: numbers, names and dates, as telling totals from data needs them. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import { powerOfTen } from '../exact-number.ts'
import type { TotalsRow } from '../reader.ts'
import type { TextPool } from '../text-pool.ts'
import type { ColumnSum } from './section-sums.ts'
import { WrittenColumns } from './written-columns.ts'

/** `12.5%`, `-`, `—`, `n/a`: no name in a row of shares. */
const shareForm = /^(?:[-+(]?[\d.,]+\)?\s*[%％‰]?|[-–—/]+|n\/?a|↑|↓)$/i

export class RowCells {
  readonly #pool: TextPool
  readonly #written: WrittenColumns

  constructor(pool: TextPool) {
    this.#pool = pool
    this.#written = new WrittenColumns(pool)
  }

  /** Takes a row that says what is usual. */
  look(chunk: ColumnChunk, row: number): void {
    this.#written.look(chunk, row)
  }

  /** By column; NaN where there is none. */
  numbers(chunk: ColumnChunk, row: number): number[] {
    return chunk.kinds.map((_, column) => this.#number(chunk, column, row))
  }

  /** Names and dates. */
  words(chunk: ColumnChunk, row: number): number {
    return chunk.kinds.filter((kinds, column) => {
      const kind = kinds[row] ?? 0
      if (kind < cellKind.text || kind === cellKind.error) return false
      return kind !== cellKind.text || Number.isNaN(this.#number(chunk, column, row))
    }).length
  }

  sumOf(chunk: ColumnChunk, column: number, from: number, to: number): ColumnSum {
    const cells = sumOf(chunk.kinds[column], chunk.values[column], from, to)
    const texts = this.#written.sumOf(chunk, column, from, to)
    return {
      sum: cells.sum + texts.sum,
      count: cells.count + texts.count,
      largest: Math.max(cells.largest, texts.largest),
    }
  }

  /** Texts by column, trimmed; undefined where there is none. */
  texts(chunk: ColumnChunk, row: number): (string | undefined)[] {
    return chunk.kinds.map((kinds, column) =>
      kinds[row] === cellKind.text ? this.text(chunk, column, row) : undefined,
    )
  }

  text(chunk: ColumnChunk, column: number, row: number): string {
    return this.#pool.textAt(chunk.values[column]?.[row] ?? 0).trim()
  }

  /** Beside its label a row holds numbers and shares alone. */
  isOfNumbers(chunk: ColumnChunk, row: number, label: number): boolean {
    return chunk.kinds.every((kinds, column) => {
      const kind = kinds[row] ?? 0
      if (column === label || kind < cellKind.text || kind === cellKind.error) return true
      return kind === cellKind.text && shareForm.test(this.text(chunk, column, row))
    })
  }

  #number(chunk: ColumnChunk, column: number, row: number): number {
    const kind = chunk.kinds[column]?.[row] ?? 0
    const value = chunk.values[column]?.[row] ?? 0
    return kind === cellKind.text ? this.#written.number(column, value) : numberAt(kind, value)
  }
}

/** The row is that totals row, and nothing of another table stands beside it. */
export function isAlone(chunk: ColumnChunk, row: number, known: TotalsRow): boolean {
  if (chunk.sourceRows[row] !== known.row) return false
  return chunk.kinds.every(
    (kinds, column) =>
      kinds[row] === cellKind.blank || (column >= known.fromColumn && column <= known.toColumn),
  )
}

export function hasDate(chunk: ColumnChunk, row: number): boolean {
  return chunk.kinds.some((kinds) => {
    const kind = kinds[row] ?? 0
    return kind >= cellKind.day && kind <= cellKind.secondText
  })
}

/** The last place a number is written to: a mean is rounded to it. */
export function unitOf(chunk: ColumnChunk, column: number, row: number): number {
  const kind = chunk.kinds[column]?.[row] ?? 0
  return kind >= cellKind.scaled && kind <= cellKind.scaledLast
    ? 1 / powerOfTen(kind - cellKind.scaled)
    : 0.01
}

/** The number of a cell; NaN when it is none. */
export function numberAt(kind: number, value: number): number {
  if (kind >= cellKind.scaled && kind <= cellKind.scaledLast) {
    return value / powerOfTen(kind - cellKind.scaled)
  }
  return kind === cellKind.double ? value : NaN
}

/** Numbers of one number of decimals are added as whole numbers and divided once. */
function sumOf(
  kinds: Uint8Array | undefined,
  values: Float64Array | undefined,
  from: number,
  to: number,
): ColumnSum {
  let sum = 0
  let count = 0
  let largest = -Infinity
  for (let row = from; row < to;) {
    const kind = kinds?.[row] ?? 0
    if (kind < cellKind.scaled || kind > cellKind.double) {
      do row++
      while (row < to && kinds?.[row] === kind)
      continue
    }
    const first = row
    let run = 0
    let top = -Infinity
    for (; row < to && kinds?.[row] === kind; row++) {
      const value = values?.[row] ?? 0
      run += value
      if (value > top) top = value
    }
    count += row - first
    sum += numberAt(kind, run)
    largest = Math.max(largest, numberAt(kind, top))
  }
  return { sum, count, largest }
}
