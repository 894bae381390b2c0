/** All different texts of one import. A text is known by its place; the same text may have two places (columns merge them). */
import { overLimit } from './source-limits.ts'

const firstTable = 1 << 12

export class TextPool {
  readonly #texts: string[] = []
  readonly #maxBytes: number
  #bytes = 0
  /** Open-addressing table over the UTF-8 bytes of interned texts: place + 1, or 0. */
  #table = new Int32Array(firstTable)
  #hashes = new Int32Array(firstTable)
  #starts = new Float64Array(firstTable)
  #store = new Uint8Array(1 << 16)
  #stored = 0
  #interned = 0
  readonly #places: number[] = []

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get size(): number {
    return this.#texts.length
  }

  textAt(place: number): string {
    return this.#texts[place] ?? ''
  }

  /** Adds without looking whether it is there. */
  add(text: string): number {
    this.#bytes += text.length
    if (this.#bytes > this.#maxBytes) throw overLimit('textBytes')
    return this.#texts.push(text) - 1
  }

  /** The place of the text in bytes[from .. to), which must be UTF-8. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    let slot = hash & (this.#table.length - 1)
    for (;;) {
      const entry = this.#table[slot] ?? 0
      if (entry === 0) return this.#remember(slot, hash, bytes, from, to)
      if (this.#hashes[entry - 1] === hash && this.#equals(entry - 1, bytes, from, to)) {
        return this.#places[entry - 1] ?? 0
      }
      slot = (slot + 1) & (this.#table.length - 1)
    }
  }

  #equals(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[entry] ?? 0
    const length = (this.#starts[entry + 1] ?? 0) - start
    if (length !== to - from) return false
    for (let i = 0; i < length; i++) {
      if (this.#store[start + i] !== bytes[from + i]) return false
    }
    return true
  }

  #remember(slot: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
    const place = this.add(text)
    this.#reserve(to - from)
    this.#store.set(bytes.subarray(from, to), this.#stored)
    const entry = this.#interned++
    this.#hashes[entry] = hash
    this.#starts[entry] = this.#stored
    this.#stored += to - from
    this.#starts[entry + 1] = this.#stored
    this.#places[entry] = place
    this.#table[slot] = entry + 1
    if (this.#interned * 2 > this.#table.length) this.#grow()
    return place
  }

  #reserve(more: number): void {
    if (this.#stored + more > this.#store.length) {
      const wider = new Uint8Array(Math.max(this.#store.length * 2, this.#stored + more))
      wider.set(this.#store)
      this.#store = wider
    }
    if (this.#interned + 2 > this.#hashes.length) {
      const hashes = new Int32Array(this.#hashes.length * 2)
      hashes.set(this.#hashes)
      this.#hashes = hashes
      const starts = new Float64Array(hashes.length)
      starts.set(this.#starts)
      this.#starts = starts
    }
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2)
    for (let entry = 0; entry < this.#interned; entry++) {
      let slot = (this.#hashes[entry] ?? 0) & (table.length - 1)
      while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1)
      table[slot] = entry + 1
    }
    this.#table = table
  }
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return hash ^ (hash >>> 15)
}
