/** A growing byte buffer that turns numbers and plain ASCII into bytes without a string per value. */
export class ByteBuilder {
  bytes: Uint8Array<ArrayBuffer>
  length = 0
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
    this.bytes = new Uint8Array(capacity)
  }

  /** Makes room for that many more bytes; every other method expects the room to be there. */
  reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.bytes.length) return
    const wider = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    wider.set(this.bytes.subarray(0, this.length))
    this.bytes = wider
  }

  /** Copies a short run of bytes; a plain loop beats `set` at the lengths of XML tags. */
  copy(part: Uint8Array): void {
    const bytes = this.bytes
    let at = this.length
    for (let i = 0; i < part.length; i++) bytes[at++] = part[i] ?? 0
    this.length = at
  }

  /** Appends a part of any length, making its own room. */
  add(part: Uint8Array): void {
    this.reserve(part.length)
    this.bytes.set(part, this.length)
    this.length += part.length
  }

  /** Appends ASCII text, making its own room. */
  ascii(text: string): void {
    this.reserve(text.length)
    const bytes = this.bytes
    let at = this.length
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i)
    this.length = at
  }

  /** Appends a whole number from 0 up to 2^53, padded with zeros on the left to `width`. */
  digits(value: number, width = 1): void {
    let count = width
    for (let bound = 10 ** count; value >= bound; bound *= 10) count++
    const bytes = this.bytes
    let rest = value
    // Division of doubles is slow in this loop: peel off nine digits at a time as 32-bit integers.
    let at = this.length + count
    const start = this.length
    this.length = at
    while (rest > 999_999_999) {
      const high = Math.floor(rest / 1_000_000_000)
      let low = (rest - high * 1_000_000_000) | 0
      for (let i = 0; i < 9; i++) {
        const tens = (low / 10) | 0
        bytes[--at] = 48 + low - tens * 10
        low = tens
      }
      rest = high
    }
    let low = rest | 0
    while (at > start) {
      const tens = (low / 10) | 0
      bytes[--at] = 48 + low - tens * 10
      low = tens
    }
  }

  /** Hands over what was built and starts an empty buffer, so the bytes may travel on untouched. */
  take(): Uint8Array {
    const done = this.bytes.subarray(0, this.length)
    this.bytes = new Uint8Array(this.#capacity)
    this.length = 0
    return done
  }
}

const encoder = new TextEncoder()

/** UTF-8 bytes of a constant tag or a short part. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}
