import { open } from 'node:fs/promises'
import type { ZipFile } from '../../sources/zip/zip-entry.ts'
import { readEntry, readSmallEntry } from '../../sources/zip/zip-entry.ts'
import type { ZipEntry } from '../../sources/zip/zip-directory.ts'
import { readZipDirectory } from '../../sources/zip/zip-directory.ts'
import { sourceLimits } from '../../sources/source-limits.ts'
import { fileSink } from '../xlsx-stream/byte-sink.ts'
import { SharedStrings } from '../xlsx-stream/shared-strings.ts'
import { freeSheetName } from '../xlsx-stream/sheet-name.ts'
import { SheetWriter } from '../xlsx-stream/sheet-writer.ts'
import { StyleTable } from '../xlsx-stream/styles.ts'
import { MAX_ROWS } from '../xlsx-stream/table.ts'
import { DEFAULT_CAP, MAX_PART_BYTES } from '../xlsx-stream/workbook-writer.ts'
import { ZipWriter } from '../xlsx-stream/zip-writer.ts'
import type { ListedRows } from './listed-rows.ts'
import { listedColumns, writeListed } from './listed-rows.ts'
import type { FurtherSheet } from './further-sheets.ts'
import { withFurtherSheets } from './further-sheets.ts'
import { begunStrings, frameOf } from './styled-parts.ts'

/** A detail table and its sheet, counted from 0, in the styled workbook. */
export interface TableFill extends ListedRows {
  readonly sheet: number
}

export interface FillOptions {
  readonly names: readonly string[]
  readonly signal: AbortSignal
  readonly onRows: (done: number, of: number) => void
  /** Rows per sheet, head included; fewer only in tests. */
  readonly rowsPerSheet?: number
}

export interface Filled {
  readonly bytes: number
  /** Sheets added because a table went beyond the end of its own. */
  readonly furtherSheets: number
  readonly cutTexts: number
}

const level = 3
/** Parts read whole: lists of sheets, and texts of styled sheets, which one process held a moment ago. */
const maxSmallPart = 1024 * 1024 * 1024
const rewritten = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', '[content_types].xml']
const stringsPart = 'xl/sharedstrings.xml'

/**
 * Puts the rows of detail tables into a styled workbook: its parts are copied, and where a table's sheet stands its rows are
 * written behind its head, in bounded memory. Beyond a sheet's last row a table goes on in a further sheet under the same head.
 */
export async function fillTables(
  styled: string,
  path: string,
  fills: readonly TableFill[],
  options: FillOptions,
): Promise<Filled> {
  const file = await open(styled, 'r')
  try {
    const zip: ZipFile = {
      path: styled,
      file,
      directory: await readZipDirectory(file, sourceLimits),
    }
    const sink = await fileSink(path)
    try {
      const filled = await new Filling(zip, new ZipWriter(sink, { level }), options).run(fills)
      await sink.close()
      return filled
    } catch (error) {
      await sink.discard()
      throw error
    }
  } finally {
    await file.close()
  }
}

class Filling {
  readonly #from: ZipFile
  readonly #to: ZipWriter
  readonly #options: FillOptions
  readonly #taken: Set<string>
  readonly #further: FurtherSheet[] = []
  #cutTexts = 0

  constructor(from: ZipFile, to: ZipWriter, options: FillOptions) {
    this.#from = from
    this.#to = to
    this.#options = options
    this.#taken = new Set(options.names.map((name) => name.toLowerCase()))
  }

  async run(fills: readonly TableFill[]): Promise<Filled> {
    const sheets = new Map(fills.map((fill) => [partOf(fill.sheet).toLowerCase(), fill]))
    const later = new Set([...rewritten, stringsPart, ...sheets.keys()])
    for (const [key, entry] of this.#from.directory.entries) {
      if (!later.has(key)) await this.#copy(entry)
    }
    const strings = new SharedStrings(DEFAULT_CAP, begunStrings(await this.#small(stringsPart)))
    const of = fills.reduce((sum, { list }) => sum + list.count, 0)
    let before = 0
    for (const fill of fills) {
      await this.#fill(fill, strings, (done) => this.#options.onRows(before + done, of))
      before += fill.list.count
    }
    await strings.writeTo(
      await this.#to.openPart(this.#entry(stringsPart).name),
      this.#options.signal,
    )
    const lists = await Promise.all(rewritten.map((name) => this.#small(name)))
    const texts = withFurtherSheets(lists, this.#options.names.length, this.#further)
    for (const [index, text] of texts.entries()) {
      await this.#to.addPart(this.#entry(rewritten[index] ?? '').name, text)
    }
    const bytes = await this.#to.finish()
    return { bytes, furtherSheets: this.#further.length, cutTexts: this.#cutTexts }
  }

  async #fill(
    fill: TableFill,
    strings: SharedStrings,
    onRows: (done: number) => void,
  ): Promise<void> {
    const { signal, rowsPerSheet = MAX_ROWS, names } = this.#options
    const columns = listedColumns(fill)
    const frame = frameOf((await this.#small(partOf(fill.sheet))).toString('utf8'), columns.length)
    const spec = { name: names[fill.sheet] ?? '', columns }
    let own = true
    const host = {
      strings,
      styles: new StyleTable(),
      maxRows: rowsPerSheet,
      maxPartBytes: MAX_PART_BYTES,
      signal,
      openSheetPart: async (wanted: string) => {
        const name = own ? partOf(fill.sheet) : this.#addSheet(wanted, fill.sheet)
        own = false
        return { part: await this.#to.openPart(name), closed: () => undefined }
      },
    }
    const writer = await SheetWriter.open(host, spec, frame)
    try {
      await writeListed(writer, fill, onRows)
      await writer.close()
    } catch (error) {
      await writer.discard()
      throw error
    }
    this.#cutTexts += writer.cutTexts
  }

  #addSheet(wanted: string, after: number): string {
    const name = freeSheetName(wanted, this.#taken)
    this.#taken.add(name.toLowerCase())
    const part = partOf(this.#options.names.length + this.#further.length)
    this.#further.push({ after, name, part })
    return part
  }

  #entry(key: string): ZipEntry {
    const entry = this.#from.directory.entries.get(key.toLowerCase())
    if (!entry) throw new Error(`the styled workbook lacks ${key}`)
    return entry
  }

  #small(name: string): Promise<Buffer> {
    return readSmallEntry(this.#from, this.#entry(name), maxSmallPart)
  }

  async #copy(entry: ZipEntry): Promise<void> {
    const part = await this.#to.openPart(entry.name)
    try {
      for await (const piece of readEntry(this.#from, entry)) await part.write(piece)
      await part.close()
    } catch (error) {
      await part.discard()
      throw error
    }
  }
}

const partOf = (sheet: number): string => `xl/worksheets/sheet${sheet + 1}.xml`
