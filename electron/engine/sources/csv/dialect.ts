/** How the lines of a text file are cut into fields. */
import type { TextShape } from '../../../../shared/data/rejected-words.ts'

export interface Dialect {
  /** ASCII code. */
  readonly delimiter: number
  /** ASCII code of the sign that stands around fields. */
  readonly quote: number
  /** Inside quotes a backslash takes the sign behind it for itself; else a quote is doubled. */
  readonly escaped: boolean
}

export interface LineShape extends Dialect {
  /** Fields of a whole record. */
  readonly width: number
  /** Blank fields at the end of a line are left off, so that shorter records are whole. */
  readonly short: boolean
}

export const doubleQuote = 0x22
export const singleQuote = 0x27

/** The fewest fields of a record: a line of one field is no row of several columns. */
export const fewestFields = ({ width, short }: LineShape): number =>
  short ? Math.min(2, width) : width

export function textShapeOf(shape: LineShape, names: readonly string[]): TextShape {
  const { delimiter, quote, escaped, width, short } = shape
  return {
    ...{ delimiter: String.fromCharCode(delimiter), width, names: [...names] },
    ...(quote === singleQuote ? { quote: "'" as const } : {}),
    ...(escaped ? { escaped } : {}),
    ...(short ? { short } : {}),
  }
}

export function lineShapeOf(shape: TextShape): LineShape {
  const { delimiter, quote, escaped = false, width, short = false } = shape
  return {
    ...{ delimiter: delimiter.charCodeAt(0), width, escaped, short },
    quote: quote === undefined ? doubleQuote : singleQuote,
  }
}
