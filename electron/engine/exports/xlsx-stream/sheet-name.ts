const MAX_LENGTH = 31

/** A name Excel accepts, made from the wanted one: forbidden characters become spaces. */
export function legalSheetName(wanted: string): string {
  const plain = wanted
    .replace(/[[\]:*?/\\\p{Cc}\ufffe\uffff]/gu, ' ')
    .trim()
    .replace(/^'+|'+$/g, '')
    .trim()
  const name = cut(plain, MAX_LENGTH).replace(/'+$/, '').trim()
  return name === '' || name.toLowerCase() === 'history' ? 'Sheet' : name
}

/** The legal name, or the name with ` (2)`, ` (3)`… when a sheet already has it. */
export function freeSheetName(wanted: string, taken: ReadonlySet<string>): string {
  const base = legalSheetName(wanted)
  let name = base
  for (let n = 2; taken.has(name.toLowerCase()); n++) {
    const suffix = ` (${n})`
    name = cut(base, MAX_LENGTH - suffix.length).trim() + suffix
  }
  return name
}

function cut(text: string, length: number): string {
  const short = text.slice(0, length)
  return /[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short
}

/** Letters of a column counted from 0: A, B … Z, AA. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}
