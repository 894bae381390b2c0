/** A line of delimited text as its cells, for people to mend one by one. */

/** Reads quotes where they are well formed; elsewhere a quote is just a sign, for the line is a broken one. */
export function splitLine(line: string, delimiter: string): string[] {
  const cells: string[] = []
  let at = 0
  for (;;) {
    const quoted = quotedEnd(line, at, delimiter)
    const end = quoted ?? endOf(line, at, delimiter)
    const cell = line.slice(at, end)
    cells.push(quoted === undefined ? cell : cell.slice(1, -1).replaceAll('""', '"'))
    if (end >= line.length) return cells
    at = end + 1
  }
}

function endOf(line: string, from: number, delimiter: string): number {
  const found = line.indexOf(delimiter, from)
  return found < 0 ? line.length : found
}

/** Where a cell in quotes that begins at `from` ends, the quote included. */
function quotedEnd(line: string, from: number, delimiter: string): number | undefined {
  if (line[from] !== '"') return undefined
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] !== '"') continue
    if (line[at + 1] === '"') at++
    else return at + 1 === line.length || line[at + 1] === delimiter ? at + 1 : undefined
  }
  return undefined
}

export function joinLine(cells: readonly string[], delimiter: string): string {
  return cells
    .map((cell) =>
      cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
    )
    .join(delimiter)
}
