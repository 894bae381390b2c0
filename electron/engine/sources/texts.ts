/** Texts by their places, as UTF-8 in memory that several threads may look at. */

/** Places of a block; each has two numbers: where the text starts, and its length in bytes. */
export const blockPlaces = 1 << 16
/** Bytes of a segment as a power of two. A longer text has one of its own, so that a start is a segment and a place in it. */
export const segmentBits = 22
export const segmentMask = (1 << segmentBits) - 1

/** Memory of a pool that another thread has not been given yet. */
export interface SharedTexts {
  readonly segments: readonly SharedArrayBuffer[]
  readonly blocks: readonly SharedArrayBuffer[]
}

/** Reads what another thread's pool holds. Whoever tells of a place first hands over the memory it lies in. */
export class Texts {
  protected readonly segments: Buffer[] = []
  protected readonly blocks: Int32Array[] = []
  /** One object for all texts: one each would cost more than the looking. */
  readonly #found = { segment: Buffer.alloc(0) as Buffer, start: 0, end: 0 }

  take(more: SharedTexts): void {
    for (const segment of more.segments) this.segments.push(Buffer.from(segment))
    for (const block of more.blocks) this.blocks.push(new Int32Array(block))
  }

  /** Copies a text of at most `most` bytes; its length, or -1 with nothing copied when it is longer. */
  copy(place: number, to: Uint8Array, at: number, most: number): number {
    const block = this.blocks[place >>> 16]
    if (block === undefined) return -1
    const entry = (place & (blockPlaces - 1)) * 2
    const address = block[entry] as number // within the block
    const length = block[entry + 1] as number // within the block
    const segment = this.segments[address >>> segmentBits]
    if (length > most || segment === undefined) return -1
    const start = address & segmentMask
    for (let i = 0; i < length; i++) to[at + i] = segment[start + i] as number // within the segment
    return length
  }

  /** Where a text lies, in `#found`; false for a place that holds nothing. */
  #find(place: number): boolean {
    const block = this.blocks[place >>> 16]
    if (block === undefined) return false
    const at = (place & (blockPlaces - 1)) * 2
    const address = block[at] as number // within the block
    const segment = this.segments[address >>> segmentBits]
    if (segment === undefined) return false
    const found = this.#found
    found.segment = segment
    found.start = address & segmentMask
    found.end = found.start + (block[at + 1] as number) // within the block
    return true
  }

  /** Whether a text has so many Latin letters in a row, or any letter that is not ASCII. */
  hasWord(place: number, letters: number): boolean {
    if (!this.#find(place)) return false
    const { segment, start, end } = this.#found
    let run = 0
    for (let i = start; i < end; i++) {
      const byte = segment[i] as number // within the segment
      if (byte >= 0x80) return true
      const letter = byte | 0x20
      run = letter >= 0x61 && letter <= 0x7a ? run + 1 : 0
      if (run >= letters) return true
    }
    return false
  }

  /** Whether a text has this ASCII character anywhere. */
  hasByte(place: number, wanted: number): boolean {
    if (!this.#find(place)) return false
    const { segment, start, end } = this.#found
    for (let i = start; i < end; i++) if (segment[i] === wanted) return true
    return false
  }

  /** Empty for a place that holds nothing. */
  textAt(place: number): string {
    const block = this.blocks[place >>> 16]
    if (block === undefined) return ''
    const at = (place & (blockPlaces - 1)) * 2
    const address = block[at] as number // within the block
    const length = block[at + 1] as number // within the block
    const start = address & segmentMask
    return this.segments[address >>> segmentBits]?.toString('utf8', start, start + length) ?? ''
  }
}

/** A column of texts: places, -1 where it is blank or, seldom, a text of its own. */
export class PlacedTexts {
  readonly texts: Texts
  readonly places: Int32Array
  readonly #others: ReadonlyMap<number, string>

  constructor(texts: Texts, places: Int32Array, others: ReadonlyMap<number, string>) {
    this.texts = texts
    this.places = places
    this.#others = others
  }

  get blanks(): number {
    return this.places.reduce((count, place) => (place < 0 ? count + 1 : count), -this.#others.size)
  }

  at(row: number): string | null {
    const place = this.places[row] ?? -1
    return place < 0 ? (this.#others.get(row) ?? null) : this.texts.textAt(place)
  }
}
