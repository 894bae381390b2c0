import type { AxisSort, AxisTotals } from '../report-query.ts'
import type { AxisTree } from './axis-tree.ts'

export interface AxisOrderInput {
  readonly tree: AxisTree
  readonly totals: AxisTotals
  /** Per dimension of the edge. */
  readonly sorts: readonly (AxisSort | undefined)[]
  /** Per dimension, the rank of each member by caption; blank members have the highest. */
  readonly captionRanks: readonly Int32Array[]
  /** Per dimension, whether a member is the blank one. */
  readonly isBlank: (dimension: number, member: number) => boolean
  /** Value of a measure for a node over the whole other edge; NaN for blank. */
  readonly measureOf: (measure: string, node: number) => number
}

/** Nodes of an edge in display order: children, then their subtotal, the grand total last; without subtotals leaves only. */
export function displayOrder(input: AxisOrderInput): number[] {
  const { tree, totals } = input
  if (tree.depth === 0) return [0]
  const shown: number[] = []
  const visit = (node: number, depth: number): void => {
    if (depth === tree.depth) {
      shown.push(node)
      return
    }
    for (const child of sortedChildren(input, node, depth)) visit(child, depth + 1)
    if (totals === 'all' || (totals === 'grand' && depth === 0)) shown.push(node)
  }
  // An edge without any member shows nothing, not a lonely total.
  if (tree.size > 1) visit(0, 0)
  return shown
}

function sortedChildren(input: AxisOrderInput, node: number, dimension: number): number[] {
  const { tree, sorts, captionRanks, isBlank, measureOf } = input
  const children = tree.childrenOf(node)
  const sort = sorts[dimension] ?? { by: 'label', direction: 'ascending' }
  const sign = sort.direction === 'ascending' ? 1 : -1
  const memberOf = (child: number): number => tree.members[child] ?? -1
  const rankOf = (child: number): number => captionRanks[dimension]?.[memberOf(child)] ?? 0
  const values =
    sort.by === 'measure'
      ? new Map(children.map((child) => [child, measureOf(sort.measure, child)]))
      : undefined
  return children.sort((a, b) => {
    const blanks = Number(isBlank(dimension, memberOf(a))) - Number(isBlank(dimension, memberOf(b)))
    if (blanks !== 0) return blanks
    if (!values) return sign * (rankOf(a) - rankOf(b))
    return compareValues(values.get(a) ?? NaN, values.get(b) ?? NaN, sign) || rankOf(a) - rankOf(b)
  })
}

/** Blank values come last in both directions. */
function compareValues(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return sign * (a - b)
}
