import type { Axis, SecondPass } from '../show-as.ts'
import type { Cells } from './cells.ts'
import { adderOf, asNumbers } from './cells.ts'
import type { StageAxis, StageGrid } from './stage-grid.ts'
import { cellOn, depthOf, otherAxis } from './stage-grid.ts'

/** Totals of one edge made of the numbers shown right below them, from the innermost outwards; blanks count for nothing. */
export function secondPass(cells: Cells, axis: Axis, pass: SecondPass, grid: StageGrid): Cells {
  const edge = grid[axis]
  const totals = edge.answered.filter((node) => depthOf(edge, node) < edge.tree.depth)
  if (totals.length === 0) return cells
  const used: Cells = pass === 'average' ? { floats: asNumbers(cells, true) } : cells
  const adder = adderOf(used)
  const made = Array.from({ length: grid.cells }, (_, cell) => adder.at(cell))
  for (const node of totals) {
    const below = shownBelow(edge, node)
    for (const other of grid[otherAxis(axis)].answered) {
      const values = below
        .map((child) => made[cellOn(grid, axis, child, other)] ?? null)
        .filter((value) => value !== null)
      made[cellOn(grid, axis, node, other)] = combined(values, pass, adder.add)
    }
  }
  return adder.collect(made)
}

function combined(
  values: readonly (number | bigint)[],
  pass: SecondPass,
  add: (a: number | bigint, b: number | bigint) => number | bigint,
): number | bigint | null {
  const [first, ...others] = values
  if (first === undefined) return null
  switch (pass) {
    case 'sum':
      return others.reduce(add, first)
    case 'average':
      return Number(others.reduce(add, first)) / values.length
    case 'min':
      return others.reduce((least, value) => (value < least ? value : least), first)
    case 'max':
      return others.reduce((most, value) => (value > most ? value : most), first)
  }
}

/** The lines a total stands under: its children, or the leaves where no subtotal is shown between. */
function shownBelow(edge: StageAxis, node: number): number[] {
  const shown = new Set(edge.answered.filter((one) => !edge.aside.has(one)))
  const below: number[] = []
  const visit = (at: number): void => {
    for (const child of edge.children(at)) {
      if (shown.has(child)) below.push(child)
      else visit(child)
    }
  }
  visit(node)
  return below
}
