import type { Member } from '../../data/cell-value.ts'
import { othersMember } from '../../data/cell-value.ts'
import type { Outcome } from '../../errors.ts'
import { fail, ok } from '../../errors.ts'
import { doubleType } from '../../expression/value-type.ts'
import type { ValueColumn } from '../query-result.ts'
import type { Measure, ReportQuery } from '../report-query.ts'
import { measureName } from '../report-query.ts'
import type { Axis } from '../show-as.ts'
import type { Cells } from '../stage/cells.ts'
import { comparable } from '../stage/cells.ts'
import { showCells } from '../stage/show-cells.ts'
import type { StageAxis, StageGrid } from '../stage/stage-grid.ts'
import { addCounts, decimalText } from './accumulate.ts'
import { displayOrder, sortedTree } from './axis-order.ts'
import type { AxisTree } from './axis-tree.ts'
import type { CellGrid, GridEmpties } from './cell-grid.ts'
import { buildGrid } from './cell-grid.ts'
import type { FormulaCells, SpreadFormula } from './formula-cells.ts'
import { readerOf } from './formula-cells.ts'
import { FormulaMeasures } from './formula-measures.ts'
import type { SpreadInput } from './level-input.ts'
import { presentCells } from './measure-cells.ts'
import type { MemberList } from './member-index.ts'
import { captionOrder } from './member-index.ts'
import { edgesSortedByCells, withoutCellSorts } from './order-readers.ts'
import { totalsOverAll } from './totals-over-all.ts'
import { wantedDepths } from './wanted-depths.ts'

export interface SpreadOptions {
  readonly query: Pick<ReportQuery, 'rows' | 'columns' | 'totals' | 'measures'>
  /** Cells, subtotals included, above which the question is refused. */
  readonly maxCells: number
  /** Measures computed from others, each after those it is computed from. */
  readonly formulas?: readonly SpreadFormula[]
  /** What LASTDAY() gives in them. */
  readonly lastDay?: number | null
  /** Members that have a line without rows. */
  readonly empties?: GridEmpties | undefined
  /** The same question with the filters on its edges left out, over the same member lists: its totals are shown instead. */
  readonly unfiltered?: SpreadInput | undefined
  /** The answer is computed with further: quotients keep all their digits, written out. */
  readonly allDigits?: boolean | undefined
}

export interface Spread {
  readonly rowPaths: readonly (readonly Member[])[]
  readonly columnPaths: readonly (readonly Member[])[]
  /** Places of lines that are not shown but where their group is folded. */
  readonly aside: { readonly rows: readonly number[]; readonly columns: readonly number[] }
  /** Of the measures that are not hidden, in their order. */
  readonly cells: readonly ValueColumn[]
  readonly baseRows: number
}

/** Lays the engine's levels out as a crosstab in display order; linear in leaf rows times levels, and in cells. */
export function spread(
  input: SpreadInput,
  options: SpreadOptions,
): Outcome<Spread, 'query/tooLarge'> {
  const { query } = options
  const depths = { rows: wantedDepths(query, 'rows'), columns: wantedDepths(query, 'columns') }
  const grid = buildGrid(input, depths, options.empties)
  if (grid.cells > options.maxCells) {
    return fail('query/tooLarge', {
      reason: 'cells',
      rows: grid.rows.size,
      columns: grid.columns.size,
      cells: grid.cells,
      limit: options.maxCells,
    })
  }
  const present = addCounts(input.leafRows, grid.targets)
  const own = input.measures.map((spec) => presentCells(spec, grid, present))
  const values = options.unfiltered ? totalsOverAll(own, grid, options.unfiltered, depths) : own
  const formulas = new FormulaMeasures(options, grid.cells)
  for (const [index, { name }] of input.measures.entries()) formulas.put(name, values[index])
  formulas.computeAggregates((cell) => (present[cell] ?? 0) > 0)
  if (edgesSortedByCells(query).length > 0) {
    // What such a formula says depends on the members beside each other, not on their order.
    const before = stageOf(input, withoutCellSorts(query), grid, formulas.numeric)
    formulas.computeOverCells(query, before)
  }
  const stage = stageOf(input, query, grid, formulas.numeric)
  formulas.computeOverCells(query, stage)
  const picked = pickCells(stage)
  const shown = query.measures.flatMap((measure) => {
    const cells = formulas.get(measureName(measure))
    return cells && measure.hidden !== true
      ? [shownColumn(cells, measure, stage, { picked, allDigits: options.allDigits === true })]
      : []
  })
  const paths = (axis: StageAxis, lists: readonly MemberList[]): Member[][] =>
    axis.answered.map((node) => membersOf(axis.tree, node, lists))
  return ok({
    rowPaths: paths(stage.rows, input.rowMembers),
    columnPaths: paths(stage.columns, input.columnMembers),
    aside: { rows: asideOf(stage.rows), columns: asideOf(stage.columns) },
    cells: shown,
    baseRows: input.leafRows.reduce((sum, count) => sum + count, 0),
  })
}

