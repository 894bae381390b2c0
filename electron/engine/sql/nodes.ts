import type { DatePiece } from '../../../shared/expression/functions/text-pattern.ts'
import type { PrepareFunction } from './prepare-functions.ts'
import type { RowFunction } from './row-functions.ts'

/** SQL as frozen plain data, SELECT only. Values are parameters; identifiers go through the dialect's quoting alone. */
export type SqlValue = string | number | boolean | null

export type BinaryOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%'

/** Functions whose spelling differs between engines: a total record per dialect prints them. */
export type SqlFunction =
  | 'sum'
  | 'floatSum'
  | 'count'
  | 'countAll'
  | 'countDistinct'
  | 'min'
  | 'max'
  /** Of x where y is smallest or largest. */
  | 'atSmallest'
  | 'atLargest'
  | 'median'
  /** Of x the value below which a share p lies, interpolated between the two nearest. */
  | 'percentile'
  | 'floor'
  | 'epochSecond'
  | 'epochDay'
  | 'yearOf'
  | 'monthIndexOf'
  | 'quarterIndexOf'
  | 'dayOfMonth'
  | 'scaledInteger'
  | 'contains'
  | 'startsWith'
  | 'foldCase'
  /** In characters, not bytes. */
  | 'textLength'
  /** As `textPattern` in shared/data writes it. */
  | 'textPattern'
  /** The nth largest (smallest) value that is not blank, or the last there is. */
  | 'nthLargest'
  | 'nthSmallest'
  | 'bitstring'
  | 'bitOr'
  | 'bitCount'
  /** Whether bit x of a mask is set; blank for a blank x. */
  | 'bitTest'
  | 'coalesce'
  | 'integerDivide'
  /** Of two whole numbers, wider than both where the engine would overflow without a word. */
  | 'exactProduct'
  /** A text of digits as an exact number with so many places. */
  | 'numberOf'
  /** Digits after the point of a decimal. */
  | 'placesOf'
  /** A text in ISO form as a day. */
  | 'dayOf'

export type SqlType = 'double' | 'integer' | 'text'

export type Expr =
  | { readonly kind: 'column'; readonly table: string; readonly name: string }
  | { readonly kind: 'param'; readonly value: SqlValue }
  | { readonly kind: 'integer'; readonly value: number }
  /** A number by its digits, which no double need hold: `-12345678901234567890.12`. */
  | { readonly kind: 'exact'; readonly digits: string }
  | { readonly kind: 'null' }
  /** How a date is written, in the words of the engine. */
  | { readonly kind: 'momentFormat'; readonly pieces: readonly DatePiece[] }
  | { readonly kind: 'call'; readonly fn: SqlFunction; readonly args: readonly Expr[] }
  | {
      readonly kind: 'binary'
      readonly op: BinaryOperator
      readonly left: Expr
      readonly right: Expr
    }
  | { readonly kind: 'all'; readonly of: readonly Expr[] }
  | { readonly kind: 'any'; readonly of: readonly Expr[] }
  | { readonly kind: 'not'; readonly of: Expr }
  | { readonly kind: 'isNull'; readonly of: Expr }
  | { readonly kind: 'inList'; readonly of: Expr; readonly values: readonly Expr[] }
  | { readonly kind: 'inSelect'; readonly of: Expr; readonly select: Select }
  /** The one value of a select with one column and one row. */
  | { readonly kind: 'scalar'; readonly select: Select }
  | { readonly kind: 'cast'; readonly of: Expr; readonly to: SqlType }
  /** A part of a row formula. */
  | {
      readonly kind: 'row'
      readonly fn: RowFunction
      readonly args: readonly Expr[]
      readonly digits: number
    }
  /** A part of a preparation step. */
  | {
      readonly kind: 'prepare'
      readonly fn: PrepareFunction
      readonly args: readonly Expr[]
      readonly digits: number
    }
  /** A column of the select's own answer, in its `groupBy` alone: a key with parameters is then written once. */
  | { readonly kind: 'output'; readonly name: string }
  /**
   * Over the rows of a partition: their number in an order, their rank in it (equal ones have one), the nearest value up to the row that is not blank, the value of
   * the row before, or the least or largest of all of them (which have no order).
   */
  | {
      readonly kind: 'window'
      readonly fn: 'rowNumber' | 'rank' | 'lastFilled' | 'before' | 'min' | 'max'
      readonly args: readonly Expr[]
      readonly partitionBy: readonly Expr[]
      readonly orderBy: readonly OrderTerm[]
    }
  | { readonly kind: 'when'; readonly if: Expr; readonly then: Expr; readonly otherwise: Expr }

