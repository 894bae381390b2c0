import type { Cells } from '../stage/cells.ts'
import type { ExactCells } from './accumulate.ts'
import { extremeExact, extremeNumbers, means, sumExact, sumFloats } from './accumulate.ts'
import { carriedCells } from './carried.ts'
import type { CellGrid } from './cell-grid.ts'
import type { MeasureInput, MeasureSpec } from './level-input.ts'

/** A measure on every cell of the grid, subtotals and totals from their own base rows. */
function measureCells(input: MeasureInput, grid: CellGrid): Cells {
  const { targets } = grid
  switch (input.kind) {
    case 'exactSum':
      return { exact: sumExact(input.values, input.scale, targets) }
    case 'floatSum':
      return { floats: sumFloats(input.values, targets) }
    case 'mean':
      return { floats: means(input, targets) }
    case 'extreme':
      return { exact: extremeExact(input.of, input.values, input.scale, targets) }
    case 'extremeFloat':
      return { floats: extremeNumbers(input.of, input.values, targets) }
    case 'perLevel':
      return { floats: givenCells(input, grid) }
    case 'exactPerLevel':
      return { exact: exactGiven(input, grid) }
    case 'carried':
      return carriedCells(input, grid)
  }
}

/** The same, blank where there are no rows but for what stands without any. */
export function presentCells(
  { input, elsewhere }: MeasureSpec,
  grid: CellGrid,
  present: Float64Array,
): Cells {
  const cells = measureCells(input, grid)
  return elsewhere || input.kind === 'carried' ? cells : blankWhereNowhere(cells, present)
}

function exactGiven(
  { levels, scale }: Extract<MeasureInput, { kind: 'exactPerLevel' }>,
  grid: CellGrid,
): ExactCells {
  if (levels.every(({ values }) => values instanceof Float64Array)) {
    const numbers = new Float64Array(grid.cells).fill(NaN)
    for (const level of levels) {
      const { values } = level
      grid.cellsOf(level).forEach((cell, row) => {
        if (cell >= 0) numbers[cell] = Number(values[row] ?? NaN)
      })
    }
    return { scale, numbers }
  }
  const wide = new Array<bigint | null>(grid.cells).fill(null)
  for (const level of levels) {
    const { values } = level
    grid.cellsOf(level).forEach((cell, row) => {
      const value = values[row] ?? null
      if (cell >= 0 && value !== null && !Number.isNaN(value)) wide[cell] = BigInt(value)
    })
  }
  return { scale, wide }
}

function givenCells(
  input: Extract<MeasureInput, { kind: 'perLevel' }>,
  grid: CellGrid,
): Float64Array {
  const cells = new Float64Array(grid.cells).fill(NaN)
  for (const level of input.levels) {
    grid.cellsOf(level).forEach((cell, row) => {
      if (cell >= 0) cells[cell] = level.values[row] ?? NaN
    })
  }
  return cells
}

/** Cells without base rows are blank, whatever the measure; cells whose rows hold only blanks keep the measure's own answer. */
function blankWhereNowhere(cells: Cells, present: Float64Array): Cells {
  const here = (cell: number): boolean => (present[cell] ?? 0) > 0
  const kept = (values: Float64Array): Float64Array =>
    values.map((value, cell) => (here(cell) ? value : NaN))
  if (cells.floats) return { floats: kept(cells.floats) }
  const { scale, numbers, wide } = cells.exact
  return numbers
    ? { exact: { scale, numbers: kept(numbers) } }
    : { exact: { scale, wide: (wide ?? []).map((value, cell) => (here(cell) ? value : null)) } }
}
