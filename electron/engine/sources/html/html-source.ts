/** Reads the tables of a page, in whatever encoding it says or shows. */
import { isUtf8 } from 'node:buffer'
import { readFile, stat } from 'node:fs/promises'
import { cellKind } from '../cell-kinds.ts'
import { recognise, recognised } from '../csv/cell-bytes.ts'
import type { ReadInto, SourceReader } from '../reader.ts'
import type { SourceLimits } from '../source-limits.ts'
import { overLimit, unreadable } from '../source-limits.ts'
import type { HtmlTable } from './html-tables.ts'
import { htmlTables } from './html-tables.ts'
import { isWebArchive, pagesOfArchive } from './web-archive.ts'

const headBytes = 4096

export class HtmlPage {
  readonly tables: readonly HtmlTable[]
  readonly #encoding: string

  private constructor(tables: readonly HtmlTable[], encoding: string) {
    this.tables = tables
    this.#encoding = encoding
  }

  static async open(path: string, limits: SourceLimits): Promise<HtmlPage> {
    const { size } = await stat(path)
    if (size > limits.wholeFileBytes) throw overLimit('wholeFileBytes', { bytes: size })
    const bytes = await readFile(path)
    const isArchive = isWebArchive(bytes.toString('latin1', 0, headBytes))
    const pages = (isArchive ? pagesOfArchive(bytes) : [bytes]).map(decodePage)
    const tables = pages.flatMap(({ text }) => htmlTables(text, limits))
    if (isArchive && tables.length === 0) throw unreadable('webArchive', 'no page in the archive')
    return new HtmlPage(tables, pages[0]?.encoding ?? 'utf-8')
  }

  /** `1`, `2`, …: tables of a page have no names. */
  names(): string[] {
    return this.tables.map((_, index) => String(index + 1))
  }

  reader(name: string): SourceReader | undefined {
    const table = this.tables[Number(name) - 1]
    if (table === undefined) return undefined
    return {
      kind: 'html',
      read: (into) => Promise.resolve().then(() => this.#read(table, into)),
    }
  }

  #read(table: HtmlTable, into: ReadInto): void {
    into.notes.encoding = this.#encoding
    table.rows.forEach((row, at) => {
      row.forEach((text, column) => putText(into, column, text))
      into.cells.endRow(at + 1)
    })
    into.progress(1)
  }
}

function putText(into: ReadInto, column: number, text: string): void {
  if (text === '') return
  const bytes = Buffer.from(text, 'utf8')
  if (recognise(bytes, 0, bytes.length)) {
    into.cells.set(column, recognised.kind, recognised.value)
  } else into.cells.set(column, cellKind.text, into.pool.intern(bytes, 0, bytes.length))
}

const sameAs: Readonly<Record<string, string>> = { gb2312: 'gb18030', gbk: 'gb18030' }

/** What the page says of itself counts only if its bytes agree. */
function decodePage(bytes: Buffer): { text: string; encoding: string } {
  const start = bytes.toString('hex', 0, 2)
  const wide = start === 'fffe' ? 'utf-16le' : start === 'feff' ? 'utf-16be' : undefined
  const said = /charset\s*=\s*["']?\s*([\w-]+)/i.exec(bytes.toString('latin1', 0, 4096))?.[1]
  const named = said === undefined ? [] : [sameAs[said.toLowerCase()] ?? said.toLowerCase()]
  const candidates = wide ? [wide] : isUtf8(bytes) ? ['utf-8'] : [...named, 'gb18030', 'big5']
  for (const encoding of candidates) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
    } catch {
      // The next one may fit.
    }
  }
  throw unreadable('unknownEncoding', 'unknown encoding')
}
