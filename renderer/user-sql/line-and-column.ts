/** A place in a text as people count: lines and the signs in them, both from 1. */
export function lineAndColumn(
  text: string,
  at: number,
): { readonly line: string; readonly column: string } {
  const lines = text.slice(0, at).split('\n')
  const column = Array.from(lines.at(-1) ?? '').length + 1
  return { line: String(lines.length), column: String(column) }
}
