/** Puts the fields of delimited text into cells and decides which records are rows. */
import { isUtf8 } from 'node:buffer'
import { cellKind } from '../cell-kinds.ts'
import type { RawLine, ReadInto, RejectReason } from '../reader.ts'
import { unreadable } from '../source-limits.ts'
import { labelKindOf } from '../typing/total-labels.ts'
import { mayBeBlank } from '../blank-bytes.ts'
import { recognise, recognised } from './cell-bytes.ts'
import { LastTexts } from './last-texts.ts'
import type { LineShape } from './dialect.ts'
import { fewestFields } from './dialect.ts'
import { readLine } from './one-line.ts'
import type { RecordListener } from './record-scanner.ts'
import type { ShortHead } from './short-head.ts'
import { isEmptyLine } from './sample-records.ts'

export class CsvRows implements RecordListener {
  readonly #into: ReadInto
  readonly #shape: LineShape
  readonly #width: number
  readonly #fewest: number
  #row: number
  #started = false
  #filledBeyond = false
  readonly #last: LastTexts
  /** The block holds bytes that are not UTF-8, so that each record is looked at. */
  #damaged = false

  /** Lines of one field that may be what stands below the table, and whether a blank line stands above them. */
  #below: Below[] = []
  #blankAbove = false
  readonly #head: ShortHead | undefined

  constructor(
    into: ReadInto,
    shape: LineShape,
    { firstRow = 1, head }: { firstRow?: number; head?: ShortHead | undefined } = {},
  ) {
    this.#into = into
    this.#shape = shape
    this.#width = shape.width
    this.#fewest = fewestFields(shape)
    this.#row = firstRow
    this.#head = head
    this.#last = new LastTexts(shape.width)
  }

  /** The records that follow stand in this block. */
  begin(block: Uint8Array): void {
    this.#damaged = !isUtf8(block) || block.includes(0)
    this.#last.begin(block)
  }

  field(column: number, bytes: Uint8Array, from: number, to: number): void {
    const known = this.#last.placeOf(column, bytes, from, to)
    if (known >= 0) {
      this.#into.cells.set(column, cellKind.text, known)
      return
    }
    if (isEmptyLine(bytes, from, to)) return
    if (column >= this.#width) {
      this.#filledBeyond = true
      return
    }
    const { cells } = this.#into
    if (recognise(bytes, from, to)) {
      cells.set(column, recognised.kind, recognised.value)
    } else if (!isTextFormula(bytes, from, to)) this.#text(column, bytes, from, to)
    else if (!isEmptyLine(bytes, from + 2, to - 1)) this.#text(column, bytes, from + 2, to - 1)
  }

