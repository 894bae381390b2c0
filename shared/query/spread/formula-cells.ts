/** Formulas over the values of other measures, computed once per cell. */
import type { CellsFormula } from '../../expression/check/cells-formula.ts'
import { evaluateFormula } from '../../expression/evaluate/evaluate.ts'
import { rescaled } from '../../expression/evaluate/exact.ts'
import type { Typed } from '../../expression/typed.ts'
import type { Value } from '../../expression/value.ts'
import type { ValueType } from '../../expression/value-type.ts'
import { isExact, scaleOf } from '../../expression/value-type.ts'
import type { Cells } from '../stage/cells.ts'
import { decimalText } from './accumulate.ts'

/** A measure that is a formula; `aggregate` ones name hidden measures, `cells` ones any that are shown. */
export type SpreadFormula =
  | {
      readonly kind: 'aggregate'
      readonly name: string
      readonly value: Typed
      readonly leaves: readonly FormulaLeaf[]
    }
  | { readonly kind: 'cells'; readonly name: string; readonly formula: CellsFormula }

export interface FormulaLeaf {
  /** As the formula names it. */
  readonly name: string
  /** The measure it is the value of. */
  readonly measure: string
  readonly type: ValueType
}

/** Texts and conditions are for reading alone: nothing is added up from them. */
export interface TextCells {
  readonly texts: readonly (string | null)[]
  readonly writing: 'text' | 'boolean'
}
export type FormulaCells = Cells | TextCells

export type CellReader = (cell: number) => Value

/** Whatever form the cells have, the value is of the type the formula was checked with. */
export function readerOf(cells: FormulaCells | undefined, type: ValueType): CellReader {
  if (!cells) return () => null
  if ('texts' in cells) return textReader(cells)
  const { floats } = cells
  if (floats) {
    return (cell) => {
      const value = floats[cell] ?? NaN
      if (Number.isNaN(value)) return null
      return isExact(type) ? exactOf(value, scaleOf(type)) : value
    }
  }
  const { numbers, wide, scale } = cells.exact
  const digitsAt = (cell: number): bigint | null => {
    if (wide) return wide[cell] ?? null
    const value = numbers?.[cell] ?? NaN
    return Number.isNaN(value) ? null : BigInt(value)
  }
  if (isExact(type)) {
    const to = scaleOf(type)
    return (cell) => {
      const digits = digitsAt(cell)
      return digits === null || to === scale ? digits : rescaled(digits, scale, to)
    }
  }
  return (cell) => {
    const digits = digitsAt(cell)
    return digits === null ? null : nearest(digits, scale)
  }
}

/** Digits beyond those of a double are read from their text, which rounds once. */
function nearest(digits: bigint, scale: number): number {
  const number = Number(digits)
  return Number.isSafeInteger(number) && scale <= 22
    ? number / 10 ** scale
    : Number(decimalText(digits, scale))
}

function textReader({ texts, writing }: TextCells): CellReader {
  return (cell) => {
    const text = texts[cell] ?? null
    return writing === 'boolean' && text !== null ? text === 'true' : text
  }
}

/** A double that stands for a number with that many digits, as counts given per level do. */
function exactOf(value: number, scale: number): bigint | null {
  const digits = Math.round(value * 10 ** scale)
  return Number.isSafeInteger(digits) ? BigInt(digits) : null
}

/** The formula in every cell that `here` keeps; others are blank. */
export function computeCells(
  value: Typed,
  readers: ReadonlyMap<string, CellReader>,
  count: number,
  here: (cell: number) => boolean = () => true,
  lastDay: number | null = null,
): FormulaCells {
  const values: Value[] = []
  for (let cell = 0; cell < count; cell++) {
    const row = {
      valueOf: (_dataset: string | undefined, name: string) => readers.get(name)?.(cell) ?? null,
      lastDay,
    }
    values.push(here(cell) ? evaluateFormula(value, row) : null)
  }
  return cellsOf(values, value.type)
}

function cellsOf(values: readonly Value[], type: ValueType): FormulaCells {
  switch (type.kind) {
    case 'integer':
    case 'decimal':
      return { exact: exactCells(values, scaleOf(type)) }
    case 'date':
    case 'timestamp':
      return { exact: { scale: 0, numbers: numbersOf(values) } }
    case 'double':
    case 'blank':
      return { floats: numbersOf(values) }
    case 'text':
    case 'boolean':
      return {
        writing: type.kind,
        texts: values.map((value) => (value === null ? null : String(value))),
      }
  }
}

const numbersOf = (values: readonly Value[]): Float64Array =>
  Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN))

const safe = BigInt(Number.MAX_SAFE_INTEGER)

function exactCells(values: readonly Value[], scale: number) {
  const wide = values.map((value) => (typeof value === 'bigint' ? value : null))
  if (wide.some((value) => value !== null && (value > safe || value < -safe))) {
    return { scale, wide }
  }
  const numbers = Float64Array.from(wide, (value) => (value === null ? NaN : Number(value)))
  return { scale, numbers }
}
