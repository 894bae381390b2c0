/** A styled workbook as data: what export tests compare, and what the writer turns into a file. Rows and columns count from 0. */
export type CellLook =
  'title' | 'note' | 'head' | 'rowHead' | 'value' | 'subtotal' | 'total' | 'text' | 'listed'

export interface ModelCell {
  /** Dates are days or seconds since 1970-01-01 on the wall clock. */
  readonly value:
    string | number | boolean | null | { readonly day: number } | { readonly second: number }
  readonly look: CellLook
  /** Excel number format of numbers; the value keeps its full precision. */
  readonly format?: string
  readonly align?: 'left' | 'center' | 'right'
  /** Of a colour scale: 0 to 1. */
  readonly tint?: number
}

export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface ModelPicture {
  readonly png: Uint8Array
  readonly row: number
  readonly column: number
  readonly widthPx: number
  readonly heightPx: number
}

export interface SheetModel {
  readonly name: string
  readonly rows: readonly (readonly (ModelCell | null)[])[]
  readonly merges: readonly Merge[]
  /** Heads that stay in view. */
  readonly frozen: { readonly rows: number; readonly columns: number }
  /** In characters. */
  readonly widths: readonly number[]
  readonly pictures: readonly ModelPicture[]
}

export interface WorkbookModel {
  readonly title: string
  readonly sheets: readonly SheetModel[]
}

/** Wide characters take two columns of a proportional font's digits. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += /[\u1100-\u11ff\u2e80-\uffef]/.test(character) ? 2 : 1
  return width
}