export type Table =
  | {
      readonly kind: 'stored'
      readonly catalog: string | undefined
      readonly schema?: string
      readonly name: string
    }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'nested'; readonly select: Select }
  /** What the user wrote, checked to be one reading statement, with its values in their places. */
  | { readonly kind: 'written'; readonly parts: readonly (string | Expr)[]; readonly hash: string }
  /** Rows written out, at least one. */
  | {
      readonly kind: 'values'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly Expr[])[]
    }

export interface Join {
  readonly table: Table
  readonly as: string
  readonly on: Expr
}

export interface OrderTerm {
  readonly by: Expr
  readonly descending: boolean
}

export interface NamedSelect {
  readonly name: string
  readonly select: Select
  /** Read where it is used instead of being computed once and kept. */
  readonly inline?: true
}

export interface Select {
  readonly with?: readonly NamedSelect[]
  readonly columns: readonly { readonly expr: Expr; readonly as: string }[]
  readonly from: Table
  readonly as: string
  readonly joins: readonly Join[]
  readonly where: Expr | null
  readonly groupBy: readonly Expr[]
  readonly orderBy: readonly OrderTerm[]
  readonly limit: number | null
  readonly offset?: number
  /** Further selects with the same columns. */
  readonly unionAll?: readonly Select[]
}

export const column = (table: string, name: string): Expr => ({ kind: 'column', table, name })
export const param = (value: SqlValue): Expr => ({ kind: 'param', value })
export const integer = (value: number): Expr => ({ kind: 'integer', value })
export const exact = (digits: string): Expr => ({ kind: 'exact', digits })
export const nothing: Expr = { kind: 'null' }
export const call = (fn: SqlFunction, ...args: readonly Expr[]): Expr => ({
  kind: 'call',
  fn,
  args,
})
export const binary = (op: BinaryOperator, left: Expr, right: Expr): Expr => ({
  kind: 'binary',
  op,
  left,
  right,
})
export const all = (of: readonly Expr[]): Expr => ({ kind: 'all', of })
export const any = (of: readonly Expr[]): Expr => ({ kind: 'any', of })
export const not = (of: Expr): Expr => ({ kind: 'not', of })
export const isNull = (of: Expr): Expr => ({ kind: 'isNull', of })
export const inList = (of: Expr, values: readonly Expr[]): Expr => ({ kind: 'inList', of, values })
export const inSelect = (of: Expr, select: Select): Expr => ({ kind: 'inSelect', of, select })
export const scalar = (select: Select): Expr => ({ kind: 'scalar', select })
export const cast = (of: Expr, to: SqlType): Expr => ({ kind: 'cast', of, to })
export const output = (name: string): Expr => ({ kind: 'output', name })
export const extremeOver = (fn: 'min' | 'max', of: Expr, partitionBy: readonly Expr[]): Expr => ({
  kind: 'window',
  fn,
  args: [of],
  partitionBy,
  orderBy: [],
})
export const valueBefore = (of: Expr, by: Expr, partitionBy: readonly Expr[]): Expr => ({
  kind: 'window',
  fn: 'before',
  args: [of],
  partitionBy,
  orderBy: [{ by, descending: false }],
})
export const rankOver = (orderBy: OrderTerm, partitionBy: readonly Expr[]): Expr => ({
  kind: 'window',
  fn: 'rank',
  args: [],
  partitionBy,
  orderBy: [orderBy],
})
export const when = (condition: Expr, then: Expr, otherwise: Expr): Expr => ({
  kind: 'when',
  if: condition,
  then,
  otherwise,
})

/** A select with everything optional left out. */
export function select(
  parts: Pick<Select, 'columns' | 'from' | 'as'> & Partial<Omit<Select, 'columns' | 'from' | 'as'>>,
): Select {
  return Object.freeze({
    joins: [],
    where: null,
    groupBy: [],
    orderBy: [],
    limit: null,
    ...parts,
  })
}
