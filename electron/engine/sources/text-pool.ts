/** All different texts of one import. A text is known by its place; the same text may have two places (columns merge them). */
import { overLimit } from './source-limits.ts'

const firstSlots = 1 << 12
/** A slot is four numbers side by side, so that one look at memory tells nearly always: hash, place + 1, start, length. */
const slotSize = 4

export class TextPool {
  readonly #texts: string[] = []
  readonly #maxBytes: number
  #bytes = 0
  /** Open-addressing table over the UTF-8 bytes of interned texts; a place of 0 is a free slot. */
  #table = new Int32Array(firstSlots * slotSize)
  #mask = firstSlots - 1
  #store = new Uint8Array(1 << 16)
  #stored = 0
  #interned = 0

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
    const table = this.#table
    const length = to - from
    let slot = hash & this.#mask
    for (;;) {
      const at = slot * slotSize
      const place = table[at + 1] as number // within the table
      if (place === 0) return this.#remember(at, hash, bytes, from, to)
      if (
        table[at] === hash &&
        table[at + 3] === length &&
        this.#equals(table[at + 2] as number, bytes, from, length) // within the table
      ) {
        return place - 1
      }
      slot = (slot + 1) & this.#mask
    }
  }

  #equals(start: number, bytes: Uint8Array, from: number, length: number): boolean {
    const store = this.#store
    for (let i = 0; i < length; i++) {
      if (store[start + i] !== bytes[from + i]) return false
    }
    return true
  }

  #remember(at: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
    const place = this.add(text)
    const length = to - from
    if (this.#stored + length > maxStored) throw overLimit('textBytes')
    this.#reserve(length)
    this.#store.set(bytes.subarray(from, to), this.#stored)
    this.#table[at] = hash
    this.#table[at + 1] = place + 1
    this.#table[at + 2] = this.#stored
    this.#table[at + 3] = length
    this.#stored += length
    if (++this.#interned * 2 > this.#mask) this.#grow()
    return place
  }

  #reserve(more: number): void {
    if (this.#stored + more <= this.#store.length) return
    const wider = new Uint8Array(Math.max(this.#store.length * 2, this.#stored + more))
    wider.set(this.#store)
    this.#store = wider
  }

  #grow(): void {
    const before = this.#table
    const table = new Int32Array(before.length * 2)
    const mask = this.#mask * 2 + 1
    for (let at = 0; at < before.length; at += slotSize) {
      if (before[at + 1] === 0) continue
      let slot = (before[at] ?? 0) & mask
      while (table[slot * slotSize + 1] !== 0) slot = (slot + 1) & mask
      table.set(before.subarray(at, at + slotSize), slot * slotSize)
    }
    this.#table = table
    this.#mask = mask
  }
}

/** Starts are kept in 32 bits. */
const maxStored = 2_147_483_647

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193) // within the bytes
  return hash ^ (hash >>> 15)
}
