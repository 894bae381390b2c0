import type { ExactValues, MeasureInput } from './level-input.ts'

/** Adds up to 2^53 exactly in a double; above it the sums are kept as big integers. */
const safe = Number.MAX_SAFE_INTEGER

/** Where each row of the finest level goes: `cellsOf(leafRow)` are the cells it counts in, itself and all its totals. */
export interface Targets {
  readonly cells: number
  forEach(visit: (leafRow: number, cell: number) => void): void
}

/** Sums and means are exact whatever the order; `total` is null where no value that is not blank was met. */
export interface ExactCells {
  readonly scale: number
  readonly numbers?: Float64Array
  readonly wide?: readonly (bigint | null)[]
}

export function sumExact(values: ExactValues, scale: number, targets: Targets): ExactCells {
  if (values instanceof Float64Array && absoluteSum(values) < safe) {
    return { scale, numbers: sumNumbers(values, targets) }
  }
  const wide = new Array<bigint | null>(targets.cells).fill(null)
  const big = values instanceof Float64Array ? toBig(values) : values
  targets.forEach((row, cell) => {
    const value = big[row] ?? null
    if (value !== null) wide[cell] = (wide[cell] ?? 0n) + value
  })
  return { scale, wide }
}

function absoluteSum(values: Float64Array): number {
  let sum = 0
  for (const value of values) if (!Number.isNaN(value)) sum += Math.abs(value)
  return sum
}

function toBig(values: Float64Array): (bigint | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : BigInt(value)))
}

/** Blank values count for nothing; a cell with none but blanks stays blank. */
function sumNumbers(values: Float64Array, targets: Targets): Float64Array {
  const cells = new Float64Array(targets.cells).fill(NaN)
  targets.forEach((row, cell) => {
    const value = values[row] ?? NaN
    if (Number.isNaN(value)) return
    const now = cells[cell] ?? NaN
    cells[cell] = Number.isNaN(now) ? value : now + value
  })
  return cells
}

/** Neumaier's compensated sum, so that the order of rows does not show in the last digits. */
export function sumFloats(values: Float64Array, targets: Targets): Float64Array {
  const sums = new Float64Array(targets.cells).fill(NaN)
  const lost = new Float64Array(targets.cells)
  targets.forEach((row, cell) => {
    const value = values[row] ?? NaN
    if (Number.isNaN(value)) return
    const before = sums[cell] ?? NaN
    if (Number.isNaN(before)) {
      sums[cell] = value
      return
    }
    const after = before + value
    const error =
      Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before
    lost[cell] = (lost[cell] ?? 0) + error
    sums[cell] = after
  })
  return sums.map((sum, cell) => sum + (lost[cell] ?? 0))
}

export function extremeNumbers(
  of: 'min' | 'max',
  values: Float64Array,
  targets: Targets,
): Float64Array {
  const cells = new Float64Array(targets.cells).fill(NaN)
  targets.forEach((row, cell) => {
    const value = values[row] ?? NaN
    if (Number.isNaN(value)) return
    const now = cells[cell] ?? NaN
    if (Number.isNaN(now) || (of === 'min' ? value < now : value > now)) cells[cell] = value
  })
  return cells
}

export function extremeExact(
  of: 'min' | 'max',
  values: ExactValues,
  scale: number,
  targets: Targets,
): ExactCells {
  if (values instanceof Float64Array) return { scale, numbers: extremeNumbers(of, values, targets) }
  const wide = new Array<bigint | null>(targets.cells).fill(null)
  targets.forEach((row, cell) => {
    const value = values[row] ?? null
    const now = wide[cell] ?? null
    if (value === null) return
    if (now === null || (of === 'min' ? value < now : value > now)) wide[cell] = value
  })
  return { scale, wide }
}

/** Counts start at zero where rows exist; presence itself is decided from the base rows. */
export function addCounts(values: Float64Array, targets: Targets): Float64Array {
  const cells = new Float64Array(targets.cells)
  targets.forEach((row, cell) => {
    const value = values[row] ?? 0
    // Weights of rows without any are blank.
    if (!Number.isNaN(value)) cells[cell] = (cells[cell] ?? 0) + value
  })
  return cells
}

type MeanInput = Extract<MeasureInput, { kind: 'mean' }>

/** Sum over number of non-blank values, divided once at the end: a mean of decimals is the double nearest to it. */
export function means(input: MeanInput, targets: Targets): Float64Array {
  const counts = addCounts(input.counts, targets)
  const { sums, factor } = scaledSums(input.sum, targets)
  return sums.map((sum, cell) => {
    const count = counts[cell] ?? 0
    return count === 0 ? NaN : sum / (count * factor)
  })
}

function scaledSums(
  sum: MeanInput['sum'],
  targets: Targets,
): { readonly sums: Float64Array; readonly factor: number } {
  if (!('scale' in sum)) return { sums: sumFloats(sum.values, targets), factor: 1 }
  const { numbers, wide } = sumExact(sum.values, sum.scale, targets)
  const sums =
    numbers ?? Float64Array.from(wide ?? [], (value) => (value === null ? NaN : Number(value)))
  return { sums, factor: 10 ** sum.scale }
}

/** Position of each number among the different ones, ascending; NaN for blank. */
export function ranksOf(values: readonly (bigint | null)[]): Float64Array {
  const different = [...new Set(values)].filter((value) => value !== null)
  const sorted = different.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const ranks = new Map(sorted.map((value, rank) => [value, rank]))
  return Float64Array.from(values, (value) => (value === null ? NaN : (ranks.get(value) ?? NaN)))
}

/** `-12345n` with scale 2 is `-123.45`. */
export function decimalText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const sign = value < 0n ? '-' : ''
  if (scale === 0) return sign + digits
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
