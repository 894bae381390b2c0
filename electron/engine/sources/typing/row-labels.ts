/** The telling texts of rows: each text of a pool is judged once. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { TotalsRow } from '../reader.ts'
import type { TextPool } from '../text-pool.ts'
import type { LabelKind } from './total-labels.ts'
import { labelKindOf } from './total-labels.ts'

/** Letters of the shortest telling word in Latin letters; receipt numbers have fewer in a row. */
const shortestWord = 3
const longestLabel = 200

/** By their number in a byte for each text; 0 was not looked at. The most telling come last. */
const kinds = ['plain', 'footer', 'ratio', 'part', 'mean', 'group', 'total'] as const
const plain = 1
const total = kinds.indexOf('total') + plain

export interface RowLabel {
  readonly kind: LabelKind
  readonly column: number
  readonly text: string
  /** Cells besides it that say total as well: they name nothing. */
  readonly more: number
}

export class RowLabels {
  readonly #pool: TextPool
  #found = new Uint8Array(1024)

  constructor(pool: TextPool) {
    this.#pool = pool
  }

  /** Rows with a telling text, and those the file itself says are totals, in order. */
  rowsOf(chunk: ColumnChunk, from: number, known: readonly TotalsRow[]): number[] {
    const rows = new Set<number>()
    for (const [column, own] of chunk.kinds.entries()) {
      const values = chunk.values[column]
      let found = this.#found
      let before = -1
      for (let row = from; row < chunk.rows; row++) {
        if (own[row] !== cellKind.text) continue
        const place = values?.[row] ?? 0
        // Nearly every text was seen before, or just now, and says nothing.
        if (place === before || found[place] === plain) continue
        if (this.#look(place) === plain) before = place
        else rows.add(row)
        found = this.#found
      }
    }
    for (let row = from; known.length > 0 && row < chunk.rows; row++)
      if (known.some((one) => one.row === chunk.sourceRows[row])) rows.add(row)
    return [...rows].sort((a, b) => a - b)
  }

  /** The most telling text of a row. */
  of(chunk: ColumnChunk, row: number): RowLabel | undefined {
    let best = plain
    let column = -1
    let totals = 0
    for (const [at, own] of chunk.kinds.entries()) {
      if (own[row] !== cellKind.text) continue
      const found = this.#look(chunk.values[at]?.[row] ?? 0)
      if (found === total) totals++
      if (found <= best) continue
      best = found
      column = at
    }
    const kind = kinds[best - plain]
    if (column < 0 || kind === undefined) return undefined
    const text = this.#pool.textAt(chunk.values[column]?.[row] ?? 0).trim()
    return { kind, column, text, more: Math.max(0, totals - 1) }
  }

  #look(place: number): number {
    if (place >= this.#found.length) {
      const wider = new Uint8Array(Math.max(this.#found.length * 2, place + 1))
      wider.set(this.#found)
      this.#found = wider
    }
    const known = this.#found[place] ?? 0
    if (known !== 0) return known
    // Receipt numbers, of which nearly every row has one of its own.
    if (!this.#pool.hasWord(place, shortestWord)) return (this.#found[place] = plain)
    const kind = labelKindOf(this.#pool.textAt(place).slice(0, longestLabel))
    return (this.#found[place] = kinds.indexOf(kind) + plain)
  }
}

/** The text of a row that says total. */
export function totalLabelOf(chunk: ColumnChunk, row: number, pool: TextPool): string {
  return new RowLabels(pool).of(chunk, row)?.text.slice(0, 60) ?? ''
}
