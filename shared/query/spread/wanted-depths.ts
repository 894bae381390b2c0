import { axisNamed } from '../../expression/functions/cell-words.ts'
import { parseFormula } from '../../expression/parser.ts'
import type { Tree } from '../../expression/tree.ts'
import { partsOf } from '../../expression/tree.ts'
import type { AxisField, Measure, ReportQuery } from '../report-query.ts'
import type { Axis, ShowAs } from '../show-as.ts'

/** What of a question decides which subtotals are needed. */
export type DepthAsk = Pick<ReportQuery, 'rows' | 'columns' | 'totals'> & {
  readonly measures: readonly Pick<Measure, 'show' | 'aggregate' | 'formula'>[]
}

const other = (axis: Axis): Axis => (axis === 'rows' ? 'columns' : 'rows')

/**
 * Depths of an edge that are shown, whose subtotals decide an order, or that others are shown as a share of; the grand total
 * of one edge sorts the other.
 */
export function wantedDepths(ask: DepthAsk, axis: Axis): number[] {
  const depths = shownDepths(ask, axis)
  for (const { show, aggregate, formula = '' } of ask.measures) {
    if (aggregate === 'cells') {
      for (const depth of readDepths(formula, ask, axis, [...depths])) depths.add(depth)
    }
    if (show) for (const depth of comparedDepths(show, axis, [...depths])) depths.add(depth)
  }
  ask[axis].forEach((use, index) => {
    if (use.sort?.by === 'measure') depths.add(index + 1)
  })
  for (const { sort } of ask[other(axis)]) {
    if (sort?.by === 'measure') depths.add(Math.min(ask[axis].length, sort.at?.length ?? 0))
  }
  return [...depths].filter((depth) => depth <= ask[axis].length).sort((a, b) => a - b)
}

function shownDepths(ask: DepthAsk, axis: Axis): Set<number> {
  const fields: readonly AxisField[] = ask[axis]
  const depths = new Set([fields.length])
  const totals = ask.totals[axis]
  if (totals === 'grand') depths.add(0)
  if (totals === 'all') depths.add(0)
  const subtotals = totals === 'all' || ask.totals.aside?.includes(axis) === true
  if (subtotals) for (let depth = 1; depth < fields.length; depth++) depths.add(depth)
  return depths
}

/** Where a formula over shown cells reads beside a cell. */
function readDepths(
  formula: string,
  ask: DepthAsk,
  axis: Axis,
  shown: readonly number[],
): number[] {
  const parsed = parseFormula(formula)
  const usual: Axis = ask.rows.length > 0 ? 'rows' : 'columns'
  const depths: number[] = []
  const visit = (tree: Tree): void => {
    if (tree.kind === 'call') {
      const { fn, args } = tree
      const grand = fn === 'grandTotal' || fn === (axis === 'columns' ? 'rowTotal' : 'columnTotal')
      if (grand) depths.push(0)
      const [, word] = args
      const along = (word?.kind === 'text' ? axisNamed(word.text) : undefined) ?? usual
      if (fn === 'parent' && along === axis) {
        depths.push(...shown.map((depth) => Math.max(0, depth - 1)))
      }
    }
    for (const part of partsOf(tree)) visit(part)
  }
  if (parsed.ok) visit(parsed.value)
  return depths
}

/** Where the numbers stand that a cell of the shown depths is compared with. */
function comparedDepths(show: ShowAs, axis: Axis, shown: readonly number[]): number[] {
  switch (show.as) {
    case 'index':
      return [0]
    case 'percent':
      if (show.of === 'grand') return [0]
      if (show.of === 'row') return axis === 'columns' ? [0] : []
      if (show.of === 'column') return axis === 'rows' ? [0] : []
      return (show.of === 'parentRow') === (axis === 'rows')
        ? shown.map((depth) => Math.max(0, depth - 1))
        : []
    case 'percentOfParent':
      return show.field.axis === axis ? [show.field.level + 1] : []
    default:
      return []
  }
}
