import type { ShowAs } from '../show-as.ts'
import type { Cells } from './cells.ts'
import { asNumbers, quotient } from './cells.ts'
import type { StageAxis, StageGrid } from './stage-grid.ts'
import { ancestorAt, eachAnswered, parentOf } from './stage-grid.ts'

type Share = Extract<ShowAs, { as: 'percent' | 'percentOfParent' }>

/** Each cell as a share of another cell of the same measure; both are the measure over their own base rows. */
export function shares(cells: Cells, show: Share, grid: StageGrid): Cells {
  const values = asNumbers(cells)
  const floats = new Float64Array(grid.cells).fill(NaN)
  const whole = wholeOf(show, grid)
  eachAnswered(grid, (cell, row, column) => {
    const of = whole(row, column)
    if (of !== undefined) floats[cell] = quotient(values[cell] ?? NaN, values[of] ?? NaN)
  })
  return { floats }
}

/** The cell a cell is a share of; undefined where there is none. The grand total is its own parent. */
function wholeOf(
  show: Share,
  { rows, columns, cellAt }: StageGrid,
): (row: number, column: number) => number | undefined {
  if (show.as === 'percentOfParent') {
    const { axis, level } = show.field
    const above = (edge: StageAxis, node: number): number | undefined =>
      ancestorAt(edge, node, level + 1)
    return (row, column) => {
      const up = axis === 'rows' ? above(rows, row) : above(columns, column)
      if (up === undefined) return undefined
      return axis === 'rows' ? cellAt(up, column) : cellAt(row, up)
    }
  }
  switch (show.of) {
    case 'grand':
      return () => cellAt(0, 0)
    case 'row':
      return (row) => cellAt(row, 0)
    case 'column':
      return (_row, column) => cellAt(0, column)
    case 'parentRow':
      return (row, column) => cellAt(parentOf(rows, row), column)
    case 'parentColumn':
      return (row, column) => cellAt(row, parentOf(columns, column))
  }
}

/** Over 1 where a cell holds more than its row and its column together let expect. */
export function indexes(cells: Cells, grid: StageGrid): Cells {
  const values = asNumbers(cells)
  const at = (cell: number): number => values[cell] ?? NaN
  const floats = new Float64Array(grid.cells).fill(NaN)
  eachAnswered(grid, (cell, row, column) => {
    const expected = at(grid.cellAt(row, 0)) * at(grid.cellAt(0, column))
    floats[cell] = quotient(at(cell) * at(grid.cellAt(0, 0)), expected)
  })
  return { floats }
}
