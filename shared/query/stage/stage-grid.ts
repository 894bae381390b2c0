import type { Member } from '../../data/cell-value.ts'
import type { AxisTree } from '../spread/axis-tree.ts'
import type { Axis } from '../show-as.ts'

/** One edge as the second stage sees it: its members in display order, whatever is collapsed or cut off on the screen. */
export interface StageAxis {
  readonly tree: AxisTree
  /** Children of a node in display order. */
  readonly children: (node: number) => readonly number[]
  /** Lines of the answer in display order: a total after what it is of. */
  readonly answered: readonly number[]
  /** Those that are not shown while their group is open: numbers made of shown numbers know nothing of them. */
  readonly aside: ReadonlySet<number>
  readonly memberOf: (node: number) => Member
  readonly isOthers: (node: number) => boolean
}

export interface StageGrid {
  readonly rows: StageAxis
  readonly columns: StageAxis
  readonly cells: number
  readonly cellAt: (row: number, column: number) => number
}

export function depthOf({ tree }: StageAxis, node: number): number {
  return tree.depths[node] ?? 0
}

/** The node itself or the one above it at a depth; undefined for a depth below its own. */
export function ancestorAt(axis: StageAxis, node: number, depth: number): number | undefined {
  let at = node
  if (depthOf(axis, at) < depth) return undefined
  while (depthOf(axis, at) > depth) at = axis.tree.parents[at] ?? 0
  return at
}

export function parentOf({ tree }: StageAxis, node: number): number {
  return Math.max(0, tree.parents[node] ?? 0)
}

/** A cell by its node on `axis` and its node on the other edge. */
export function cellOn(grid: StageGrid, axis: Axis, node: number, other: number): number {
  return axis === 'rows' ? grid.cellAt(node, other) : grid.cellAt(other, node)
}

export const otherAxis = (axis: Axis): Axis => (axis === 'rows' ? 'columns' : 'rows')

export function eachAnswered(
  { rows, columns, cellAt }: StageGrid,
  visit: (cell: number, row: number, column: number) => void,
): void {
  for (const row of rows.answered)
    for (const column of columns.answered) visit(cellAt(row, column), row, column)
}

/** Depths of the lines of the answer. */
export function answeredDepths(axis: StageAxis): number[] {
  return [...new Set(axis.answered.map((node) => depthOf(axis, node)))]
}

export interface AmongSiblings {
  readonly siblings: readonly number[]
  readonly place: number
}

/** Where each line stands among its siblings; their list is read once, however many they are. */
export function amongSiblings(axis: StageAxis): (node: number) => AmongSiblings {
  const known = new Map<number, { siblings: readonly number[]; places: Map<number, number> }>()
  return (node) => {
    const parent = parentOf(axis, node)
    let found = known.get(parent)
    if (!found) {
      const siblings = axis.children(parent)
      found = { siblings, places: new Map(siblings.map((one, place) => [one, place])) }
      known.set(parent, found)
    }
    return { siblings: found.siblings, place: found.places.get(node) ?? -1 }
  }
}
