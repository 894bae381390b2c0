/** Workbooks that are not .xlsx (.xls, .xlsb, .ods, XML of 2003), read whole by a library, which is loaded only then. */
import { open, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type * as Sheets from '@e965/xlsx'
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx'
import { cellKind } from '../cell-kinds.ts'
import type { ReadInto, SourceReader } from '../reader.ts'
import type { SourceLimits } from '../source-limits.ts'
import { overLimit, refusal, unreadable } from '../source-limits.ts'
import { CellWriter } from '../xlsx/cell-writer.ts'
import type { CellStyle } from '../xlsx/number-formats.ts'
import { cellStyleOfCode, styleCount } from '../xlsx/number-formats.ts'
import { decodeText } from '../xlsx/xml-text.ts'
import { readZipDirectory } from '../zip/zip-directory.ts'
import { readSmallEntry } from '../zip/zip-entry.ts'

export interface BookSheet {
  readonly name: string
  /** What the library calls it. */
  readonly key: string
  readonly hidden: boolean
}

/** The writer is told the style itself. */
const styles: readonly CellStyle[] = Array.from({ length: styleCount }, (_, style) => style)
const progressEvery = 4096

/** The library's own entry for programs: it brings the code pages of old workbooks with it. */
const library = (): typeof Sheets =>
  // Typed by the package itself.
  createRequire(import.meta.url)('@e965/xlsx') as typeof Sheets

export class Book {
  readonly sheets: readonly BookSheet[]
  readonly #book: WorkBook

  private constructor(book: WorkBook, hidden: ReadonlySet<string>) {
    this.#book = book
    const states = book.Workbook?.Sheets ?? []
    this.sheets = book.SheetNames.flatMap((name, index) => {
      const sheet = book.Sheets[name]
      const isCells = sheet !== undefined && (sheet['!type'] ?? 'sheet') === 'sheet'
      const hides = hidden.has(name) || (states[index]?.Hidden ?? 0) !== 0
      // The library leaves the names of OpenDocument sheets escaped.
      const shown = book.bookType === 'ods' ? decodeText(name) : name
      return isCells ? [{ name: shown, key: name, hidden: hides }] : []
    })
  }

  /** Rejects with AppErrorException: protected, too large to be held whole, damaged. */
  static async open(path: string, limits: SourceLimits): Promise<Book> {
    const { size } = await stat(path)
    if (size > limits.wholeFileBytes) throw overLimit('wholeFileBytes', { bytes: size })
    const bytes = await readFile(path)
    const hidden = bytes.toString('latin1', 0, 2) === 'PK' ? await checkZip(path, limits) : []
    return new Book(parse(bytes), new Set(hidden))
  }

  visibleSheets(): readonly BookSheet[] {
    const visible = this.sheets.filter((sheet) => !sheet.hidden)
    return visible.length > 0 ? visible : this.sheets
  }

  reader(name: string): SourceReader | undefined {
    const key = this.sheets.find((one) => one.name === name)?.key
    const sheet = key === undefined ? undefined : this.#book.Sheets[key]
    if (sheet === undefined) return undefined
    const date1904 = this.#book.Workbook?.WBProps?.date1904 === true
    return {
      kind: 'book',
      read: (into) => Promise.resolve().then(() => readSheet(sheet, date1904, into)),
    }
  }
}

/**
 * What is unpacked is held in memory by the library, so the promise of the directory counts. Resolves with the sheets an
 * OpenDocument file hides, which the library does not tell.
 */
async function checkZip(path: string, limits: SourceLimits): Promise<string[]> {
  const file = await open(path, 'r')
  try {
    const directory = await readZipDirectory(file, limits)
    const { entries } = directory
    const bytes = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0)
    if (bytes > limits.wholeFileBytes * 8) throw overLimit('wholeFileBytes', { bytes })
    const content = entries.get('content.xml')
    if (content === undefined) return []
    const zip = { path, file, directory }
    const xml = await readSmallEntry(zip, content, limits.wholeFileBytes * 8)
    return hiddenTables(xml.toString('utf8'))
  } finally {
    await file.close()
  }
}

/** Tables whose style is not displayed. */
function hiddenTables(content: string): string[] {
  const named = (attributes: string, name: string): string | undefined =>
    new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]
  const styles = new Set<string>()
  for (const style of content.split('<style:style ').slice(1)) {
    const end = style.indexOf('>')
    const name = named(style.slice(0, end), 'style:name')
    const isOfTables = named(style.slice(0, end), 'style:family') === 'table'
    // Nothing stands inside of one that is closed at once.
    const inside =
      style.charAt(end - 1) === '/' ? '' : style.slice(end, style.indexOf('</style:style>', end))
    if (isOfTables && name !== undefined && /table:display="false"/.test(inside)) styles.add(name)
  }
  if (styles.size === 0) return []
  return [...content.matchAll(/<table:table ([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const style = named(attributes, 'table:style-name') ?? ''
    const name = named(attributes, 'table:name')
    return name !== undefined && styles.has(style) ? [name] : []
  })
}

function parse(bytes: Buffer): WorkBook {
  try {
    return quietly(() =>
      library().read(bytes, {
        ...{ type: 'buffer', dense: true, cellNF: true, cellDates: false },
        ...{ cellFormula: false, cellHTML: false, cellText: false },
      }),
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    if (reason.includes('password-protected')) throw refusal('dataset/encrypted')
    // Documents of other programs are compound files too; the library finds no workbook in them.
    const isOther = /cannot find|unsupported|unrecognized/i.test(reason)
    throw unreadable(isOther ? 'notAWorkbook' : 'damaged', `workbook: ${reason.slice(0, 120)}`)
  }
}

/** The library tells the console of number formats it does not know; the user's terminal is no place for that. */
function quietly<T>(work: () => T): T {
  const { error } = console
  console.error = () => undefined
  try {
    return work()
  } finally {
    console.error = error
  }
}

function readSheet(sheet: WorkSheet, date1904: boolean, into: ReadInto): void {
  const cells = new CellWriter(into, { places: new Int32Array(0) }, styles, date1904)
  // Dense sheets hold their rows here, with holes; the library's types say `any`.
  const rows = (sheet['!data'] ?? []) as (CellObject | undefined)[][]
  rows.forEach((row, at) => {
    row.forEach((cell, column) => {
      if (cell !== undefined) putCell(cells, into, column, cell)
    })
    into.cells.endRow(at + 1)
    if (at % progressEvery === 0) into.progress(at / rows.length)
  })
}

function putCell(cells: CellWriter, into: ReadInto, column: number, cell: CellObject): void {
  const { t, v, w, z } = cell
  if (v === undefined) return
  if (t === 'n' && typeof v === 'number') {
    cells.double(column, v, typeof z === 'string' ? cellStyleOfCode(z) : 0)
  } else if (t === 'b') into.cells.set(column, cellKind.boolean, v === true ? 1 : 0)
  else if (t === 'e') into.cells.set(column, cellKind.error, into.pool.add(w ?? '#N/A'))
  else if (v instanceof Date) cells.isoDate(column, v.toISOString())
  else cells.text(column, String(v))
}
