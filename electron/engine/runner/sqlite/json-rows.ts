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
const closing = 0x5d
const newline = 0x0a
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39
const letterN = 0x6e
/** Behind the lines, so that no cell is looked for beyond them: an end for every kind of cell. */
export const endOfLines = '""],'
const odd = -1

export class JsonRows {
  readonly #into: ReadInto
  readonly #texts: TextCells
  readonly #width: number
  #row = 0
  readonly #blanks: boolean[] = []

  constructor(into: ReadInto, texts: TextCells, width: number) {
    this.#into = into
    this.#texts = texts
    this.#width = width
  }

  get rows(): number {
    return this.#row
  }

  /** Columns with a cell that is null or empty. */
  get blanks(): number[] {
    return [...this.#blanks.keys()].filter((column) => this.#blanks[column] === true)
  }

  /**
   * False where a row could not be read: those before it are. BLOBs come as what they hold when they happen to be the database's own
   * binary JSON, down to bytes that are no JSON at all.
   */
  take(lines: Buffer): boolean {
    // What is no UTF-8 is shown with replacement characters, as everywhere.
    const bytes = isUtf8(lines) ? lines : Buffer.from(lines.toString('utf8'), 'utf8')
    const end = bytes.length - endOfLines.length
    const { notes } = this.#into
    for (let at = 0; at < end;) {
      const { nonFinite } = notes
      const to = this.#line(bytes, at + 1)
      if (to === odd || to >= end || bytes[to] !== newline) {
        this.#into.cells.dropRow()
        notes.nonFinite = nonFinite
        return false
      }
      this.#into.cells.endRow(++this.#row)
      at = to + 1
    }
    return true
  }

  /** From behind its bracket; gives the position of the line's end. */
  #line(bytes: Buffer, from: number): number {
    let at = from
    for (let column = 1; ; column++) {
      at = this.#cell(bytes, at, column - 1)
      const byte = bytes[at] // none behind what is odd
      if (byte === closing) return column === this.#width ? at + 1 : odd
      if (byte !== comma || column === this.#width) return odd
      at++
    }
  }

  #cell(bytes: Buffer, at: number, column: number): number {
    const byte = bytes[at] as number // lines have an end behind them
    if (byte === quote) return this.#text(bytes, at + 1, column)
    if (byte !== letterN) return this.#number(bytes, at, column)
    this.#blanks[column] = true
    return at + 4
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
    const text = unescaped(bytes.toString('utf8', from - 1, to + 1))
    if (text === undefined) return odd
    this.#texts.put(column, text)
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
    const ends = (bytes[at] === comma || bytes[at] === closing) && at > from
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
    else if (!aNumber.test(text)) return odd
    else if (Number.isFinite(Number(text))) {
      const exact = exactNumber(Number(text))
      cells.set(column, exact.kind, exact.value)
    } else notes.nonFinite++
    return to
  }
}

const aNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

function unescaped(text: string): string | undefined {
  try {
    return String(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Position of the quote that ends the text. */
function endOfText(bytes: Buffer, from: number): number {
  let at = from
  for (; bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
  return at
}