const asideOf = ({ answered, aside }: StageAxis): number[] =>
  answered.flatMap((node, line) => (aside.has(node) ? [line] : []))

function shownColumn(
  cells: FormulaCells,
  measure: Measure,
  stage: StageGrid,
  output: Output,
): ValueColumn {
  const { picked } = output
  if ('texts' in cells) {
    const { writing, texts } = cells
    return { kind: 'text', writing, values: Array.from(picked, (cell) => texts[cell] ?? null) }
  }
  const column = outputColumn(showCells(cells, measure, stage), output)
  if (measure.blankAs !== 'zero') return column
  if (column.kind === 'text') {
    return { ...column, values: column.values.map((value) => value ?? '0') }
  }
  return { ...column, values: column.values.map((value) => (Number.isNaN(value) ? 0 : value)) }
}

function stageOf(
  input: SpreadInput,
  query: SpreadOptions['query'],
  grid: CellGrid,
  byName: ReadonlyMap<string, Cells | undefined>,
): StageGrid {
  const doubles = new Map<string, Float64Array>()
  const numbersOf = (name: string): Float64Array => {
    const known = doubles.get(name)
    if (known) return known
    const cells = byName.get(name)
    const made = cells ? comparable(cells) : new Float64Array()
    doubles.set(name, made)
    return made
  }
  const axis = (name: Axis): StageAxis => {
    const tree = grid[name]
    const lists = name === 'rows' ? input.rowMembers : input.columnMembers
    const across = name === 'rows' ? grid.columns : grid.rows
    const acrossLists = name === 'rows' ? input.columnMembers : input.rowMembers
    const memberOf = (node: number): Member =>
      lists[(tree.depths[node] ?? 0) - 1]?.members[tree.members[node] ?? -1] ?? null
    const children = sortedTree({
      tree,
      sorts: query[name].map((use) => use.sort),
      captionRanks: lists.map(captionOrder),
      memberOf,
      valueOf: (sort, node) => {
        const line = lineOf(across, acrossLists, sort.at ?? [])
        if (line === undefined) return NaN
        const cell = name === 'rows' ? grid.cellAt(node, line) : grid.cellAt(line, node)
        return numbersOf(sort.measure)[cell] ?? NaN
      },
    })
    const order = displayOrder(tree, children, {
      totals: query.totals[name],
      hidesSingles: query.totals.singles === 'hide',
      aside: query.totals.aside?.includes(name) === true,
    })
    return {
      tree,
      children,
      ...order,
      memberOf,
      isOthers: (node) => node > 0 && memberOf(node) === othersMember,
    }
  }
  return {
    rows: axis('rows'),
    columns: axis('columns'),
    cells: grid.cells,
    cellAt: (row, column) => grid.cellAt(row, column),
  }
}

/** The line of an edge that has a path; undefined where no row has it. */
function lineOf(
  tree: AxisTree,
  lists: readonly MemberList[],
  path: readonly Member[],
): number | undefined {
  return tree.find(path.map((member, depth) => lists[depth]?.members.indexOf(member) ?? -1))
}

function membersOf(tree: AxisTree, node: number, lists: readonly MemberList[]): Member[] {
  return tree.pathOf(node).map((member, dimension) => lists[dimension]?.members[member] ?? null)
}

function pickCells({ rows, columns, cellAt }: StageGrid): Int32Array {
  const picked = new Int32Array(rows.answered.length * columns.answered.length)
  let at = 0
  for (const row of rows.answered) {
    for (const column of columns.answered) picked[at++] = cellAt(row, column)
  }
  return picked
}

/** Quotients have more digits than an answer writes exactly: they leave as the nearest double. */
const longestScale = 6

interface Output {
  readonly picked: Int32Array
  readonly allDigits: boolean
}

function outputColumn(cells: Cells, { picked, allDigits }: Output): ValueColumn {
  if (cells.floats) return { kind: 'number', values: pickNumbers(cells.floats, picked) }
  const { scale, numbers, wide } = cells.exact
  if (scale > longestScale && !allDigits) {
    const read = readerOf(cells, doubleType)
    return {
      kind: 'number',
      values: Float64Array.from(picked, (cell) => Number(read(cell) ?? NaN)),
    }
  }
  if (numbers && scale <= longestScale)
    return { kind: 'scaled', scale, values: pickNumbers(numbers, picked) }
  return {
    kind: 'text',
    writing: 'decimal',
    values: Array.from(picked, (cell) => {
      const value = wide?.[cell] ?? numbers?.[cell] ?? NaN
      return Number.isNaN(value) ? null : decimalText(BigInt(value), scale)
    }),
  }
}

function pickNumbers(values: Float64Array, picked: Int32Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(picked, (cell) => values[cell] ?? NaN)
}
