import { utf8, type ByteBuilder } from './byte-builder.ts'
import { hasSerial, writeDaySerial, writeNumber, writeTimeSerial } from './number-bytes.ts'
import { NOT_SHARED, type SharedStrings } from './shared-strings.ts'
import { columnLetters } from './sheet-name.ts'
import type { StyleTable } from './styles.ts'
import type { CellValue, ColumnKind, SheetColumn } from './table.ts'
import { fitCell, needsPreserve, writeText } from './xml-text.ts'

const DAY_MS = 86_400_000
const DECIMAL_TEXT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Excel shows and edits no more digits of a number; exact values with more stay text. */
const EXCEL_DIGITS = 15
const WIDE = 10 ** EXCEL_DIGITS
const CELL_ROOM = 96

const DEFAULT_FORMAT: Record<ColumnKind, string> = {
  number: 'General',
  decimal: 'General',
  text: 'General',
  date: 'yyyy-mm-dd',
  timestamp: 'yyyy-mm-dd hh:mm:ss',
  boolean: 'General',
}

const VALUE_END = utf8('</v></c>')
const INLINE_END = utf8('</t></is></c>')

/** The bytes around a column's cells, prepared once: between them stand row number and value. */
interface ColumnTags {
  readonly kind: ColumnKind
  readonly open: Uint8Array
  readonly number: Uint8Array
  readonly boolean: Uint8Array
  readonly shared: Uint8Array
  readonly inline: Uint8Array
  readonly keptInline: Uint8Array
}

/** Writes the cells of one column layout. A row's number is set before its cells. */
export class CellWriter {
  readonly #out: ByteBuilder
  readonly #strings: SharedStrings
  readonly #columns: readonly ColumnTags[]
  #row: Uint8Array = new Uint8Array(0)
  cutTexts = 0

  constructor(
    out: ByteBuilder,
    strings: SharedStrings,
    columns: readonly SheetColumn[],
    styleOf: (column: SheetColumn, index: number) => number,
  ) {
    this.#out = out
    this.#strings = strings
    this.#columns = columns.map((column, i) => columnTags(column.kind, i, styleOf(column, i)))
  }

  /** Digits of the row number, shared by the row's cells. */
  startRow(digits: Uint8Array): void {
    this.#row = digits
  }

  cell(column: number, value: CellValue): void {
    if (value === null) return
    const tags = this.#columns[column]
    if (tags === undefined) return
    if (typeof value === 'number') this.#number(tags, value)
    else if (typeof value === 'string') {
      if (tags.kind === 'decimal') this.#exact(tags, value)
      else this.#text(tags, value)
    } else if (typeof value === 'boolean') this.#boolean(tags, value)
    else this.#exact(tags, String(value))
  }

  /** A number, without the test for its type. */
  number(column: number, value: number): void {
    const tags = this.#columns[column]
    if (tags !== undefined) this.#number(tags, value)
  }

  /** A text whose place in the shared table is known. */
  shared(column: number, index: number): void {
    const tags = this.#columns[column]
    if (tags !== undefined) this.#sharedCell(tags, index)
  }

  #open(tags: ColumnTags, tail: Uint8Array): void {
    const out = this.#out
    out.reserve(CELL_ROOM)
    out.copy(tags.open)
    out.copy(this.#row)
    out.copy(tail)
  }

  #number(tags: ColumnTags, value: number): void {
    if (!Number.isFinite(value)) return
    if (tags.kind === 'date' || tags.kind === 'timestamp') {
      this.#moment(tags, value)
      return
    }
    if (tags.kind === 'decimal' && Math.abs(value) >= WIDE) {
      this.#exact(tags, String(value))
      return
    }
    this.#open(tags, tags.number)
    writeNumber(this.#out, value)
    this.#end(VALUE_END)
  }

  /** Days Excel's calendar gets wrong or does not have are written as ISO text. */
  #moment(tags: ColumnTags, value: number): void {
    const day = tags.kind === 'date' ? Math.floor(value) : value / DAY_MS
    if (!hasSerial(day)) {
      this.#text(tags, isoText(tags.kind, value))
      return
    }
    this.#open(tags, tags.number)
    if (tags.kind === 'date') writeDaySerial(this.#out, day)
    else writeTimeSerial(this.#out, value)
    this.#end(VALUE_END)
  }

  #exact(tags: ColumnTags, digits: string): void {
    if (!fitsExcel(digits)) {
      this.#text(tags, digits)
      return
    }
    this.#open(tags, tags.number)
    this.#out.ascii(digits)
    this.#end(VALUE_END)
  }

  #boolean(tags: ColumnTags, value: boolean): void {
    this.#open(tags, tags.boolean)
    this.#out.ascii(value ? '1' : '0')
    this.#end(VALUE_END)
  }

  #text(tags: ColumnTags, value: string): void {
    const text = fitCell(value)
    if (text !== value) this.cutTexts++
    const index = this.#strings.indexOf(text)
    if (index !== NOT_SHARED) {
      this.#sharedCell(tags, index)
      return
    }
    this.#open(tags, needsPreserve(text) ? tags.keptInline : tags.inline)
    writeText(this.#out, text)
    this.#end(INLINE_END)
  }

  #sharedCell(tags: ColumnTags, index: number): void {
    this.#strings.countUse()
    this.#open(tags, tags.shared)
    this.#out.digits(index)
    this.#end(VALUE_END)
  }

  #end(tail: Uint8Array): void {
    this.#out.reserve(tail.length)
    this.#out.copy(tail)
  }
}

/** Decimal text of which Excel shows every digit; zeros at either end are not among them. */
function fitsExcel(value: string): boolean {
  if (!DECIMAL_TEXT.test(value)) return false
  if (value.length <= EXCEL_DIGITS) return true
  return value.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length <= EXCEL_DIGITS
}

function isoText(kind: ColumnKind, value: number): string {
  const at = new Date(kind === 'date' ? Math.floor(value) * DAY_MS : value)
  if (Number.isNaN(at.getTime())) return String(value)
  const text = at.toISOString()
  return kind === 'date'
    ? text.slice(0, text.indexOf('T'))
    : text.replace('T', ' ').replace('Z', '')
}

function columnTags(kind: ColumnKind, index: number, style: number): ColumnTags {
  const styled = style === 0 ? '' : ` s="${style}"`
  return {
    kind,
    open: utf8(`<c r="${columnLetters(index)}`),
    number: utf8(`"${styled}><v>`),
    boolean: utf8(`"${styled} t="b"><v>`),
    shared: utf8(`"${styled} t="s"><v>`),
    inline: utf8(`"${styled} t="inlineStr"><is><t>`),
    keptInline: utf8(`"${styled} t="inlineStr"><is><t xml:space="preserve">`),
  }
}

/** Styles of a column's header and of its cells. */
export function headerStyle(styles: StyleTable): number {
  return styles.indexOf({ format: 'General', bold: true })
}

export function columnStyle(styles: StyleTable, column: SheetColumn): number {
  return styles.indexOf({ format: column.format ?? DEFAULT_FORMAT[column.kind], bold: false })
}
