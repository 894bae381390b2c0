/** Which days lines stand for where a top-N leaves some periods of a date: Others are those without a line beside it. */
import type { DaySpan } from '../../calendar/comparison.ts'
import { intersect, united } from '../member-span.ts'
import type { AxisTree } from './axis-tree.ts'
import type { CutPeriods } from './level-input.ts'

type Periods = ReadonlyMap<number, CutPeriods>
/** Undefined where nothing on a line says which days; null where it has none. */
type LineDays = readonly DaySpan[] | null | undefined

/** The days of the lines of one edge, whose keys begin at `from` among all. */
export function cutDays(
  tree: AxisTree,
  from: number,
  periods: Periods,
): (node: number) => LineDays {
  const known = new Map<number, LineDays>()
  const cut = [...periods].flatMap(([key, { isCut }]) => (isCut ? [key - from + 1] : []))
  const deepest = Math.max(0, ...cut.filter((depth) => depth > 0 && depth <= tree.depth))
  const daysOf = (node: number): LineDays => {
    if ((tree.depths[node] ?? 0) >= deepest) return ownDays(tree, from, periods, node)
    // Above periods of which some are left out there are only those that are left.
    const lines = linesBelow(tree, node, deepest)
    return united(lines.flatMap((line) => ownDays(tree, from, periods, line) ?? []))
  }
  return (node) => {
    if (!known.has(node)) known.set(node, daysOf(node))
    return known.get(node)
  }
}

function ownDays(tree: AxisTree, from: number, periods: Periods, node: number): LineDays {
  let days: readonly DaySpan[] | undefined
  for (let at = node; at > 0; at = tree.parents[at] ?? 0) {
    const of = periods.get(from + (tree.depths[at] ?? 0) - 1)
    if (!of) continue
    const member = tree.members[at] ?? -1
    const own = of.isOthers(member) ? of.restBeside(namedBeside(tree, at, of)) : [of.daysOf(member)]
    const told = united(own.flatMap((span) => span ?? []))
    days = days === undefined ? told : intersect(days, told)
  }
  return days?.length === 0 ? null : days
}

const namedBeside = (tree: AxisTree, node: number, { isOthers }: CutPeriods): number[] =>
  tree
    .childrenOf(tree.parents[node] ?? 0)
    .flatMap((one) => tree.members[one] ?? [])
    .filter((member) => !isOthers(member))

function linesBelow(tree: AxisTree, node: number, depth: number): number[] {
  if ((tree.depths[node] ?? 0) >= depth) return [node]
  return tree.childrenOf(node).flatMap((child) => linesBelow(tree, child, depth))
}
