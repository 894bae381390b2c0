/** Puts the fields of delimited text into cells and decides which records are rows. */
import { isUtf8 } from 'node:buffer'
import { cellKind } from '../cell-kinds.ts'
import type { ReadInto, RejectReason } from '../reader.ts'
import { recognise, recognised } from './cell-bytes.ts'
import type { RecordListener } from './record-scanner.ts'
import { isEmptyLine } from './sniff.ts'

export class CsvRows implements RecordListener {
  readonly #into: ReadInto
  readonly #width: number
  #row = 1
  #started = false
  #filledBeyond = false
  /** Set when the block holds bytes that are not UTF-8, so that each record is looked at. */
  damaged = false

  constructor(into: ReadInto, width: number) {
    this.#into = into
    this.#width = width
  }

  field(column: number, bytes: Uint8Array, from: number, to: number): void {
    if (isEmptyLine(bytes, from, to)) return
    if (column >= this.#width) {
      this.#filledBeyond = true
      return
    }
    const { cells, pool } = this.#into
    if (recognise(bytes, from, to)) {
      cells.set(column, recognised.kind, recognised.value)
      return
    }
    const place = pool.intern(bytes, from, to)
    // A text that begins with a wide space may still be blank.
    if ((bytes[from] ?? 0) < 0x80 || pool.textAt(place).trim() !== '') {
      cells.set(column, cellKind.text, place)
    }
  }

  record(fields: number, bytes: Uint8Array, from: number, to: number): void {
    const filledBeyond = this.#filledBeyond
    this.#filledBeyond = false
    const row = this.#row++
    if (this.damaged && !isUtf8(bytes.subarray(from, to))) this.#drop(row, 'badEncoding')
    else if (fields >= this.#width && !filledBeyond) {
      this.#started = true
      this.#into.cells.endRow(row)
    } else if (isEmptyLine(bytes, from, to) || !this.#started) {
      // Blank lines are no rows, and lines above the first full record are a title.
      this.#into.cells.dropRow()
    } else this.#drop(row, 'fieldCount')
  }

  bad(reason: RejectReason): void {
    this.#filledBeyond = false
    this.#drop(this.#row++, reason)
  }

  #drop(row: number, reason: RejectReason): void {
    this.#into.cells.dropRow()
    this.#into.notes.reject(row, reason)
  }
}
