import type { Member } from '../../data/cell-value.ts'
import type { ShowAs } from '../show-as.ts'
import type { Cells } from './cells.ts'
import { adderOf, asNumbers, quotient } from './cells.ts'
import type { StageAxis, StageGrid } from './stage-grid.ts'
import { amongSiblings, ancestorAt, depthOf, eachAnswered, parentOf } from './stage-grid.ts'

type Difference = Extract<ShowAs, { as: 'difference' | 'percentDifference' }>

/** Blank outside the base field, where there is no base item, and where either of the two cells is blank. */
export function differences(cells: Cells, show: Difference, grid: StageGrid): Cells {
  const base = baseCells(show, grid)
  if (show.as === 'percentDifference') {
    const values = asNumbers(cells)
    const floats = new Float64Array(grid.cells).fill(NaN)
    base.forEach((of, cell) => {
      const from = values[of] ?? NaN
      floats[cell] = quotient((values[cell] ?? NaN) - from, from)
    })
    return { floats }
  }
  const adder = adderOf(cells)
  const made = new Array<number | bigint | null>(grid.cells).fill(null)
  base.forEach((of, cell) => {
    const [value, from] = [adder.at(cell), adder.at(of)]
    if (value !== null && from !== null) made[cell] = adder.subtract(value, from)
  })
  return adder.collect(made)
}

/** Shown cells by the cell they are compared with. */
function baseCells(show: Difference, grid: StageGrid): Map<number, number> {
  const { axis, level } = show.field
  const edge = grid[axis]
  const baseAmong = baseItem(edge, show.from)
  const known = new Map<number, number | undefined>()
  const baseOf = (node: number): number | undefined => {
    if (!known.has(node)) known.set(node, baseNode(edge, node, level + 1, baseAmong))
    return known.get(node)
  }
  const found = new Map<number, number>()
  eachAnswered(grid, (cell, row, column) => {
    const base = baseOf(axis === 'rows' ? row : column)
    if (base === undefined) return
    found.set(cell, axis === 'rows' ? grid.cellAt(base, column) : grid.cellAt(row, base))
  })
  return found
}

/** A number typed as text is the same member. */
const isSame = (a: Member, b: Member): boolean =>
  a === null || b === null ? a === b : String(a) === String(b)

/** The item a line is compared with, among its siblings. */
function baseItem(edge: StageAxis, from: Difference['from']): (node: number) => number | undefined {
  const among = amongSiblings(edge)
  if (typeof from !== 'object') {
    return (node) => {
      const { siblings, place } = among(node)
      return siblings[from === 'previous' ? place - 1 : place + 1]
    }
  }
  const named = new Map<number, number | undefined>()
  return (node) => {
    const parent = parentOf(edge, node)
    if (!named.has(parent)) {
      const { siblings } = among(node)
      named.set(
        parent,
        siblings.find((one) => isSame(edge.memberOf(one), from.member)),
      )
    }
    return named.get(parent)
  }
}

/** The line with the base item in place of its sibling, and the same members below it. */
function baseNode(
  edge: StageAxis,
  node: number,
  depth: number,
  baseAmong: (node: number) => number | undefined,
): number | undefined {
  const own = ancestorAt(edge, node, depth)
  if (own === undefined) return undefined
  let base = baseAmong(own)
  const below = edge.tree.pathOf(node).slice(depth, depthOf(edge, node))
  for (const member of below) {
    if (base === undefined) return undefined
    base = edge.tree.childOf(base, member)
  }
  return base
}
