import type { RawAnswer } from './query-runner.ts'
import type { HeldRows } from './held-rows.ts'

/** Pieces kept of one list: the one looked at and its neighbours. */
const piecesKept = 3

export interface HeldWindow {
  readonly rows: RawAnswer
  /** Where in them the window begins, and how many rows it has. */
  readonly from: number
  readonly count: number
}

/** Rows of a list without names, read piece by piece from where they are. */
export class HeldPages {
  readonly #list: HeldRows
  readonly #pieces = new Map<number, RawAnswer>()

  constructor(list: HeldRows) {
    this.#list = list
    this.#pieces.set(0, list.rows)
  }

  async at(offset: number, limit: number, signal: AbortSignal): Promise<HeldWindow> {
    const count = Math.max(0, Math.min(limit, this.#list.whole - offset))
    const { piece } = this.#list
    const first = Math.floor(offset / piece)
    const last = Math.floor((offset + Math.max(0, count - 1)) / piece)
    if (first === last) {
      const rows = await this.#piece(first, signal)
      return { rows, from: offset - first * piece, count }
    }
    // Across two pieces it is read for itself: no page is longer than a piece.
    return { rows: await this.#list.read(offset, count, signal), from: 0, count }
  }

  async #piece(index: number, signal: AbortSignal): Promise<RawAnswer> {
    const known = this.#pieces.get(index)
    const { piece } = this.#list
    const rows = known ?? (await this.#list.read(index * piece, piece, signal))
    this.#pieces.delete(index)
    this.#pieces.set(index, rows)
    for (const oldest of this.#pieces.keys()) {
      if (this.#pieces.size <= piecesKept) break
      this.#pieces.delete(oldest)
    }
    return rows
  }
}
