/** All different texts of one import: a text has one place, by which it is known. */
import { overLimit } from './source-limits.ts'
import type { SharedTexts } from './texts.ts'
import { Texts, blockPlaces, segmentBits, segmentMask } from './texts.ts'

const firstSlots = 1 << 12
/**
 * A slot is four numbers side by side, so that one look at memory tells nearly always: hash, length and place + 1, and the
 * first eight bytes.
 */
const slotSize = 4
const slotBytes = 8
/** A slot's second number: lengths up to `slotBytes` in the high bits, one more for all longer texts, below it the place. */
const lengthBits = 28
const placeMask = (1 << lengthBits) - 1
/** A megabyte, which stays in the cache of one core; a larger one gives back more than it finds. */
const recentMask = (1 << 16) - 1
/** Numbers of a table from which on it grows by less at a time: 16 MiB. */
const largeTable = 1 << 22
const firstSegment = 1 << 16

export class TextPool extends Texts {
  readonly #maxBytes: number
  #bytes = 0
  #size = 0
  /** Open-addressing table; a place of 0 is a free slot. */
  #table = new Int32Array(firstSlots * slotSize)
  #mask = firstSlots - 1
  /** Of each hash's last bits the text that came again last: what comes again lies together here, far apart in the table. */
  readonly #recent = new Int32Array((recentMask + 1) * slotSize)
  /** The segment being filled, and how far. */
  #segment: Buffer = Buffer.alloc(0)
  #filled = 0
  #block: Int32Array = new Int32Array(0)
  /** The bytes last interned from, and the same four at a time. */
  #bytesOf: Uint8Array = new Uint8Array(0)
  #viewOf: DataView = new DataView(new ArrayBuffer(0))
  /** By segment, as `#viewOf`. */
  readonly #views: DataView[] = []
  #given = { segments: 0, blocks: 0 }
  /** The first eight bytes of the text in question. */
  #low = 0
  #high = 0

  constructor(maxBytes: number) {
    super()
    this.#maxBytes = maxBytes
  }

  get size(): number {
    return this.#size
  }

  /** Room for so many texts at once, where a source says beforehand; a few too many or too few do no harm. */
  expect(texts: number): void {
    let slots = this.#mask + 1
    while (slots < 2 * texts) slots *= 2
    if (slots > this.#mask + 1) this.#growTo(slots)
  }

  /** What came since the last call, for a thread that reads along. */
  share(): SharedTexts {
    const { segments, blocks } = this.#given
    this.#given = { segments: this.segments.length, blocks: this.blocks.length }
    // All of this class's memory is made as shared buffers.
    const shared = (all: readonly { buffer: ArrayBufferLike }[], from: number) =>
      all.slice(from).map(({ buffer }) => buffer as SharedArrayBuffer)
    return { segments: shared(this.segments, segments), blocks: shared(this.blocks, blocks) }
  }

  add(text: string): number {
    const bytes = Buffer.from(text, 'utf8')
    return this.intern(bytes, 0, bytes.length)
  }

  /** The place of the text in bytes[from .. to), which must be UTF-8. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    if (bytes !== this.#bytesOf) {
      this.#bytesOf = bytes
      this.#viewOf = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    const view = this.#viewOf
    const length = to - from
    this.#readFirst(from, length)
    const hash = length > slotBytes ? hashOfRest(view, from, to, this.#firstHash()) : this.#firstHash() ^ length // prettier-ignore
    const recent = this.#recent
    const near = (hash & recentMask) * slotSize
    const met = this.#isAt(recent, near, hash, view, from, length)
    if (met) return ((recent[near + 1] as number) & placeMask) - 1
    const at = this.#slotOf(hash, view, from, length)
    const table = this.#table
    const known = table[at + 1] as number // within the table
    if (known === 0) return this.#remember(at, hash, bytes, from, to)
    // Only what comes again: receipt numbers would leave room for nothing else.
    recent[near] = hash
    recent[near + 1] = known
    recent[near + 2] = this.#low
    recent[near + 3] = this.#high
    return (known & placeMask) - 1
  }

  /** The first eight bytes of the text, those beyond its end as zeros. */
  #readFirst(from: number, length: number): void {
    const view = this.#viewOf
    if (from + slotBytes <= view.byteLength) {
      const low = view.getInt32(from, true)
      const high = view.getInt32(from + 4, true)
      this.#low = length >= 4 ? low : low & ((1 << (length << 3)) - 1)
      this.#high = length >= 8 ? high : length <= 4 ? 0 : high & ((1 << ((length - 4) << 3)) - 1)
      return
    }
    let low = 0
    let high = 0
    for (let i = Math.min(length, slotBytes) - 1; i >= 4; i--) high = (high << 8) | view.getUint8(from + i) // prettier-ignore
    for (let i = Math.min(length, 4) - 1; i >= 0; i--) low = (low << 8) | view.getUint8(from + i)
    this.#low = low
    this.#high = high
  }

