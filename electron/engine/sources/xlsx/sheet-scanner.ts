/**
 * Reads a worksheet's XML as bytes, piece by piece, straight into column chunks: no string for a number or a shared
 * string, no object for a row. The usual cell takes the fast path; everything legal but rare goes through `readRareCell`.
 */
import type { ReadInto } from '../reader.ts'
import { overLimit, unreadable } from '../source-limits.ts'
import { CellWriter } from './cell-writer.ts'
import type { WorkbookTexts } from './cell-writer.ts'
import type { CellStyle } from './number-formats.ts'
import { InlineTexts } from './inline-text.ts'
import { foundRow, plainRow } from './plain-row.ts'
import { readRareCell } from './rare-cell.ts'
import {
  afterEquals,
  apostrophe,
  colon,
  columnAt,
  digitsAt,
  foundNumber,
  foundReference,
  greaterThan,
  isCellEnd,
  isWord,
  lessThan,
  letterF,
  letterV,
  nine,
  plainIndex,
  plainNumber,
  referenceEnd,
  quote,
  slash,
  tagEnd,
  zero,
} from './sheet-bytes.ts'

/** No plain cell is longer, so within this distance of the end nothing is read past it. */
const plainCellRoom = 160
/** Nor is its value with the tags around it. */
const valueRoom = 40

/** Far beyond what any program writes. */
const lastRow = 0x7fff_ffff

/** Four bytes as one number, the first lowest: ` x="` but for its name, `><v>`, `</v>`, `</c>`. */
const spaceNameMask = ~0xff00
const spaceEqualsQuote = 0x223d_0020
const valueOpen = 0x3e76_3c3e
const valueClose = 0x3e76_2f3c
const cellClose = 0x3e63_2f3c

/** ` r="` */
const spaceReference = 0x223d_7220

/** Attributes of the cell being read. */
interface CellHead {
  column: number
  style: number
  type: string
}

/** Read one sheet: `feed` every piece in order, then `finish`. */
export class SheetScanner {
  readonly #into: ReadInto
  readonly #cells: CellWriter
  #buffer: Buffer = Buffer.alloc(0)
  #room: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #at = 0
  #row = 0
  /** Digits of the row's number. */
  #rowDigits = 1
  /** From this row on there is a digit more. */
  #rowsOfDigits = 10
  #nextColumn = 0
  #done = false
  readonly #texts = new InlineTexts()
  readonly #head: CellHead = { column: 0, style: 0, type: 'n' }

  constructor(
    into: ReadInto,
    texts: WorkbookTexts,
    styles: readonly CellStyle[],
    date1904: boolean,
  ) {
    this.#into = into
    this.#cells = new CellWriter(into, texts, styles, date1904)
  }

  get done(): boolean {
    return this.#done
  }

  get rest(): Buffer {
    return this.#buffer.subarray(this.#at)
  }

