/** What stands beside the cells of a sheet and still says how to read them: merged cells, and totals of table objects. */
import type { MergedCells, TotalsRow } from '../reader.ts'
import type { XmlTag } from './xml-text.ts'
import { attribute, walkXml } from './xml-text.ts'

const mergePattern =
  /<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Z]+)(\d+):[A-Z]+(\d+)["'][^<>]*>/g
const endPattern = /<\/(?:[\w.-]+:)?(?:mergeCells|worksheet)>/
/** More than one column of a sheet can hold. */
const keptMerges = 600_000
const longestTag = 1024

/** Finds the merged cells of several rows in what follows the cells, piece by piece. */
export class MergeFinder {
  readonly found: MergedCells[] = []
  #text = ''
  #done = false

  feed(piece: Buffer): void {
    if (this.#done) return
    this.#text += piece.toString('latin1')
    let end = 0
    for (const { 0: tag, 1: column = '', 2: from, 3: to, index } of this.#text.matchAll(mergePattern)) {
      end = index + tag.length
      if (from !== to) this.found.push({ address: `${column}${from}:${column}${to}`, fromRow: Number(from) })
    }
    this.#done = this.found.length >= keptMerges || endPattern.test(this.#text)
    this.#text = this.#text.slice(Math.max(end, this.#text.length - longestTag))
  }
} // prettier-ignore

/** The totals row of a table object, from its part; undefined where it has none. */
export function totalsRowOf(tableXml: string, maxDepth: number): TotalsRow | undefined {
  let found: TotalsRow | undefined
  const tag = (one: XmlTag): void => {
    if (one.name !== 'table' || one.kind === 'close') return
    if (Number(attribute(one, 'totalsRowCount') ?? 0) < 1) return
    const [, from = '', , to = '', row] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(attribute(one, 'ref') ?? '') ?? [] // prettier-ignore
    if (row !== undefined) found = { row: Number(row), fromColumn: columnOf(from), toColumn: columnOf(to) } // prettier-ignore
  }
  walkXml(tableXml, { tag }, maxDepth)
  return found
}

/** `A` is 0. */
export function columnOf(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** 0 is `A`. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (column % 26))
}
