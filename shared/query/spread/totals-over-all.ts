import type { Cells } from '../stage/cells.ts'
import { adderOf } from '../stage/cells.ts'
import { addCounts } from './accumulate.ts'
import type { AxisTree } from './axis-tree.ts'
import type { CellGrid, GridDepths } from './cell-grid.ts'
import { buildGrid } from './cell-grid.ts'
import type { SpreadInput } from './level-input.ts'
import { presentCells } from './measure-cells.ts'

/** Totals of the visible question replaced by those of the same paths over all members. */
export function totalsOverAll(
  own: readonly Cells[],
  grid: CellGrid,
  all: SpreadInput,
  depths: GridDepths,
): Cells[] {
  const whole = buildGrid(all, depths)
  const present = addCounts(all.leafRows, whole.targets)
  const rows = places(grid.rows, whole.rows)
  const columns = places(grid.columns, whole.columns)
  return own.map((cells, index) => {
    const measure = all.measures[index]
    if (!measure) return cells
    const over = presentCells(measure, whole, present)
    const [visible, complete] = [adderOf(cells), adderOf(over)]
    const values = Array.from({ length: grid.cells }, (_, cell) => visible.at(cell))
    for (let row = 0; row < grid.rows.size; row++) {
      for (let column = 0; column < grid.columns.size; column++) {
        if (!isTotal(grid.rows, row) && !isTotal(grid.columns, column)) continue
        const [r, c] = [rows[row] ?? -1, columns[column] ?? -1]
        if (r >= 0 && c >= 0) values[grid.cellAt(row, column)] = complete.at(whole.cellAt(r, c))
      }
    }
    // Whichever of the two needs big integers, both are read as such.
    return (isWide(over) ? complete : visible).collect(values)
  })
}

const isWide = ({ exact }: Cells): boolean => exact?.wide !== undefined

const isTotal = (tree: AxisTree, node: number): boolean => (tree.depths[node] ?? 0) < tree.depth

/** Where each line of one tree stands in another with the same member lists. */
function places(from: AxisTree, to: AxisTree): Int32Array {
  return Int32Array.from({ length: from.size }, (_, node) => to.find(from.pathOf(node)) ?? -1)
}