  /** True once the cells are all there; what follows them is then `rest`. */
  feed(piece: Buffer): boolean {
    const rest = this.#buffer.subarray(this.#at)
    if (rest.length > this.#into.limits.cellBytes) throw overLimit('cellBytes')
    this.#buffer = rest.length === 0 ? piece : this.#join(rest, piece)
    const { buffer, byteOffset, length } = this.#buffer
    this.#view = new DataView(buffer, byteOffset, length)
    this.#at = 0
    this.#texts.next()
    while (!this.#done && this.#step());
    return this.#done
  }

  /** Both in one stretch of the same memory each time: a new buffer per piece is what the collector would choke on. */
  #join(rest: Buffer, piece: Buffer): Buffer {
    const length = rest.length + piece.length
    if (this.#room.length < length) {
      const wider = Buffer.allocUnsafeSlow(length + (length >> 2))
      rest.copy(wider)
      this.#room = wider
    } else rest.copy(this.#room)
    piece.copy(this.#room, rest.length)
    return this.#room.subarray(0, length)
  }

  finish(): void {
    if (!this.#done) throw unreadable('damaged', 'sheet ends early')
    this.#into.cells.endRow(this.#row)
  }

  /** Takes one tag (or one whole cell); false when the buffer ends inside it. */
  #step(): boolean {
    const buffer = this.#buffer
    let open = this.#at
    while (open < buffer.length && buffer[open] !== lessThan) open++
    this.#at = open
    if (open + 1 >= buffer.length) return false
    const next = buffer[open + 1]
    if (next === 0x63 && buffer[open + 2] === 0x20 && this.#plainCells(open)) return true
    if (next === slash || next === 0x72) {
      const end = plainRow(buffer, this.#view, open)
      if (end > 0) {
        this.#beginRow(foundRow.number)
        return this.#pass(end)
      }
    }
    if (next === 0x21 || next === 0x3f) return this.#skipSpecial(open)
    const close = tagEnd(buffer, open)
    if (close < 0) return false
    const closing = next === slash
    let nameStart = open + (closing ? 2 : 1)
    let nameEnd = nameStart
    for (; nameEnd < close; nameEnd++) {
      const byte = buffer[nameEnd] ?? 0
      if (byte === colon) nameStart = nameEnd + 1
      else if (byte <= 0x20 || byte === slash) break
    }
    return this.#tag(nameStart, nameEnd, close, closing)
  }

  #tag(nameStart: number, nameEnd: number, close: number, closing: boolean): boolean {
    const buffer = this.#buffer
    const length = nameEnd - nameStart
    if (length === 1 && buffer[nameStart] === 0x63) {
      return closing ? this.#pass(close) : this.#cell(nameEnd, close)
    }
    if (length === 3 && isWord(buffer, nameStart, 'row')) {
      if (!closing) this.#startRow(nameEnd, close)
    } else if (length === 9 && isWord(buffer, nameStart, 'sheetData')) {
      this.#done = closing || buffer[close - 1] === slash
    } else if (length === 9 && isWord(buffer, nameStart, 'worksheet')) {
      this.#done = closing || buffer[close - 1] === slash
    }
    return this.#pass(close)
  }

  #pass(close: number): boolean {
    this.#at = close + 1
    return true
  }

  #skipSpecial(open: number): boolean {
    const buffer = this.#buffer
    const comment = isWord(buffer, open, '<!--')
    if (!comment && buffer[open + 1] === 0x21) {
      if (open + 9 > buffer.length) return false
      if (!isWord(buffer, open, '<![CDATA[')) throw unreadable('unsafe', 'document type in a part')
    }
    const mark = comment ? '-->' : buffer[open + 1] === 0x3f ? '?>' : ']]>'
    const end = buffer.indexOf(mark, open + 2, 'latin1')
    if (end < 0) return false
    return this.#pass(end + mark.length - 1)
  }

  #startRow(from: number, close: number): void {
    this.#beginRow(this.#statedRow(from, close))
  }

  /** A row that is stated again goes on; any other ends the one before. */
  #beginRow(row: number): void {
    this.#nextColumn = 0
    if (row === this.#row) return
    if (row > lastRow) throw unreadable('damaged', 'row number damaged')
    this.#into.cells.endRow(this.#row)
    this.#row = row
    if (row * 10 < this.#rowsOfDigits) this.#setDigits(1, 10)
    while (row >= this.#rowsOfDigits) this.#setDigits(this.#rowDigits + 1, this.#rowsOfDigits * 10)
  }

  #setDigits(digits: number, rows: number): void {
    this.#rowDigits = digits
    this.#rowsOfDigits = rows
  }

  #statedRow(from: number, close: number): number {
    const buffer = this.#buffer
    for (let at = from; at < close; at++) {
      // The row number is the attribute named exactly `r`; without it rows count up.
      if (buffer[at] !== 0x72 || (buffer[at - 1] ?? 0) > 0x20) continue
      const value = afterEquals(buffer, at + 1)
      if (value < 0) continue
      const stated = digitsAt(buffer, value + 1)
      if (stated > 0) return stated
      break
    }
    return this.#row + 1
  }

  /**
   * A run of the cells nearly all sheets are made of, each in one walk over its bytes:
   * `<c r="AB12" s="3" t="s"><v>45</v></c>`, attributes in any order. False, with nothing taken, when `open` is no such
   * cell. Long on purpose: calls and fields touched per cell are what costs here.
   */
  #plainCells(open: number): boolean {
    const buffer = this.#buffer
    const view = this.#view
    const rowDigits = this.#rowDigits
    const last = buffer.length - plainCellRoom
    const lastValue = buffer.length - valueRoom
    let start = open
    let next = this.#nextColumn
    while (start < last && buffer[start] === lessThan && buffer[start + 1] === 0x63) {
      let at = start + 2
      let column = next
      let style = 0
      let shared = false
      let inline = false
      // Nearly always the next column of the row at hand.
      const past = at + 5 + rowDigits
      if (next < 26 && buffer[at + 4] === 0x41 + next && buffer[past] === quote && (buffer[at + 5] as number) <= nine && view.getInt32(at, true) === spaceReference) at = past + 1 // prettier-ignore
      while (at < lastValue) {
        const head = view.getInt32(at, true)
        if ((head & spaceNameMask) !== spaceEqualsQuote) break
        const name = (head >>> 8) & 0xff
        at += 4
        let byte = buffer[at] as number // within `last`
        if (name === 0x72) {
          at = referenceEnd(buffer, at, rowDigits)
          column = foundReference.column
        } else if (name === 0x73) {
          for (; byte >= zero && byte <= nine; byte = buffer[++at] as number)
            style = style * 10 + byte - zero
        } else if (name === 0x74) {
          shared = byte === 0x73
          inline = byte === 0x69 && isWord(buffer, at, 'inlineStr')
          at += inline ? 9 : shared || byte === 0x6e ? 1 : 0
        }
        if (buffer[at] !== quote) break
        at++
      }
      if (inline) {
        const end = this.#texts.cell(buffer, at, column, this.#cells)
        if (end < 0) break
        next = column + 1
        start = end
        continue
      }
      if (at > lastValue || view.getInt32(at, true) !== valueOpen) break
      at += 4
      const end = shared ? plainIndex(buffer, at) : plainNumber(buffer, at)
      if (end < 0 || column < 0 || column >= 16_384) break
      if (view.getInt32(end, true) !== valueClose || view.getInt32(end + 4, true) !== cellClose)
        break
      if (shared) this.#cells.sharedText(column, foundNumber.value)
      else this.#cells.number(column, foundNumber.kind, foundNumber.value, style)
      next = column + 1
      start = end + 8
    }
    this.#nextColumn = next
    this.#at = start
    return start > open
  }

