/** By what a column is the same in two files: its name in any case; one without a name is numbered in either language. */
export function columnKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^列(?=\d+$)/, 'column ')
}
