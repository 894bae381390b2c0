import type { ExactCells } from '../spread/accumulate.ts'
import { ranksOf } from '../spread/accumulate.ts'

/** A measure's value per cell of the grid: exact (NaN or null for blank), or floating. */
export type Cells =
  | { readonly exact: ExactCells; readonly floats?: undefined }
  | { readonly floats: Float64Array; readonly exact?: undefined }

/** As doubles, divided by the factor of their scale only where `unscaled` says so: shares have no use for it. */
export function asNumbers(cells: Cells, unscaled = false): Float64Array {
  if (cells.floats) return cells.floats
  const { numbers, wide, scale } = cells.exact
  const values =
    numbers ?? Float64Array.from(wide ?? [], (value) => (value === null ? NaN : Number(value)))
  return unscaled && scale > 0 ? values.map((value) => value / 10 ** scale) : values
}

/** Numbers in the order of the cells: a factor is no matter, and those no double tells apart are ranked. */
export function comparable(cells: Cells): Float64Array {
  if (cells.floats) return cells.floats
  return cells.exact.numbers ?? ranksOf(cells.exact.wide ?? [])
}

/** Adding and subtracting without loss: doubles while whole numbers are safe in them, big integers beyond. */
export interface Adder {
  readonly at: (cell: number) => number | bigint | null
  readonly add: (a: number | bigint, b: number | bigint) => number | bigint
  readonly subtract: (a: number | bigint, b: number | bigint) => number | bigint
  readonly collect: (values: readonly (number | bigint | null)[]) => Cells
}

export function adderOf(cells: Cells): Adder {
  if (cells.floats) return plainAdder(cells.floats, (floats) => ({ floats }))
  const { numbers, scale } = cells.exact
  if (numbers && absoluteSum(numbers) < Number.MAX_SAFE_INTEGER) {
    return plainAdder(numbers, (made) => ({ exact: { scale, numbers: made } }))
  }
  const big =
    cells.exact.wide ??
    Array.from(numbers ?? [], (value) => (Number.isNaN(value) ? null : BigInt(value)))
  return {
    at: (cell) => big[cell] ?? null,
    add: (a, b) => BigInt(a) + BigInt(b),
    subtract: (a, b) => BigInt(a) - BigInt(b),
    collect: (values) => ({
      exact: { scale, wide: values.map((value) => (value === null ? null : BigInt(value))) },
    }),
  }
}

function plainAdder(values: Float64Array, made: (values: Float64Array) => Cells): Adder {
  return {
    at: (cell) => {
      const value = values[cell] ?? NaN
      return Number.isNaN(value) ? null : value
    },
    add: (a, b) => Number(a) + Number(b),
    subtract: (a, b) => Number(a) - Number(b),
    collect: (all) =>
      made(Float64Array.from(all, (value) => (value === null ? NaN : Number(value)))),
  }
}

function absoluteSum(values: Float64Array): number {
  let sum = 0
  for (const value of values) if (!Number.isNaN(value)) sum += Math.abs(value)
  return sum
}

/** Blank where either side is, and over zero. */
export const quotient = (a: number, b: number): number => (b === 0 ? NaN : a / b)