  /** A whole cell; false when its end is not in the buffer yet. */
  #cell(nameEnd: number, close: number): boolean {
    const buffer = this.#buffer
    const head = this.#readHead(nameEnd, close)
    if (buffer[close - 1] === slash) {
      this.#nextColumn = head.column + 1
      return this.#pass(close)
    }
    const end = this.#fastValue(close + 1)
    if (end < 0) return this.#rareCell(close)
    this.#nextColumn = head.column + 1
    if (head.type === 's') this.#cells.sharedText(head.column, foundNumber.value)
    else this.#cells.number(head.column, foundNumber.kind, foundNumber.value, head.style)
    return this.#pass(end)
  }

  #rareCell(close: number): boolean {
    const buffer = this.#buffer
    const end = this.#cellClose(close)
    const past = end < 0 ? -1 : buffer.indexOf(greaterThan, end)
    if (past < 0) return false
    const { column, type, style } = this.#head
    const inside = buffer.toString('utf8', close + 1, end)
    this.#nextColumn = column + 1
    this.#cells.rare(column, type, style, readRareCell(inside, this.#into.limits.xmlDepth))
    return this.#pass(past)
  }

  /** The `</c>` of the cell whose opening tag ends at `close`, with the same prefix; -1 when it is not there yet. */
  #cellClose(close: number): number {
    const buffer = this.#buffer
    const open = buffer.lastIndexOf(lessThan, close)
    const space = buffer.subarray(open, close).findIndex((byte) => byte <= 0x20)
    const name = `</${buffer.toString('latin1', open + 1, space < 0 ? close : open + space)}`
    for (let end = close; ; end += name.length) {
      end = buffer.indexOf(name, end, 'latin1')
      const next = buffer[end + name.length] ?? 0
      if (end < 0 || next === greaterThan || (next > 0 && next <= 0x20)) return end
    }
  }

  #readHead(from: number, close: number): CellHead {
    const buffer = this.#buffer
    const head = this.#head
    head.column = this.#nextColumn
    head.style = 0
    head.type = 'n'
    let at = from
    while (at < close) {
      const name = buffer[at] ?? 0
      if (name <= 0x20 || name === slash) {
        at++
        continue
      }
      let start = at
      while (start < close && buffer[start] !== quote && buffer[start] !== apostrophe) start++
      const mark = buffer[start]
      let end = start + 1
      while (end < close && buffer[end] !== mark) end++
      if (afterEquals(buffer, at + 1) === start) this.#headAttribute(name, start + 1, end)
      at = end + 1
    }
    return head
  }

  #headAttribute(name: number, start: number, end: number): void {
    const buffer = this.#buffer
    if (name === 0x72) this.#head.column = columnAt(buffer, start, end)
    else if (name === 0x73) this.#head.style = digitsAt(buffer, start)
    else if (name === 0x74) {
      this.#head.type =
        end - start === 1 && buffer[start] === 0x73 ? 's' : buffer.toString('latin1', start, end)
    }
  }

  /** `<v>digits</v></c>`, after a formula if there is one: the position of the last `>`, or -1. */
  #fastValue(from: number): number {
    const type = this.#head.type
    if (type !== 's' && type !== 'n') return -1
    const buffer = this.#buffer
    const at = buffer[from + 1] === letterF ? this.#pastFormula(from) : from
    if (at < 0 || buffer[at] !== lessThan || buffer[at + 1] !== letterV) return -1
    if (buffer[at + 2] !== greaterThan) return -1
    const end = plainNumber(this.#buffer, at + 3)
    if (end < 0 || !isCellEnd(buffer, end)) return -1
    return end + 7
  }

  #pastFormula(from: number): number {
    const buffer = this.#buffer
    const after = buffer[from + 2] ?? 0
    if (after !== greaterThan && after !== slash && after > 0x20) return -1
    const close = buffer.indexOf(greaterThan, from)
    if (close < 0) return -1
    if (buffer[close - 1] === slash) return close + 1
    const end = buffer.indexOf('</f>', close, 'latin1')
    return end < 0 ? -1 : end + 4
  }
}
