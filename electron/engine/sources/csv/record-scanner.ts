/** Cuts UTF-8 bytes into records and fields. One scanner serves the sniffing of a file and its reading. */
import type { RejectReason } from '../reader.ts'
import type { Dialect } from './dialect.ts'

const newline = 0x0a
const carriageReturn = 0x0d
const backslash = 0x5c

export interface RecordListener {
  /** A field in bytes[from .. to); `bytes` is the block, or a scratch buffer when quotes had to be undoubled. */
  field(column: number, bytes: Uint8Array, from: number, to: number): void
  /** The record is complete; `from` and `to` are its bytes in the block. */
  record(fields: number, bytes: Uint8Array, from: number, to: number): void
  /** Fields given since the last record are void. */
  bad(reason: RejectReason, bytes: Uint8Array, from: number, to: number): void
}

export class RecordScanner {
  readonly #delimiter: number
  readonly #quote: number
  readonly #escaped: boolean
  readonly #listener: RecordListener
  readonly #maxRecord: number
  #scratch = Buffer.alloc(256)
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #column = 0

  constructor({ delimiter, quote, escaped }: Dialect, listener: RecordListener, maxRecord: number) {
    this.#delimiter = delimiter
    this.#quote = quote
    this.#escaped = escaped
    this.#listener = listener
    this.#maxRecord = maxRecord
  }

  /** Takes whole records and returns where the incomplete one begins; with `last` everything is taken. */
  scan(bytes: Uint8Array, last: boolean): number {
    this.#bytes = bytes
    let start = 0
    while (start < bytes.length) {
      this.#at = start
      this.#column = 0
      const outcome = this.#record(last)
      if (outcome === 'more') {
        if (!last && bytes.length - start <= this.#maxRecord) return start
        this.#toNextLine(start)
        this.#listener.bad(last ? 'unterminatedQuote' : 'tooLong', bytes, start, this.#at)
      } else if (outcome === 'textAfterQuote') {
        this.#toNextLine(this.#at)
        this.#listener.bad(outcome, bytes, start, this.#at)
      } else this.#listener.record(this.#column, bytes, start, this.#at)
      start = this.#at
    }
    return start
  }

  #toNextLine(from: number): void {
    const found = this.#bytes.indexOf(newline, from)
    this.#at = found < 0 ? this.#bytes.length : found + 1
  }

  #record(last: boolean): 'done' | 'more' | 'textAfterQuote' {
    const bytes = this.#bytes
    const quote = this.#quote
    for (;;) {
      const ended = bytes[this.#at] === quote ? this.#quoted(last) : this.#plain(last)
      if (ended !== 'field') return ended
      this.#at++
    }
  }

  /** A field up to its delimiter or line end. */
  #plain(last: boolean): 'field' | 'done' | 'more' {
    const bytes = this.#bytes
    const delimiter = this.#delimiter
    const { length } = bytes
    const from = this.#at
    // Digits and letters lie above both marks, so that one look passes most bytes.
    const highest = delimiter > newline ? delimiter : newline
    let at = from
    for (; at < length; at++) {
      const byte = bytes[at] as number // within
      if (byte <= highest && (byte === delimiter || byte === newline)) break
    }
    if (at === length && !last) return 'more'
    this.#at = at
    const ends = bytes[at] !== delimiter
    const to = ends && at > from && bytes[at - 1] === carriageReturn ? at - 1 : at
    this.#listener.field(this.#column++, bytes, from, to)
    if (!ends) return 'field'
    this.#at = Math.min(at + 1, bytes.length)
    return 'done'
  }

  #quoted(last: boolean): 'field' | 'done' | 'more' | 'textAfterQuote' {
    const bytes = this.#bytes
    const quote = this.#quote
    const from = this.#at + 1
    let marked = false
    let at = from
    for (; ; at++) {
      at = bytes.indexOf(quote, at)
      if (at < 0) return 'more'
      if (this.#escaped && this.#isTaken(from, at)) marked = true
      else if (bytes[at + 1] === quote) {
        marked = true
        at++
      } else break
    }
    let next = at + 1
    if (bytes[next] === carriageReturn && bytes[next + 1] !== this.#delimiter) next++
    if (next >= bytes.length && !last) return 'more'
    if (marked || (this.#escaped && bytes.subarray(from, at).includes(backslash)))
      this.#plainText(from, at)
    else this.#listener.field(this.#column++, bytes, from, at)
    this.#at = next
    if (next >= bytes.length) return 'done'
    if (bytes[next] === this.#delimiter) return 'field'
    if (bytes[next] !== newline) return 'textAfterQuote'
    this.#at = next + 1
    return 'done'
  }

  /** An odd number of backslashes stands before it. */
  #isTaken(from: number, at: number): boolean {
    let before = at
    while (before > from && this.#bytes[before - 1] === backslash) before--
    return (at - before) % 2 === 1
  }

  /** The field without what doubles or takes its signs. */
  #plainText(from: number, to: number): void {
    if (this.#scratch.length < to - from) this.#scratch = Buffer.alloc((to - from) * 2)
    let length = 0
    for (let at = from; at < to; at++) {
      const next = this.#bytes[at + 1]
      const isMark =
        this.#escaped && this.#bytes[at] === backslash
          ? next === this.#quote || next === backslash
          : this.#bytes[at] === this.#quote
      if (isMark && at + 1 < to) at++
      this.#scratch[length++] = this.#bytes[at] ?? 0
    }
    this.#listener.field(this.#column++, this.#scratch, 0, length)
  }
}
