import type { Member } from '../../data/cell-value.ts'
import type { Outcome } from '../../errors.ts'
import { fail, ok } from '../../errors.ts'
import type { ValueColumn } from '../query-result.ts'
import type { AxisField, AxisTotals } from '../report-query.ts'
import type { ExactCells } from './accumulate.ts'
import {
  addCounts,
  decimalText,
  extremeExact,
  extremeNumbers,
  means,
  ranksOf,
  sumExact,
  sumFloats,
} from './accumulate.ts'
import { displayOrder } from './axis-order.ts'
import type { AxisTree } from './axis-tree.ts'
import type { CellGrid } from './cell-grid.ts'
import { buildGrid } from './cell-grid.ts'
import type { MeasureInput, SpreadInput } from './level-input.ts'
import type { MemberList } from './member-index.ts'
import { captionOrder } from './member-index.ts'
import { wantedDepths } from './wanted-depths.ts'

export interface SpreadOptions {
  readonly rows: readonly AxisField[]
  readonly columns: readonly AxisField[]
  readonly totals: { readonly rows: AxisTotals; readonly columns: AxisTotals }
  /** Cells, subtotals included, above which the question is refused. */
  readonly maxCells: number
}

export interface Spread {
  readonly rowPaths: readonly (readonly Member[])[]
  readonly columnPaths: readonly (readonly Member[])[]
  readonly cells: readonly ValueColumn[]
  readonly baseRows: number
}

/** Lays the engine's levels out as a crosstab in display order; linear in leaf rows times levels, and in cells. */
export function spread(
  input: SpreadInput,
  options: SpreadOptions,
): Outcome<Spread, 'query/tooLarge'> {
  const grid = buildGrid(input, {
    rows: wantedDepths(options.rows, options.totals.rows, options.columns),
    columns: wantedDepths(options.columns, options.totals.columns, options.rows),
  })
  if (grid.cells > options.maxCells) {
    return fail('query/tooLarge', {
      rows: grid.rows.size,
      columns: grid.columns.size,
      cells: grid.cells,
      limit: options.maxCells,
    })
  }
  const present = addCounts(input.leafRows, grid.targets)
  const values = input.measures.map((measure) => measureCells(measure.input, grid))
  const byName = new Map(input.measures.map((measure, index) => [measure.name, values[index]]))
  const order = (tree: AxisTree, axis: 'rows' | 'columns'): number[] =>
    orderAxis(tree, axis, input, options, grid, byName)
  const rowOrder = order(grid.rows, 'rows')
  const columnOrder = order(grid.columns, 'columns')
  const picked = pickCells(grid, rowOrder, columnOrder)
  return ok({
    rowPaths: rowOrder.map((node) => membersOf(grid.rows, node, input.rowMembers)),
    columnPaths: columnOrder.map((node) => membersOf(grid.columns, node, input.columnMembers)),
    cells: values.map((value) => outputColumn(value, picked, present)),
    baseRows: input.leafRows.reduce((sum, count) => sum + count, 0),
  })
}

type Cells =
  { readonly exact: ExactCells } | { readonly floats: Float64Array; readonly zero?: true }

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
  }
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

function orderAxis(
  tree: AxisTree,
  axis: 'rows' | 'columns',
  input: SpreadInput,
  options: SpreadOptions,
  grid: CellGrid,
  byName: ReadonlyMap<string, Cells | undefined>,
): number[] {
  const lists = axis === 'rows' ? input.rowMembers : input.columnMembers
  const doubles = new Map<string, Float64Array>()
  const numbersOf = (name: string): Float64Array => {
    const known = doubles.get(name)
    if (known) return known
    const cells = byName.get(name)
    const made = !cells
      ? new Float64Array()
      : 'exact' in cells
        ? sortable(cells.exact)
        : cells.floats
    doubles.set(name, made)
    return made
  }
  return displayOrder({
    tree,
    totals: options.totals[axis],
    sorts: options[axis].map((use) => use.sort),
    captionRanks: lists.map(captionOrder),
    isBlank: (dimension, member) => (lists[dimension]?.members[member] ?? null) === null,
    measureOf: (name, node) =>
      numbersOf(name)[axis === 'rows' ? grid.cellAt(node, 0) : grid.cellAt(0, node)] ?? NaN,
  })
}

/** Numbers in the order of the cells: a factor is no matter, and those no double tells apart are ranked. */
function sortable({ numbers, wide }: ExactCells): Float64Array {
  return numbers ?? ranksOf(wide ?? [])
}

function membersOf(tree: AxisTree, node: number, lists: readonly MemberList[]): Member[] {
  return tree.pathOf(node).map((member, dimension) => lists[dimension]?.members[member] ?? null)
}

function pickCells(
  grid: CellGrid,
  rows: readonly number[],
  columns: readonly number[],
): Int32Array {
  const picked = new Int32Array(rows.length * columns.length)
  let at = 0
  for (const row of rows) for (const column of columns) picked[at++] = grid.cellAt(row, column)
  return picked
}

/** Cells without base rows are blank, whatever the measure; cells whose rows hold only blanks keep the measure's own answer. */
function outputColumn(cells: Cells, picked: Int32Array, present: Float64Array): ValueColumn {
  const here = (cell: number): boolean => (present[cell] ?? 0) > 0
  if ('floats' in cells) {
    return { kind: 'number', values: pickNumbers(cells.floats, picked, here) }
  }
  const { scale, numbers, wide } = cells.exact
  if (numbers) return { kind: 'scaled', scale, values: pickNumbers(numbers, picked, here) }
  return {
    kind: 'text',
    writing: 'decimal',
    values: Array.from(picked, (cell) => {
      const value = wide?.[cell] ?? null
      return value === null || !here(cell) ? null : decimalText(value, scale)
    }),
  }
}

function pickNumbers(
  values: Float64Array,
  picked: Int32Array,
  here: (cell: number) => boolean,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(picked, (cell) => (here(cell) ? (values[cell] ?? NaN) : NaN))
}
