import { AxisTree } from './axis-tree.ts'
import type { EmptyMembers, LevelRows, SpreadInput } from './level-input.ts'
import type { Targets } from './accumulate.ts'

/** Both edges of a query's finest level as trees, and where each leaf row stands on them. */
export interface CellGrid {
  readonly rows: AxisTree
  readonly columns: AxisTree
  readonly cells: number
  readonly targets: Targets
  cellAt(rowNode: number, columnNode: number): number
  /** Cell of each row of a level, -1 for a path no leaf has. */
  cellsOf(level: LevelRows): Int32Array
}

export interface GridDepths {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

export interface GridEmpties {
  readonly rows: EmptyMembers
  readonly columns: EmptyMembers
}

interface Placed {
  readonly tree: AxisTree
  /** Per wanted depth, the node of each leaf row. */
  readonly nodes: readonly Int32Array[]
}

function place(keys: readonly Int32Array[], count: number, depths: readonly number[]): Placed {
  const tree = new AxisTree(keys.length)
  const nodes = depths.map(() => new Int32Array(count))
  for (let row = 0; row < count; row++) {
    let node = 0
    for (let depth = 0; depth <= keys.length; depth++) {
      if (depth > 0) node = tree.child(node, keys[depth - 1]?.[row] ?? -1)
      const wanted = depths.indexOf(depth)
      const at = nodes[wanted]
      if (at) at[row] = node
    }
  }
  return { tree, nodes }
}

/** Items without data: an outer join, possible from a field on when all fields below it have their members listed too. */
function expand(tree: AxisTree, empties: EmptyMembers): void {
  let first = tree.depth
  while (first > 0 && empties[first - 1]) first--
  for (let node = 0; node < tree.size; node++) {
    const depth = tree.depths[node] ?? 0
    if (depth < first || depth >= tree.depth) continue
    for (const member of empties[depth]?.(tree.pathOf(node)) ?? []) tree.child(node, member)
  }
}

export function buildGrid(
  input: Pick<SpreadInput, 'leaf'>,
  depths: GridDepths,
  empties?: GridEmpties,
): CellGrid {
  const { leaf } = input
  const rows = place(leaf.keys.slice(0, leaf.rowDepth), leaf.count, depths.rows)
  const columns = place(leaf.keys.slice(leaf.rowDepth), leaf.count, depths.columns)
  if (empties) {
    expand(rows.tree, empties.rows)
    expand(columns.tree, empties.columns)
  }
  const width = columns.tree.size
  const cellAt = (rowNode: number, columnNode: number): number => rowNode * width + columnNode
  return {
    rows: rows.tree,
    columns: columns.tree,
    cells: rows.tree.size * width,
    cellAt,
    cellsOf: (level) => levelCells(level, rows.tree, columns.tree, cellAt),
    targets: {
      cells: rows.tree.size * width,
      forEach: (visit) => {
        for (const rowNodes of rows.nodes) {
          for (const columnNodes of columns.nodes) {
            for (let row = 0; row < leaf.count; row++) {
              visit(row, (rowNodes[row] ?? 0) * width + (columnNodes[row] ?? 0))
            }
          }
        }
      },
    },
  }
}

function levelCells(
  level: LevelRows,
  rows: AxisTree,
  columns: AxisTree,
  cellAt: (row: number, column: number) => number,
): Int32Array {
  const cells = new Int32Array(level.count)
  for (let row = 0; row < level.count; row++) {
    const path = level.keys.map((key) => key[row] ?? -1)
    const rowNode = rows.find(path.slice(0, level.rowDepth))
    const columnNode = columns.find(path.slice(level.rowDepth))
    cells[row] =
      rowNode === undefined || columnNode === undefined ? -1 : cellAt(rowNode, columnNode)
  }
  return cells
}
