import type { ShowAs } from '../show-as.ts'
import type { Cells } from './cells.ts'
import { comparable } from './cells.ts'
import type { StageAxis, StageGrid } from './stage-grid.ts'
import { cellOn, depthOf, otherAxis, parentOf, answeredDepths } from './stage-grid.ts'

type Rank = Extract<ShowAs, { as: 'rank' }>

/** Blank values have no rank, nor have Others and the grand total: they are no member among members. */
export function ranks(cells: Cells, show: Rank, grid: StageGrid): Cells {
  const values = comparable(cells)
  const edge = grid[show.axis]
  const numbers = new Float64Array(grid.cells).fill(NaN)
  const sign = show.direction === 'ascending' ? 1 : -1
  for (const group of groupsOf(edge, show.within ?? 'parent')) {
    for (const other of grid[otherAxis(show.axis)].answered) {
      const ranked = group
        .map((node) => cellOn(grid, show.axis, node, other))
        .filter((cell) => !Number.isNaN(values[cell] ?? NaN))
        .sort((a, b) => sign * ((values[a] ?? NaN) - (values[b] ?? NaN)))
      let rank = 0
      ranked.forEach((cell, place) => {
        const before = ranked[place - 1]
        const tied = before !== undefined && values[before] === values[cell]
        if (!tied) rank = show.ties === 'dense' ? rank + 1 : place + 1
        numbers[cell] = rank
      })
    }
  }
  return { exact: { scale: 0, numbers } }
}

function groupsOf(edge: StageAxis, within: 'parent' | 'all'): readonly (readonly number[])[] {
  const wanted = new Set(answeredDepths(edge).filter((depth) => depth > 0))
  const groups = new Map<number, number[]>()
  edge.tree.parents.forEach((_parent, node) => {
    const depth = depthOf(edge, node)
    if (!wanted.has(depth) || edge.isOthers(node)) return
    const key = within === 'all' ? -depth : parentOf(edge, node)
    const list = groups.get(key)
    if (list) list.push(node)
    else groups.set(key, [node])
  })
  return [...groups.values()]
}
