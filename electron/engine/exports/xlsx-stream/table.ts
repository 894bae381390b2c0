/** How a column's numbers are meant; text, booleans and blanks may stand in any column. */
export type ColumnKind =
  /** Numbers as they are. */
  | 'number'
  /** Strings that are decimal text, such as `12.50`, become numbers with exactly those digits. */
  | 'decimal'
  | 'text'
  /** Numbers are whole days since 1970-01-01. */
  | 'date'
  /** Numbers are wall-clock milliseconds since 1970-01-01T00:00. */
  | 'timestamp'
  | 'boolean'

export interface SheetColumn {
  readonly title: string
  readonly kind: ColumnKind
  /** Excel format code; dates and times have a default. */
  readonly format?: string
  /** In characters. */
  readonly width?: number
}

export interface SheetSpec {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly autoFilter?: boolean
}

/** Null is a blank cell, and so is a number that is not finite. */
export type CellValue = string | number | bigint | boolean | null

/** One column of a batch. Codes index the dictionary, which must not change; -1 is blank. */
export type ColumnValues =
  | { readonly kind: 'cells'; readonly cells: readonly CellValue[] }
  | {
      readonly kind: 'numbers'
      readonly numbers: Float64Array | Int32Array
      /** 1 marks a blank. */
      readonly blanks?: Uint8Array
    }
  | {
      readonly kind: 'codes'
      readonly codes: Int32Array
      readonly dictionary: readonly string[]
    }

export interface SheetSummary {
  readonly name: string
  /** Without the header. */
  readonly rows: number
}

export interface WorkbookSummary {
  readonly bytes: number
  /** As written: a table too long for one sheet appears as several. */
  readonly sheets: readonly SheetSummary[]
  /** Texts cut at the 32,767 characters a cell can hold. */
  readonly cutTexts: number
}

/** Columns a sheet can hold. */
export const MAX_COLUMNS = 16_384
/** Rows a sheet can hold, the header included. */
export const MAX_ROWS = 1_048_576