  #text(column: number, bytes: Uint8Array, from: number, to: number): void {
    const { cells, pool } = this.#into
    const place = pool.intern(bytes, from, to)
    // A text that begins with a wide space may still be blank.
    if (!mayBeBlank(bytes[from] as number) || pool.textAt(place).trim() !== '') {
      cells.set(column, cellKind.text, place)
      this.#last.keep(column, bytes, from, to, place)
    }
  }

  record(fields: number, bytes: Uint8Array, from: number, to: number): void {
    const filledBeyond = this.#filledBeyond
    this.#filledBeyond = false
    const row = this.#row++
    const fault = this.#damaged ? faultOf(bytes.subarray(from, to)) : undefined
    const raw = (): RawLine => rawLine(bytes, from, to)
    // Without its names a file is not read: the next row of data would be taken for them.
    const isNames = !this.#started && fields >= this.#width && !filledBeyond
    if (fault === 'badEncoding' && isNames)
      throw unreadable('wrongEncoding', 'not in this encoding')
    if (fault !== undefined) this.#reject(row, fault, raw())
    else if (fields >= this.#width && !filledBeyond) {
      this.#started = true
      this.#endRow(row)
    } else if (this.#started && fields >= this.#fewest && !filledBeyond) {
      this.#into.notes.keepShort(row)
      this.#endRow(row)
    } else if (row === this.#head?.row) this.#names(row, bytes.subarray(from, to), this.#head.shift)
    else if (isEmptyLine(bytes, from, to) || !this.#started) {
      // Blank lines are no rows, and lines above the first full record are a title.
      this.#into.cells.dropRow()
      if (this.#below.length === 0) this.#blankAbove = true
    } else if (fields === 1 && this.#below.length < mostBelow) this.#waitBelow(row, raw())
    else this.#reject(row, 'fieldCount', raw())
  }

  #endRow(row: number): void {
    if (this.#below.length > 0) this.#rejectBelow()
    this.#blankAbove = false
    this.#into.cells.endRow(row)
  }

  /** All was read: lines of one field below the last row are no rows where a blank line or their words say so. */
  finish(): void {
    const [first] = this.#below
    if (first === undefined) return
    if (!this.#blankAbove && !saysItIsNone(textOf(first.raw))) {
      this.#rejectBelow()
      return
    }
    for (const { row, raw } of this.#below)
      this.#into.notes.leaveOut(row, 'footer', textOf(raw).slice(0, longestLabel))
    this.#below = []
  }

  /** What somebody made of a line holds on. */
  #waitBelow(row: number, raw: RawLine): void {
    if (this.#into.mends?.has(raw.text) === true) {
      this.#reject(row, 'fieldCount', raw)
      return
    }
    this.#into.cells.dropRow()
    this.#below.push({ row, raw })
  }

  /** They stood among the rows. */
  #rejectBelow(): void {
    for (const { row, raw } of this.#below) this.#into.notes.reject(row, 'fieldCount', raw)
    this.#below = []
  }

  /** Names that are one too few stand over the columns they are of. */
  #names(row: number, line: Uint8Array, shift: number): void {
    this.#into.cells.dropRow()
    this.#started = true
    const text = Buffer.from(line).toString('utf8')
    const fields = readLine(text, { ...this.#shape, width: this.#width - 1 }) ?? []
    fields.forEach((field, column) => this.field(column + shift, field, 0, field.length))
    this.#into.cells.endRow(row)
  }

  bad(reason: RejectReason, bytes: Uint8Array, from: number, to: number): void {
    this.#filledBeyond = false
    this.#reject(this.#row++, reason, rawLine(bytes, from, to))
  }

  /** A line that was written by a person, in place of row `row`; false, with nothing taken, when it does not parse. */
  take(row: number, text: string): boolean {
    const fields = readLine(text, this.#shape)
    if (fields === undefined) return false
    fields.forEach((field, column) => this.field(column, field, 0, field.length))
    this.#filledBeyond = false
    this.#into.cells.endRow(row)
    return true
  }

  #reject(row: number, reason: RejectReason, raw: RawLine): void {
    const { cells, notes, mends } = this.#into
    cells.dropRow()
    this.#rejectBelow()
    this.#blankAbove = false
    const mended = raw.cut ? undefined : mends?.get(raw.text)
    if (mended === null) notes.droppedCount++
    else if (mended !== undefined && this.take(row, mended)) notes.mendedCount++
    else notes.reject(row, reason, raw)
  }
}

interface Below {
  readonly row: number
  readonly raw: RawLine
}

/** More lines than these are no note below a table. */
const mostBelow = 50
const longestLabel = 200

const textOf = ({ text }: RawLine): string => text.trim().replace(/^"(.*)"$/s, '$1')

/** `制表人：王芳`, `合计`: what a line says that is no row cut short. */
const saysItIsNone = (text: string): boolean =>
  /^\p{L}[^:：]*[:：]/u.test(text) || labelKindOf(text) === 'total'

/** `="00123"`: how programs tell Excel to leave digits as they are. */
function isTextFormula(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from >= 3 && bytes[from] === 0x3d && bytes[from + 1] === 0x22 && bytes.indexOf(0x22, from + 2) === to - 1 // prettier-ignore
}

function faultOf(bytes: Uint8Array): RejectReason | undefined {
  if (!isUtf8(bytes)) return 'badEncoding'
  return bytes.includes(0) ? 'zeroByte' : undefined
}

const keptChars = 8000

/** The line as it stood, for people to mend; bytes that are no text are shown as `\\xFF`. */
export function rawLine(bytes: Uint8Array, from: number, to: number): RawLine {
  const line = Buffer.from(bytes.subarray(from, Math.min(to, from + keptChars * 4)))
  const text = isUtf8(line) ? line.toString('utf8') : mixedText(line)
  const whole = text.replaceAll('\0', '\\x00').replace(/\r?\n$/, '')
  const cut = whole.length > keptChars || to - from > line.length
  return { text: whole.slice(0, keptChars), cut }
}

function mixedText(line: Buffer): string {
  let text = ''
  for (let at = 0; at < line.length;) {
    const bytes = [1, 2, 3, 4].find((length) => isUtf8(line.subarray(at, at + length))) ?? 0
    const hex = (line[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')
    text += bytes === 0 ? `\\x${hex}` : line.toString('utf8', at, at + bytes)
    at += Math.max(1, bytes)
  }
  return text
}
