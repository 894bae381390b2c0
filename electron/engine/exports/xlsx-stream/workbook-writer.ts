import type { Writable } from 'node:stream'
import { fileSink, streamSink, type ByteSink } from './byte-sink.ts'
import { contentTypesXml, packageRelsXml, workbookRelsXml, workbookXml } from './package-parts.ts'
import { SharedStrings, type SharedStringCap } from './shared-strings.ts'
import { freeSheetName } from './sheet-name.ts'
import { SheetWriter, type OpenSheet } from './sheet-writer.ts'
import { StyleTable } from './styles.ts'
import { MAX_COLUMNS, MAX_ROWS, type SheetSpec } from './table.ts'
import type { SheetSummary, WorkbookSummary } from './table.ts'
import { ZipWriter } from './zip-writer.ts'

export interface WorkbookOptions {
  /** Deflate level, 1 unless told: three times faster than 6 for files a quarter larger. */
  readonly level?: number
  readonly signal?: AbortSignal
  readonly sharedStringCap?: SharedStringCap
  /** Rows per sheet, the header included. */
  readonly rowsPerSheet?: number
  /** Uncompressed bytes per sheet; keeps parts below the 4 GiB a zip part can plainly have. */
  readonly bytesPerSheet?: number
}

export const DEFAULT_CAP: SharedStringCap = { count: 400_000, units: 16_000_000 }
/** Keeps parts below the 4 GiB a zip part can plainly have. */
export const MAX_PART_BYTES = 0xe000_0000

/**
 * Writes an .xlsx of large tables front to back in bounded memory. The same calls give the same
 * bytes. Sheets are written one after the other; adding one ends the one before.
 * Rejects with the signal's reason when cancelled and with the system's error when writing fails;
 * after either, call `abandon`.
 */
export class WorkbookWriter {
  readonly #sink: ByteSink
  readonly #zip: ZipWriter
  readonly #options: WorkbookOptions
  readonly #strings: SharedStrings
  readonly #styles = new StyleTable()
  readonly #names = new Set<string>()
  readonly #sheets: SheetSummary[] = []
  #current: SheetWriter | null = null
  #cutTexts = 0

  private constructor(sink: ByteSink, options: WorkbookOptions) {
    this.#sink = sink
    this.#options = options
    this.#zip = new ZipWriter(sink, { level: options.level ?? 1 })
    this.#strings = new SharedStrings(options.sharedStringCap ?? DEFAULT_CAP)
  }

  /** Creates or empties the file, or writes onto the stream, which is ended by `finish`. */
  static async create(
    target: string | Writable,
    options: WorkbookOptions = {},
  ): Promise<WorkbookWriter> {
    options.signal?.throwIfAborted()
    const sink = typeof target === 'string' ? await fileSink(target) : streamSink(target)
    return new WorkbookWriter(sink, options)
  }

  /** Starts a sheet with a bold, frozen header row. Throws RangeError beyond 16,384 columns. */
  async addSheet(spec: SheetSpec): Promise<SheetWriter> {
    if (spec.columns.length > MAX_COLUMNS)
      throw new RangeError(`${spec.columns.length} columns do not fit on a sheet`)
    await this.#closeCurrent()
    this.#current = await SheetWriter.open(
      {
        strings: this.#strings,
        styles: this.#styles,
        maxRows: Math.max(2, Math.min(this.#options.rowsPerSheet ?? MAX_ROWS, MAX_ROWS)),
        maxPartBytes: Math.min(this.#options.bytesPerSheet ?? MAX_PART_BYTES, MAX_PART_BYTES),
        signal: this.#options.signal,
        openSheetPart: (name) => this.#openSheetPart(name),
      },
      spec,
    )
    return this.#current
  }

  /** Writes what is left and closes the target. A workbook needs at least one sheet. */
  async finish(): Promise<WorkbookSummary> {
    await this.#closeCurrent()
    const names = this.#sheets.map((sheet) => sheet.name)
    const strings = await this.#zip.openPart('xl/sharedStrings.xml')
    await this.#strings.writeTo(strings, this.#options.signal)
    await this.#zip.addPart('xl/styles.xml', this.#styles.toXml())
    await this.#zip.addPart('xl/workbook.xml', workbookXml(names))
    await this.#zip.addPart('xl/_rels/workbook.xml.rels', workbookRelsXml(names.length))
    await this.#zip.addPart('_rels/.rels', packageRelsXml())
    await this.#zip.addPart('[Content_Types].xml', contentTypesXml(names.length))
    const bytes = await this.#zip.finish()
    this.#options.signal?.throwIfAborted()
    await this.#sink.close()
    return { bytes, sheets: this.#sheets, cutTexts: this.#cutTexts }
  }

  /** Gives up after a failure or a cancel: a file is removed, a stream destroyed. */
  async abandon(): Promise<void> {
    await this.#current?.discard()
    this.#current = null
    await this.#sink.discard()
  }

  async #closeCurrent(): Promise<void> {
    if (this.#current === null) return
    await this.#current.close()
    this.#cutTexts += this.#current.cutTexts
    this.#current = null
  }

  async #openSheetPart(wanted: string): Promise<OpenSheet> {
    this.#options.signal?.throwIfAborted()
    const name = freeSheetName(wanted, this.#names)
    this.#names.add(name.toLowerCase())
    const part = await this.#zip.openPart(`xl/worksheets/sheet${this.#names.size}.xml`)
    return { part, closed: (rows) => void this.#sheets.push({ name, rows }) }
  }
}
