/** Puts JSON lines of plain arrays, as SQLite writes them, into cells: bytes all the way, a string only for what is odd. */
import { isUtf8 } from 'node:buffer'
import { mayBeBlank } from '../../sources/blank-bytes.ts'
import { cellKind, maxScaledDecimals, maxScaledDigits } from '../../sources/cell-kinds.ts'
import { recognise, recognised } from '../../sources/csv/cell-bytes.ts'
import { exactNumber } from '../../sources/exact-number.ts'
import type { ReadInto } from '../../sources/reader.ts'
import type { TextCells } from '../../sources/text-cells.ts'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const opening = 0x5b
const closing = 0x5d
const openingBrace = 0x7b
const closingBrace = 0x7d
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39
const letterN = 0x6e

export class JsonRows {
  readonly #into: ReadInto
  readonly #texts: TextCells
  #row = 0
  readonly #blanks: boolean[] = []

  constructor(into: ReadInto, texts: TextCells) {
    this.#into = into
    this.#texts = texts
  }

  get rows(): number {
    return this.#row
  }

  /** Columns with a cell that is null or empty. */
  get blanks(): number[] {
    return [...this.#blanks.keys()].filter((column) => this.#blanks[column] === true)
  }

  take(lines: Buffer): void {
    // What is no UTF-8 is shown with replacement characters, as everywhere.
    const bytes = isUtf8(lines) ? lines : Buffer.from(lines.toString('utf8'), 'utf8')
    for (let at = 0; at < bytes.length;) at = this.#line(bytes, at + 1) + 1
  }

  /** From behind its bracket; gives the position of the line's end. */
  #line(bytes: Buffer, from: number): number {
    let at = from
    for (let column = 0; ; column++) {
      const byte = bytes[at] as number // the line ends with a bracket
      if (byte === quote) at = this.#text(bytes, at + 1, column)
      else if (byte === letterN) {
        this.#blanks[column] = true
        at += 4
      } else if (byte === minus || (byte >= zero && byte <= nine))
        at = this.#number(bytes, at, column)
      else at = this.#blob(bytes, at, column)
      if (bytes[at] === closing) break
      at++
    }
    this.#into.cells.endRow(++this.#row)
    return at + 1
  }

  #text(bytes: Buffer, from: number, column: number): number {
    let to = from
    let byte = bytes[to] as number // a text ends with its quote
    while (byte !== quote && byte !== backslash) byte = bytes[++to] as number
    if (byte === backslash) return this.#escapedText(bytes, from, column)
    const { cells, pool } = this.#into
    if (to === from) {
      this.#blanks[column] = true
      return to + 1
    }
    if (mayBeBlank(bytes[from] as number)) this.#texts.put(column, bytes.toString('utf8', from, to))
    else if (recognise(bytes, from, to)) cells.set(column, recognised.kind, recognised.value)
    else cells.set(column, cellKind.text, pool.intern(bytes, from, to))
    return to + 1
  }

  #escapedText(bytes: Buffer, from: number, column: number): number {
    const to = endOfText(bytes, from)
    // The database wrote it, and a text it is.
    this.#texts.put(column, JSON.parse(bytes.toString('utf8', from - 1, to + 1)) as string)
    return to + 1
  }

  #number(bytes: Buffer, from: number, column: number): number {
    const negative = bytes[from] === minus
    let at = negative ? from + 1 : from
    let value = 0
    let digits = 0
    let decimals = -1
    for (; ; at++) {
      const byte = bytes[at] as number // a number ends with a comma or bracket
      if (byte >= zero && byte <= nine) {
        value = value * 10 + byte - zero
        if (value > 0) digits++
        if (decimals >= 0) decimals++
      } else if (byte === point && decimals < 0) decimals = 0
      else break
    }
    const ends = bytes[at] === comma || bytes[at] === closing
    if (!ends || digits > maxScaledDigits || decimals > maxScaledDecimals) return this.#oddNumber(bytes, from, column) // prettier-ignore
    for (; decimals > 0 && value % 10 === 0; decimals--) value /= 10
    const kind = cellKind.scaled + Math.max(0, decimals)
    this.#into.cells.set(column, kind, negative && value !== 0 ? -value : value)
    return at
  }

  /** Many digits or an exponent. */
  #oddNumber(bytes: Buffer, from: number, column: number): number {
    let to = from
    while (bytes[to] !== comma && bytes[to] !== closing) to++
    const text = bytes.toString('latin1', from, to)
    const { cells, notes } = this.#into
    // Beyond 15 digits as text, so that no number is rounded on the way.
    if (/^-?\d+$/.test(text)) this.#texts.put(column, text)
    else if (Number.isFinite(Number(text))) {
      const exact = exactNumber(Number(text))
      cells.set(column, exact.kind, exact.value)
    } else notes.nonFinite++
    return to
  }

  /** A BLOB that happens to be a value in the database's own binary JSON. */
  #blob(bytes: Buffer, from: number, column: number): number {
    const { cells, pool } = this.#into
    cells.set(column, cellKind.error, pool.add('BLOB'))
    let depth = 0
    for (let at = from; ; at++) {
      const byte = bytes[at]
      if (byte === undefined) throw new Error('a line of JSON ends early')
      if (byte === quote) at = endOfText(bytes, at + 1)
      else if (byte === opening || byte === openingBrace) depth++
      else if (depth === 0 && (byte === comma || byte === closing)) return at
      else if (byte === closing || byte === closingBrace) depth--
    }
  }
}

/** Position of the quote that ends the text. */
function endOfText(bytes: Buffer, from: number): number {
  let at = from
  for (; bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
  return at
}
