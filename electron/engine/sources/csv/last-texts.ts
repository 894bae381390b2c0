/** The text each column held last, as long as it stands in the block: lines of one receipt say the same again and again. */
export class LastTexts {
  #block: Uint8Array = new Uint8Array(0)
  readonly #from: Int32Array
  /** -1 where a column held no text in this block yet. */
  readonly #length: Int32Array
  readonly #places: Int32Array

  constructor(columns: number) {
    this.#from = new Int32Array(columns)
    this.#length = new Int32Array(columns).fill(-1)
    this.#places = new Int32Array(columns)
  }

  /** From now on fields stand in this block; those of any other memory are neither kept nor known. */
  begin(block: Uint8Array): void {
    this.#block = block
    this.#length.fill(-1)
  }

  /** The place of the text when it is the column's last one again, else -1. */
  placeOf(column: number, bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (this.#length[column] !== length || bytes !== this.#block) return -1
    const last = this.#from[column] as number // where a length is known
    // Numbers of receipts and members differ at their ends.
    for (let i = length - 1; i >= 0; i--) if (bytes[last + i] !== bytes[from + i]) return -1
    return this.#places[column] as number
  }

  keep(column: number, bytes: Uint8Array, from: number, to: number, place: number): void {
    if (bytes !== this.#block) return
    this.#from[column] = from
    this.#length[column] = to - from
    this.#places[column] = place
  }
}
