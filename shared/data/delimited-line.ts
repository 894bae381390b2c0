/** A line of delimited text as its cells, for people to mend one by one. */
import type { TextShape } from './rejected-words.ts'

export type LineSigns = Pick<TextShape, 'delimiter' | 'quote' | 'escaped'>

const quoteOf = ({ quote }: LineSigns): string => quote ?? '"'

/** Reads quotes where they are well formed; elsewhere a quote is just a sign, for the line is a broken one. */
export function splitLine(line: string, signs: LineSigns): string[] {
  const cells: string[] = []
  let at = 0
  for (;;) {
    const quoted = quotedEnd(line, at, signs)
    const end = quoted ?? endOf(line, at, signs.delimiter)
    const cell = line.slice(at, end)
    cells.push(quoted === undefined ? cell : plainText(cell.slice(1, -1), signs))
    if (end >= line.length) return cells
    at = end + 1
  }
}

function endOf(line: string, from: number, delimiter: string): number {
  const found = line.indexOf(delimiter, from)
  return found < 0 ? line.length : found
}

/** Where a cell in quotes that begins at `from` ends, the quote included. */
function quotedEnd(line: string, from: number, signs: LineSigns): number | undefined {
  const { delimiter, escaped = false } = signs
  const quote = quoteOf(signs)
  if (line[from] !== quote) return undefined
  for (let at = from + 1; at < line.length; at++) {
    if (escaped && line[at] === '\\') at++
    else if (line[at] !== quote) continue
    else if (line[at + 1] === quote) at++
    else return at + 1 === line.length || line[at + 1] === delimiter ? at + 1 : undefined
  }
  return undefined
}

function plainText(cell: string, signs: LineSigns): string {
  const quote = quoteOf(signs)
  let text = ''
  for (let at = 0; at < cell.length; at++) {
    const next = cell[at + 1]
    const isMark =
      signs.escaped === true && cell[at] === '\\'
        ? next === quote || next === '\\'
        : cell[at] === quote
    if (isMark && next !== undefined) at++
    text += cell[at] ?? ''
  }
  return text
}

export function joinLine(cells: readonly string[], signs: LineSigns): string {
  const { delimiter, escaped = false } = signs
  const quote = quoteOf(signs)
  const quotable = (cell: string): boolean =>
    cell.includes(delimiter) || cell.includes(quote) || /[\r\n]/.test(cell)
  const within = (cell: string): string =>
    (escaped ? cell.replaceAll('\\', '\\\\') : cell).replaceAll(quote, quote + quote)
  return cells
    .map((cell) => (quotable(cell) ? `${quote}${within(cell)}${quote}` : cell))
    .join(delimiter)
}
