import { ByteBuilder, utf8 } from './byte-builder.ts'
import { CellWriter, columnStyle, headerStyle } from './cell-writer.ts'
import { NOT_SHARED, type SharedStrings } from './shared-strings.ts'
import { columnLetters } from './sheet-name.ts'
import type { StyleTable } from './styles.ts'
import type { CellValue, ColumnValues, SheetSpec } from './table.ts'
import { fitCell } from './xml-text.ts'
import type { ZipPart } from './zip-writer.ts'

const BLOCK = 256 * 1024
const FLUSH_AT = BLOCK - 16 * 1024
const ROW_OPEN = utf8('<row r="')
const TAG_END = utf8('">')
const ROW_END = utf8('</row>')

/** What a sheet needs of the workbook it stands in. */
export interface SheetHost {
  readonly strings: SharedStrings
  readonly styles: StyleTable
  /** Rows a sheet part may hold, the header included. */
  readonly maxRows: number
  /** Uncompressed bytes after which a sheet part is closed and the next one begun. */
  readonly maxPartBytes: number
  readonly signal: AbortSignal | undefined
  /** Opens the next part of a sheet under a free name. */
  openSheetPart(name: string): Promise<OpenSheet>
}

/** What stands around the rows when another writer made the sheet: everything before and behind them, as written. */
export interface SheetFrame {
  readonly head: Uint8Array
  readonly headRows: number
  /** Told the last row's number. */
  readonly tail: (lastRow: number) => Uint8Array
  /** Style of the cells by column. */
  readonly styles: readonly number[]
}

export interface OpenSheet {
  readonly part: ZipPart
  /** Told when the part is whole, with its data rows. */
  closed(rows: number): void
}

/** Writes one table; rows that do not fit continue on further sheets under the same header. */
export class SheetWriter {
  readonly #host: SheetHost
  readonly #spec: SheetSpec
  readonly #frame: SheetFrame | undefined
  readonly #out = new ByteBuilder(BLOCK)
  readonly #cells: CellWriter
  readonly #header: CellWriter
  readonly #sharedCodes = new Map<readonly string[], Int32Array>()
  #open: OpenSheet
  #row = 0
  #flushed = 0

