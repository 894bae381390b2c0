/** Finds the tables of a page as tills save them under `.xls`: tolerant of what is left open, never running anything. */
import { overLimit } from '../source-limits.ts'
import { htmlTags } from './html-tags.ts'

export interface HtmlTable {
  readonly title: string | undefined
  /** Cells by row; a cell that spans several stands in the first, the others are holes. */
  readonly rows: readonly (readonly string[])[]
}

export interface HtmlLimits {
  readonly columns: number
  readonly cellBytes: number
}

interface OpenTable {
  readonly rows: string[][]
  /** Rows still covered by a cell above, by column. */
  readonly covered: number[]
  row: string[] | undefined
  column: number
  nested: boolean
}

const skipped = /^(script|style|head|title|template|noscript)$/
const lineBreaks = /^(br|p|div|li)$/
const maxDepth = 32

/** Innermost tables only: those around them do the layout of the page. */
export function htmlTables(html: string, limits: HtmlLimits): HtmlTable[] {
  return new TableFinder(limits).run(html)
}

class TableFinder {
  readonly #limits: HtmlLimits
  readonly #found: HtmlTable[] = []
  readonly #open: OpenTable[] = []
  #text = ''
  #inCell = false
  #spans = { columns: 1, rows: 1 }
  #skipping = ''

  constructor(limits: HtmlLimits) {
    this.#limits = limits
  }

  run(html: string): HtmlTable[] {
    let at = 0
    for (const { name, closing, attributes, from, to } of htmlTags(html, this.#limits.cellBytes)) {
      this.#take(html.slice(at, from))
      at = to
      if (name !== '') this.#tag(name.toLowerCase(), closing, attributes)
    }
    this.#take(html.slice(at))
    while (this.#open.length > 0) this.#endTable()
    return this.#found
  }

  #take(text: string): void {
    if (!this.#inCell || this.#skipping !== '') return
    this.#text += text
    if (this.#text.length > this.#limits.cellBytes) throw overLimit('cellBytes')
  }

  #tag(name: string, closing: boolean, attributes: string): void {
    if (this.#skipping !== '') {
      if (closing && name === this.#skipping) this.#skipping = ''
    } else if (skipped.test(name) && !closing && !attributes.endsWith('/')) this.#skipping = name
    else if (name === 'table') this.#table(closing)
    else if (name === 'tr') this.#row(closing)
    else if (name === 'td' || name === 'th') this.#cell(closing, attributes)
    else if (lineBreaks.test(name) && this.#text !== '' && !closing) this.#take('\n')
  }

  #table(closing: boolean): void {
    if (closing) {
      this.#endTable()
      return
    }
    const outer = this.#open.at(-1)
    if (outer) outer.nested = true
    this.#inCell = false
    this.#text = ''
    if (this.#open.length >= maxDepth) throw overLimit('xmlDepth')
    this.#open.push({ rows: [], covered: [], row: undefined, column: 0, nested: false })
  }

  #endTable(): void {
    this.#endCell()
    const table = this.#open.pop()
    if (table === undefined || table.nested) return
    if (table.rows.some((row) => row.some((text) => text !== ''))) {
      this.#found.push({ title: undefined, rows: table.rows })
    }
  }

  #row(closing: boolean): void {
    this.#endCell()
    const table = this.#open.at(-1)
    if (table === undefined) return
    table.row = undefined
    if (!closing) this.#startRow(table)
  }

  #startRow(table: OpenTable): string[] {
    const row: string[] = []
    table.rows.push(row)
    table.row = row
    table.column = 0
    return row
  }

  #cell(closing: boolean, attributes: string): void {
    this.#endCell()
    const table = this.#open.at(-1)
    if (closing || table === undefined) return
    if (table.row === undefined) this.#startRow(table)
    this.#inCell = true
    this.#spans = { columns: span(attributes, 'colspan'), rows: span(attributes, 'rowspan') }
  }

  #endCell(): void {
    const table = this.#open.at(-1)
    if (!this.#inCell || table?.row === undefined) return
    const { columns, rows } = this.#spans
    // A cell that reaches down from a row above keeps its place.
    while (coveredIn(table, table.column)) table.column++
    if (table.column + columns > this.#limits.columns) {
      throw overLimit('columns', { columns: table.column + columns, most: this.#limits.columns })
    }
    table.row[table.column] = plainText(this.#text)
    for (let i = 0; i < columns; i++, table.column++) {
      if (rows > 1) table.covered[table.column] = table.rows.length + rows - 1
    }
    this.#inCell = false
    this.#text = ''
  }
}

const coveredIn = (table: OpenTable, column: number): boolean =>
  (table.covered[column] ?? 0) >= table.rows.length

/** Spans beyond reason are how a small page asks for a huge table. */
function span(attributes: string, name: string): number {
  const found = new RegExp(`\\b${name}\\s*=[\\s"']*(\\d{1,5})`, 'i').exec(attributes)
  return Math.max(1, Number(found?.[1] ?? 1))
}

const entities: Readonly<Record<string, string>> = {
  ...{ nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", yen: '¥', euro: '€' },
  ...{ middot: '·', ndash: '–', mdash: '—', times: '×', deg: '°', copy: '©', reg: '®' },
}

function plainText(html: string): string {
  const lines = html.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim())
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .replaceAll(/&(#x?)?(\w{1,10});?/gi, entity)
    .trim()
}

function entity(whole: string, marker: string | undefined, body: string): string {
  if (marker === undefined) return entities[body.toLowerCase()] ?? whole
  const code = marker.length === 1 ? Number(body) : parseInt(body, 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
