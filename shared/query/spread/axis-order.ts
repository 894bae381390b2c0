import type { Member } from '../../data/cell-value.ts'
import { othersMember } from '../../data/cell-value.ts'
import type { AxisSort, AxisTotals } from '../report-query.ts'
import type { AxisTree } from './axis-tree.ts'

export interface AxisOrderInput {
  readonly tree: AxisTree
  /** Per dimension of the edge. */
  readonly sorts: readonly (AxisSort | undefined)[]
  /** Per dimension, the rank of each member by caption. */
  readonly captionRanks: readonly Int32Array[]
  readonly memberOf: (node: number) => Member
  /** What a node is sorted by; NaN for blank. */
  readonly valueOf: (sort: Extract<AxisSort, { by: 'measure' }>, node: number) => number
}

/** Children of every node in display order. */
export function sortedTree(input: AxisOrderInput): (node: number) => readonly number[] {
  const { tree } = input
  const known = new Map<number, readonly number[]>()
  return (node) => {
    const found = known.get(node)
    if (found) return found
    const depth = tree.depths[node] ?? 0
    const children = depth < tree.depth ? sortedChildren(input, node, depth) : []
    known.set(node, children)
    return children
  }
}

export interface TotalsAsked {
  readonly totals: AxisTotals
  readonly hidesSingles: boolean
  /** Subtotals stand in the order also where they are not shown. */
  readonly aside: boolean
}

/** Nodes of an edge: children, then their subtotal, the grand total last; without subtotals leaves only. */
export function displayOrder(
  tree: AxisTree,
  children: (node: number) => readonly number[],
  { totals, hidesSingles, aside }: TotalsAsked,
): { readonly answered: readonly number[]; readonly aside: ReadonlySet<number> } {
  const hidden = new Set<number>()
  if (tree.depth === 0) return { answered: [0], aside: hidden }
  const shown: number[] = []
  const visit = (node: number, depth: number): void => {
    if (depth === tree.depth) {
      shown.push(node)
      return
    }
    const below = children(node)
    for (const child of below) visit(child, depth + 1)
    const asked = totals === 'all' || (totals === 'grand' && depth === 0)
    const single = hidesSingles && depth > 0 && below.length === 1
    if (asked && !single) shown.push(node)
    else if (aside && depth > 0) {
      hidden.add(node)
      shown.push(node)
    }
  }
  // An edge without any member shows nothing, not a lonely total.
  if (tree.size > 1) visit(0, 0)
  return { answered: shown, aside: hidden }
}

/** The blank member comes after all others, Others after that. */
const trailing = (member: Member): number => (member === null ? 1 : member === othersMember ? 2 : 0)

function sortedChildren(input: AxisOrderInput, node: number, dimension: number): number[] {
  const { tree, sorts, captionRanks, memberOf, valueOf } = input
  const children = tree.childrenOf(node)
  const sort = sorts[dimension] ?? { by: 'label', direction: 'ascending' }
  const sign = sort.by === 'list' || sort.direction === 'ascending' ? 1 : -1
  const ranks = captionRanks[dimension]
  const rankOf = (child: number): number => ranks?.[tree.members[child] ?? -1] ?? 0
  const last = children.filter((child) => trailing(memberOf(child)) > 0)
  const others = last.length === 0 ? children : children.filter((child) => !last.includes(child))
  const values = keysOf(sort, others, memberOf, valueOf)
  const sorted = values
    ? others.sort(
        (a, b) =>
          compareValues(values.get(a) ?? NaN, values.get(b) ?? NaN, sign) || rankOf(a) - rankOf(b),
      )
    : byRank(others, rankOf, ranks)
  if (!values && sign < 0) sorted.reverse()
  return [...sorted, ...last.sort((a, b) => trailing(memberOf(a)) - trailing(memberOf(b)))]
}

/** Every member has a rank of its own: many are put at their places, without comparing. */
function byRank(
  children: number[],
  rankOf: (child: number) => number,
  ranks: Int32Array | undefined,
): number[] {
  if (ranks === undefined || children.length * 8 < ranks.length)
    return children.sort((a, b) => rankOf(a) - rankOf(b))
  const places = new Int32Array(ranks.length).fill(-1)
  for (const child of children) places[rankOf(child)] = child
  return Array.from(places.filter((child) => child >= 0))
}

function keysOf(
  sort: AxisSort,
  children: readonly number[],
  memberOf: AxisOrderInput['memberOf'],
  valueOf: AxisOrderInput['valueOf'],
): ReadonlyMap<number, number> | undefined {
  switch (sort.by) {
    case 'label':
      return undefined
    case 'measure':
      return new Map(children.map((child) => [child, valueOf(sort, child)]))
    case 'list': {
      const places = new Map(sort.members.map((member, place) => [member, place]))
      return new Map(children.map((child) => [child, places.get(memberOf(child)) ?? NaN]))
    }
  }
}

/** Blank values come last in both directions. */
function compareValues(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return sign * (a - b)
}
