/**
 * What a reader says about one cell: a kind beside one number. Numbers stay exact and text can always be written back as
 * it stood, so the type of a column is decided after all its cells were seen.
 */
export const cellKind = {
  blank: 0,
  /** `scaled + d`, d from 0 to 15: the number is value / 10^d; at most 15 digits, so the value is exact. */
  scaled: 1,
  scaledLast: 16,
  /** A number that needs all digits of a double. */
  double: 17,
  /** A position in the text pool. */
  text: 18,
  boolean: 19,
  /** Epoch day, from a date cell. */
  day: 20,
  /** Wall-clock epoch second, from a date cell with a time. */
  second: 21,
  /** Epoch day written `YYYY-MM-DD` in a text file. */
  dayText: 22,
  /** Epoch second written `YYYY-MM-DD HH:MM:SS` in a text file. */
  secondText: 23,
  /** Second of the day, from a cell with a time format. */
  clock: 24,
  /** An error value such as #N/A: blank, but counted; the value is its place in the text pool. */
  error: 25,
  /** `padded + w`, w from 2 to 15: a whole number whose cell shows so many digits, zeros before it included. */
  padded: 24,
  paddedLast: 39,
} as const

export const kindCount = 40
export const maxScaledDecimals = 15
export const maxScaledDigits = 15

/** How many digits the cell of a whole number shows at least; 0 where nothing says so. */
export const shownDigits = (kind: number): number =>
  kind > cellKind.error && kind <= cellKind.paddedLast ? kind - cellKind.padded : 0

/** What the number is without the zeros shown before it. */
export const withoutPadding = (kind: number): number =>
  kind > cellKind.error ? cellKind.scaled : kind
