/** Marks some systems put around identifiers so that spreadsheets keep them as text: a tab, a backtick, an apostrophe. */
const marked =
  /^(?:\s*[\t`'‘’]\s*(?<led>[\p{L}\p{N}][\p{L}\p{N}\-_/.]*)\s*|(?<plain>[\p{L}\p{N}][\p{L}\p{N}\-_/.]*)[ ]*\t\s*)$/u

const beginsSo = /[\s`'‘’]/

/** Without its marks; undefined for a text that bears none. Words without a digit are none: `'tis`. */
export function withoutMarks(text: string): string | undefined {
  // Nearly every text begins and ends otherwise, and is asked about a million times.
  if (!beginsSo.test(text.charAt(0)) && !text.endsWith('\t') && !text.endsWith(' '))
    return undefined
  const found = marked.exec(text)?.groups
  const bare = found?.['led'] ?? found?.['plain']
  return bare !== undefined && /\p{Nd}/u.test(bare) ? bare : undefined
}
