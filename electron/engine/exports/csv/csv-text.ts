/** Begins with what a spreadsheet would take for a formula; some take the wide signs for the narrow ones. */
const formulaLike = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * A text value of a CSV file: quoted when it holds a separator, quote or line break, and kept from being run as a formula
 * by a leading apostrophe. Numbers never go through here.
 */
export function csvText(value: string): string {
  const safe = formulaLike.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of already written cells. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}
