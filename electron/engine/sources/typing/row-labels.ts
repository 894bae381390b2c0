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

/** By their number in a byte for each text, from 1. The most telling come last. */
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

/** What the texts of one pool say, judged once whichever rows they stand in. */
class JudgedTexts {
  readonly #pool: TextPool
  #kinds = new Uint8Array(1024)
  #judged = 0
  /** Some text says something. */
  telling = false

  constructor(pool: TextPool) {
    this.#pool = pool
  }

  /** By place, for all texts there are. */
  get kinds(): Uint8Array {
    const { size } = this.#pool
    if (size > this.#kinds.length) {
      const wider = new Uint8Array(Math.max(this.#kinds.length * 2, size))
      wider.set(this.#kinds)
      this.#kinds = wider
    }
    while (this.#judged < size) {
      const kind = this.#judge(this.#judged)
      this.#kinds[this.#judged++] = kind
      if (kind !== plain) this.telling = true
    }
    return this.#kinds
  }

  #judge(place: number): number {
    // Receipt numbers, of which nearly every row has one of its own.
    if (!this.#pool.hasWord(place, shortestWord)) return plain
    return kinds.indexOf(labelKindOf(this.#pool.textAt(place).slice(0, longestLabel))) + plain
  }
}

const judgedOf = new WeakMap<TextPool, JudgedTexts>()

function judged(pool: TextPool): JudgedTexts {
  const known = judgedOf.get(pool) ?? new JudgedTexts(pool)
  judgedOf.set(pool, known)
  return known
}

export class RowLabels {
  readonly #pool: TextPool
  readonly #texts: JudgedTexts

  constructor(pool: TextPool) {
    this.#pool = pool
    this.#texts = judged(pool)
  }

  /** Rows with a telling text, and those the file itself says are totals, in order. */
  rowsOf(chunk: ColumnChunk, from: number, known: readonly TotalsRow[]): number[] {
    const rows = new Set<number>()
    const found = this.#texts.kinds
    // Most files have none, and their rows need not be looked at.
    if (this.#texts.telling) {
      for (const [column, own] of chunk.kinds.entries())
        addTelling(rows, own, chunk.values[column], found, from, chunk.rows)
    }
    for (let row = from; known.length > 0 && row < chunk.rows; row++)
      if (known.some((one) => one.row === chunk.sourceRows[row])) rows.add(row)
    return [...rows].sort((a, b) => a - b)
  }

  /** The most telling text of a row. */
  of(chunk: ColumnChunk, row: number): RowLabel | undefined {
    const judgedAs = this.#texts.kinds
    let best = plain
    let column = -1
    let totals = 0
    for (const [at, own] of chunk.kinds.entries()) {
      if (own[row] !== cellKind.text) continue
      const found = judgedAs[chunk.values[at]?.[row] ?? 0] ?? plain
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
}

/** Cells of one column whose texts say something. */
function addTelling(
  rows: Set<number>,
  own: Uint8Array,
  values: Float64Array | undefined,
  found: Uint8Array,
  from: number,
  to: number,
): void {
  if (values === undefined) return
  let before = -1
  for (let row = from; row < to; row++) {
    if (own[row] !== cellKind.text) continue
    const place = values[row] as number // within
    if (place === before) continue
    if ((found[place] as number) > plain) rows.add(row)
    else before = place
  }
}

/** The text of a row that says total. */
export function totalLabelOf(chunk: ColumnChunk, row: number, pool: TextPool): string {
  return new RowLabels(pool).of(chunk, row)?.text.slice(0, 60) ?? ''
}