  private constructor(host: SheetHost, spec: SheetSpec, open: OpenSheet, frame?: SheetFrame) {
    this.#host = host
    this.#spec = spec
    this.#open = open
    this.#frame = frame
    const { strings, styles } = host
    this.#header = new CellWriter(this.#out, strings, spec.columns, () => headerStyle(styles))
    this.#cells = new CellWriter(
      this.#out,
      strings,
      spec.columns,
      (column, index) => frame?.styles[index] ?? columnStyle(styles, column),
    )
    this.#startPart()
  }

  static async open(host: SheetHost, spec: SheetSpec, frame?: SheetFrame): Promise<SheetWriter> {
    return new SheetWriter(host, spec, await host.openSheetPart(spec.name), frame)
  }

  get cutTexts(): number {
    return this.#cells.cutTexts + this.#header.cutTexts
  }

  /** Appends rows; a row shorter than the columns leaves blanks, surplus values are dropped. */
  async writeRows(rows: Iterable<readonly CellValue[]>): Promise<void> {
    for (const row of rows) {
      if (this.#isFull()) await this.#nextPart()
      this.#openRow()
      let column = 0
      for (const value of row) this.#cells.cell(column++, value)
      this.#closeRow()
      if (this.#out.length > FLUSH_AT) await this.#flush()
    }
  }

  /** Appends `count` rows given column by column, in the order of the sheet's columns. */
  async writeColumns(columns: readonly ColumnValues[], count: number): Promise<void> {
    const writers = columns.map((values, i) => this.#columnWriter(i, values))
    for (let row = 0; row < count; row++) {
      if (this.#isFull()) await this.#nextPart()
      this.#openRow()
      for (const write of writers) write(row)
      this.#closeRow()
      if (this.#out.length > FLUSH_AT) await this.#flush()
    }
  }

  /** Ends the sheet. The workbook calls this. */
  async close(): Promise<void> {
    const headRows = this.#frame?.headRows ?? 1
    if (this.#frame) this.#out.add(this.#frame.tail(this.#row))
    else this.#closePlain()
    await this.#flush()
    await this.#open.part.close()
    this.#open.closed(this.#row - headRows)
  }

  #closePlain(): void {
    this.#out.ascii('</sheetData>')
    if (this.#spec.autoFilter === true && this.#spec.columns.length > 0) {
      const last = columnLetters(this.#spec.columns.length - 1)
      this.#out.ascii(`<autoFilter ref="A1:${last}${this.#row}"/>`)
    }
    this.#out.ascii('</worksheet>')
  }

  async discard(): Promise<void> {
    await this.#open.part.discard()
  }

  #columnWriter(column: number, values: ColumnValues): (row: number) => void {
    const cells = this.#cells
    if (values.kind === 'cells') {
      return (row) => cells.cell(column, values.cells[row] ?? null)
    }
    if (values.kind === 'numbers') {
      const { numbers, blanks } = values
      return (row) => {
        if (blanks?.[row] !== 1) cells.number(column, numbers[row] ?? Number.NaN)
      }
    }
    const { codes, dictionary } = values
    const shared = this.#sharedIndexes(dictionary)
    return (row) => {
      const code = codes[row] ?? -1
      const text = dictionary[code]
      if (text === undefined) return
      const index = shared[code] ?? UNKNOWN
      if (index >= 0) cells.shared(column, index)
      else this.#firstUse(column, text, code, shared)
    }
  }

  #firstUse(column: number, text: string, code: number, shared: Int32Array): void {
    this.#cells.cell(column, text)
    // A text that had to be cut is not in the table under its own name: leave it unknown.
    const index = fitCell(text) === text ? this.#host.strings.indexOf(text) : NOT_SHARED
    if (index !== NOT_SHARED) shared[code] = index
  }

  /** Shared-string index by code, kept per dictionary so that batches share it. */
  #sharedIndexes(dictionary: readonly string[]): Int32Array {
    const known = this.#sharedCodes.get(dictionary)
    if (known !== undefined) return known
    const fresh = new Int32Array(dictionary.length).fill(UNKNOWN)
    this.#sharedCodes.set(dictionary, fresh)
    return fresh
  }

  #isFull(): boolean {
    return (
      this.#row >= this.#host.maxRows || this.#flushed + this.#out.length > this.#host.maxPartBytes
    )
  }

  async #nextPart(): Promise<void> {
    await this.close()
    this.#open = await this.#host.openSheetPart(this.#spec.name)
    this.#startPart()
  }

  #startPart(): void {
    this.#row = 0
    this.#flushed = 0
    if (this.#frame) {
      this.#out.add(this.#frame.head)
      this.#row = this.#frame.headRows
      return
    }
    this.#out.ascii(sheetHead(this.#spec))
    this.#openRow(this.#header)
    this.#spec.columns.forEach((column, i) => this.#header.cell(i, column.title))
    this.#closeRow()
  }

  #openRow(cells: CellWriter = this.#cells): void {
    const out = this.#out
    out.reserve(32)
    out.copy(ROW_OPEN)
    const start = out.length
    out.digits(++this.#row)
    cells.startRow(out.bytes.slice(start, out.length))
    out.copy(TAG_END)
  }

  #closeRow(): void {
    this.#out.reserve(ROW_END.length)
    this.#out.copy(ROW_END)
  }

  async #flush(): Promise<void> {
    this.#host.signal?.throwIfAborted()
    const block = this.#out.take()
    this.#flushed += block.length
    await this.#open.part.write(block)
  }
}

const UNKNOWN = -2

function sheetHead(spec: SheetSpec): string {
  const widths = spec.columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width ?? 12}" customWidth="1"/>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetViews><sheetView workbookViewId="0">',
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '</sheetView></sheetViews>',
    widths.length > 0 ? `<cols>${widths.join('')}</cols>` : '',
    '<sheetData>',
  ].join('')
}
