/** What formulas over shown cells read beside a cell. */
import type { CellAxis, CellDirection } from '../../expression/functions/cell-words.ts'
import type { CellFunction } from '../../expression/functions/function-id.ts'
import type { Axis } from '../show-as.ts'
import type { Cells } from './cells.ts'
import { adderOf } from './cells.ts'
import { ranks } from './ranks.ts'
import { running } from './running.ts'
import type { AmongSiblings, StageAxis, StageGrid } from './stage-grid.ts'
import { amongSiblings, eachAnswered, parentOf } from './stage-grid.ts'

export interface BesideAsk {
  readonly fn: CellFunction
  readonly axis: CellAxis
  readonly direction: CellDirection
  readonly window: number
}

/** Per cell the value the function reads, of the cells given; siblings are those under one parent, in the shown order. */
export function besideCells(cells: Cells, ask: BesideAsk, grid: StageGrid): Cells {
  const { axis } = ask
  switch (ask.fn) {
    case 'runningSum':
      return running(cells, { as: 'runningTotal', axis, reset: 'lowest' }, grid)
    case 'movingAverage': {
      const { window } = ask
      return running(cells, { as: 'movingAverage', axis, reset: 'lowest', window }, grid)
    }
    case 'rank': {
      const { direction } = ask
      return ranks(cells, { as: 'rank', axis, direction, ties: 'skip', within: 'parent' }, grid)
    }
    case 'rowTotal':
      return taken(cells, grid, (row) => grid.cellAt(row, 0))
    case 'columnTotal':
      return taken(cells, grid, (_row, column) => grid.cellAt(0, column))
    case 'grandTotal':
      return taken(cells, grid, () => grid.cellAt(0, 0))
    case 'parent':
      return fromLine(cells, grid, axis, parentOf)
    case 'previous':
    case 'next':
    case 'first':
    case 'last': {
      const { fn } = ask
      const among = amongSiblings(grid[axis])
      return fromLine(cells, grid, axis, (_edge, node) => siblingOf(among, node, fn))
    }
  }
}

type Sibling = 'previous' | 'next' | 'first' | 'last'

/** The grand total has none. */
function siblingOf(
  among: (node: number) => AmongSiblings,
  node: number,
  which: Sibling,
): number | undefined {
  if (node === 0) return undefined
  const { siblings, place } = among(node)
  switch (which) {
    case 'first':
      return siblings[0]
    case 'last':
      return siblings.at(-1)
    case 'previous':
      return siblings[place - 1]
    case 'next':
      return siblings[place + 1]
  }
}

function fromLine(
  cells: Cells,
  grid: StageGrid,
  axis: Axis,
  lineOf: (edge: StageAxis, node: number) => number | undefined,
): Cells {
  const known = new Map<number, number | undefined>()
  const line = (node: number): number | undefined => {
    if (!known.has(node)) known.set(node, lineOf(grid[axis], node))
    return known.get(node)
  }
  return taken(cells, grid, (row, column) => {
    const from = line(axis === 'rows' ? row : column)
    if (from === undefined) return undefined
    return axis === 'rows' ? grid.cellAt(from, column) : grid.cellAt(row, from)
  })
}

function taken(
  cells: Cells,
  grid: StageGrid,
  from: (row: number, column: number) => number | undefined,
): Cells {
  const adder = adderOf(cells)
  const made = new Array<number | bigint | null>(grid.cells).fill(null)
  eachAnswered(grid, (cell, row, column) => {
    const at = from(row, column)
    if (at !== undefined) made[cell] = adder.at(at)
  })
  return adder.collect(made)
}
