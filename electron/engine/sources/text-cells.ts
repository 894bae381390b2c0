/** Texts a driver gives as strings: most come again and again in their column, so what became of one is kept for the next. */
import { cellKind } from './cell-kinds.ts'
import { recognise, recognised } from './csv/cell-bytes.ts'
import type { ReadInto } from './reader.ts'

interface Cell {
  readonly kind: number
  readonly value: number
}

/** Beyond that a column holds names of its own, and looking costs more than it saves. */
const keptTexts = 20_000

export class TextCells {
  readonly #into: ReadInto
  readonly #known: (Map<string, Cell> | null)[] = []
  readonly #missed: number[] = []

  constructor(into: ReadInto) {
    this.#into = into
  }

  put(column: number, text: string): void {
    const known = this.#knownIn(column)
    const found = known?.get(text)
    const cell = found ?? this.#read(text)
    if (cell.kind !== cellKind.blank) this.#into.cells.set(column, cell.kind, cell.value)
    if (found === undefined && known !== null) this.#keep(known, column, text, cell)
  }

  #knownIn(column: number): Map<string, Cell> | null {
    const known = this.#known[column]
    if (known !== undefined) return known
    const fresh = new Map<string, Cell>()
    this.#known[column] = fresh
    return fresh
  }

  #keep(known: Map<string, Cell>, column: number, text: string, cell: Cell): void {
    if (known.size < keptTexts) known.set(text, cell)
    else {
      const missed = (this.#missed[column] ?? 0) + 1
      this.#missed[column] = missed
      if (missed > keptTexts) this.#known[column] = null
    }
  }

  #read(text: string): Cell {
    if (text.trim() === '') return { kind: cellKind.blank, value: 0 }
    const bytes = Buffer.from(text, 'utf8')
    if (recognise(bytes, 0, bytes.length)) return { ...recognised }
    return { kind: cellKind.text, value: this.#into.pool.intern(bytes, 0, bytes.length) }
  }
}
