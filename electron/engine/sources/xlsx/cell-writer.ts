/** Turns what the scanner found in a cell into a kind and a number. */
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'
import { cellKind, maxScaledDigits } from '../cell-kinds.ts'
import { exactNumber, powerOfTen } from '../exact-number.ts'
import type { ReadInto } from '../reader.ts'
import { unreadable } from '../source-limits.ts'
import type { CellStyle } from './number-formats.ts'
import { paddedStyle } from './number-formats.ts'
import type { RareCell } from './rare-cell.ts'
import { fromSerial } from './serial-date.ts'

/** Shared strings: `places[i]` is the text pool's place of string i, or -1 when it is blank. */
export interface WorkbookTexts {
  readonly places: Int32Array
}

const isoTime = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?)?$/
const isoClock = /^T?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?Z?$/
const numberText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

export class CellWriter {
  readonly #into: ReadInto
  readonly #places: Int32Array
  readonly #styles: readonly CellStyle[]
  readonly #date1904: boolean

  constructor(
    into: ReadInto,
    texts: WorkbookTexts,
    styles: readonly CellStyle[],
    date1904: boolean,
  ) {
    this.#into = into
    this.#places = texts.places
    this.#styles = styles
    this.#date1904 = date1904
  }

  sharedText(column: number, index: number): void {
    const place = this.#places[index]
    if (place === undefined) throw unreadable('damaged', 'shared string missing', { index })
    if (place >= 0) this.#into.cells.set(column, cellKind.text, place)
  }

  /** `kind` is a scaled kind. */
  number(column: number, kind: number, value: number, style: number): void {
    const cellStyle = this.#styles[style] ?? 0
    if (
      cellStyle !== 0 &&
      this.#styled(column, value / powerOfTen(kind - cellKind.scaled), cellStyle)
    ) {
      return
    }
    this.#into.cells.set(column, kind, value)
  }

  /** True when the style made something else of the number. */
  #styled(column: number, serial: number, style: CellStyle): boolean {
    if (style > paddedStyle) return this.#padded(column, serial, style - paddedStyle)
    if (style === 3) {
      this.#into.notes.percent(column)
      return false
    }
    if (style === 4) {
      this.#into.notes.elapse(column)
      return false
    }
    const dated = fromSerial(serial, style === 2, this.#date1904)
    if (dated === undefined) return false
    this.#into.cells.set(column, dated.kind, dated.value)
    return true
  }

  #padded(column: number, value: number, width: number): boolean {
    if (!Number.isInteger(value) || value < 0 || value >= 10 ** maxScaledDigits) return false
    this.#into.cells.set(column, cellKind.padded + width, value)
    return true
  }

  rare(column: number, type: string, style: number, cell: RareCell): void {
    const found = type === 'inlineStr' ? (cell.inline ?? cell.value) : cell.value
    // A program that calculates nothing leaves the value of a formula out, or empty.
    const value = found?.trim() === '' && cell.formula && type === 'n' ? undefined : found
    if (value === undefined) {
      if (cell.formula) this.#into.notes.formulasWithoutValue++
      else if (cell.inline !== undefined) this.text(column, cell.inline)
      return
    }
    if (type === 's') {
      if (value.trim() !== '') this.sharedText(column, Number(value.trim()))
    } else if (type === 'n') this.#wideNumber(column, value.trim(), style)
    else if (type === 'b') {
      this.#into.cells.set(column, cellKind.boolean, /^(1|true)$/i.test(value.trim()) ? 1 : 0)
    } else if (type === 'e') {
      this.#into.cells.set(column, cellKind.error, this.#into.pool.add(value))
    } else if (type === 'd') this.isoDate(column, value.trim())
    else this.text(column, value)
  }

  text(column: number, text: string): void {
    if (text.trim() === '') return
    const bytes = Buffer.from(text, 'utf8')
    this.#into.cells.set(column, cellKind.text, this.#into.pool.intern(bytes, 0, bytes.length))
  }

  /** A text of sound UTF-8 that is not blank. */
  bytes(column: number, buffer: Buffer, from: number, to: number): void {
    this.#into.cells.set(column, cellKind.text, this.#into.pool.intern(buffer, from, to))
  }

  #wideNumber(column: number, text: string, style: number): void {
    if (text === '') return
    // Workbooks of other programs may hold card numbers as numbers: a double would change their last digits.
    if (/^-?\d{16,}$/.test(text)) {
      this.text(column, text)
      return
    }
    // What is no number after all is kept as it stands, to be seen among the odd cells of its column.
    if (!numberText.test(text) && !/^[+-]?(inf(inity)?|nan)$/i.test(text)) {
      this.text(column, text)
      return
    }
    this.double(column, Number(text), style)
  }

  double(column: number, value: number, style: number): void {
    if (!Number.isFinite(value)) {
      this.#into.notes.nonFinite++
      return
    }
    const cellStyle = this.#styles[style] ?? 0
    if (cellStyle !== 0 && this.#styled(column, value, cellStyle)) return
    const exact = exactNumber(value)
    this.#into.cells.set(column, exact.kind, exact.value)
  }

  isoDate(column: number, text: string): void {
    const [whole, year, month, day, hour, minute, second] = isoTime.exec(text) ?? []
    const epochDay =
      whole === undefined ? undefined : epochDayOf(Number(year), Number(month), Number(day))
    if (epochDay === undefined) {
      this.#isoClock(column, text)
      return
    }
    const clock = secondOfDay(hour, minute, second)
    if (clock === 0) this.#into.cells.set(column, cellKind.day, epochDay)
    else this.#into.cells.set(column, cellKind.second, epochDay * 86_400 + clock)
  }

  #isoClock(column: number, text: string): void {
    const [whole, hour, minute, second] = isoClock.exec(text) ?? []
    if (whole === undefined) this.text(column, text)
    else this.#into.cells.set(column, cellKind.clock, secondOfDay(hour, minute, second))
  }
}

function secondOfDay(hour = '0', minute = '0', second = '0'): number {
  return Number(hour) * 3600 + Number(minute) * 60 + Number(second)
}