  #firstHash(): number {
    let hash = Math.imul(this.#low, 0x9e3779b1)
    hash ^= hash >>> 15
    hash = Math.imul(hash ^ this.#high, 0x85ebca6b)
    return hash ^ (hash >>> 13)
  }

  /** Where in the table the text is, or a free slot for it. */
  #slotOf(hash: number, view: DataView, from: number, length: number): number {
    const table = this.#table
    let slot = hash & this.#mask
    for (;;) {
      const at = slot * slotSize
      if (table[at + 1] === 0 || this.#isAt(table, at, hash, view, from, length)) return at
      slot = (slot + 1) & this.#mask
    }
  }

  /** Whether this slot holds the text whose first bytes were read. */
  #isAt(
    table: Int32Array,
    at: number,
    hash: number,
    view: DataView,
    from: number,
    length: number,
  ): boolean {
    if (table[at] !== hash || table[at + 2] !== this.#low || table[at + 3] !== this.#high)
      return false
    const known = table[at + 1] as number // within the table
    const kept = known >>> lengthBits
    if (length <= slotBytes) return kept === length && known !== 0
    return kept > slotBytes && this.#restEquals((known & placeMask) - 1, view, from, length)
  }

  /** Four bytes at a time, then those that are left. */
  #restEquals(place: number, view: DataView, from: number, length: number): boolean {
    const block = this.blocks[place >>> 16] as Int32Array // it was remembered there
    const entry = (place & (blockPlaces - 1)) * 2
    if (block[entry + 1] !== length) return false
    const address = block[entry] as number // within the block
    const known = this.#views[address >>> segmentBits] as DataView // it was remembered there
    const start = address & segmentMask
    let i = slotBytes
    for (; i + 4 <= length; i += 4) {
      if (known.getInt32(start + i, true) !== view.getInt32(from + i, true)) return false
    }
    for (; i < length; i++) {
      if (known.getUint8(start + i) !== view.getUint8(from + i)) return false
    }
    return true
  }

  #remember(slot: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    const place = this.#size++
    this.#reserve(place, length)
    const segment = this.#segment
    const start = this.#filled
    if (length > 64) segment.set(bytes.subarray(from, to), start)
    else for (let i = 0; i < length; i++) segment[start + i] = bytes[from + i] as number // within
    this.#filled += length
    const address = ((this.segments.length - 1) << segmentBits) | start
    const at = (place & (blockPlaces - 1)) * 2
    this.#block[at] = address
    this.#block[at + 1] = length
    this.#table[slot] = hash
    this.#table[slot + 1] = (Math.min(length, slotBytes + 1) << lengthBits) | (place + 1)
    this.#table[slot + 2] = this.#low
    this.#table[slot + 3] = this.#high
    if (this.#size * 2 > this.#mask) {
      this.#growTo((this.#mask + 1) * (this.#table.length < largeTable ? 4 : 2))
    }
    return place
  }

  #reserve(place: number, length: number): void {
    this.#bytes += length
    if (this.#bytes > this.#maxBytes || place + 1 >= placeMask) throw overLimit('textBytes')
    if (this.#filled + length > this.#segment.length || this.segments.length === 0) {
      const next = Math.min(1 << segmentBits, Math.max(firstSegment, this.#segment.length * 2))
      this.#segment = Buffer.from(new SharedArrayBuffer(Math.max(next, length)))
      this.segments.push(this.#segment)
      const { buffer, byteOffset, length: room } = this.#segment
      this.#views.push(new DataView(buffer, byteOffset, room))
      this.#filled = 0
    }
    if (place >>> 16 === this.blocks.length) {
      this.#block = new Int32Array(new SharedArrayBuffer(blockPlaces * 8))
      this.blocks.push(this.#block)
    }
  }

  #growTo(slots: number): void {
    const before = this.#table
    const table = new Int32Array(slots * slotSize)
    const mask = slots - 1
    for (let at = 0; at < before.length; at += slotSize) {
      if (before[at + 1] === 0) continue
      let slot = (before[at] as number) & mask // within the table
      while (table[slot * slotSize + 1] !== 0) slot = (slot + 1) & mask
      const to = slot * slotSize
      table[to] = before[at] as number // within the table
      table[to + 1] = before[at + 1] as number
      table[to + 2] = before[at + 2] as number
      table[to + 3] = before[at + 3] as number
    }
    this.#table = table
    this.#mask = mask
  }
}

/** Four bytes are mixed at a time: one by one they are what reading a large text file waits for. */
function hashOfRest(view: DataView, from: number, to: number, first: number): number {
  let hash = first ^ (to - from)
  let at = from + slotBytes
  for (; at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  let rest = 0
  for (; at < to; at++) rest = (rest << 8) | view.getUint8(at)
  hash = Math.imul(hash ^ rest, 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
