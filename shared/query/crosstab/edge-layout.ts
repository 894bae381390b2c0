import type { Member } from '../../data/cell-value.ts'
import type { ResultAxis } from '../query-result.ts'

/** One head of a crosstab's edge. It covers `span` lines of the edge from `start`, and `levels` head levels from `level`. */
export interface HeadCell {
  readonly kind: 'member' | 'subtotal' | 'grandTotal'
  /** Null for the blank member, and for totals. */
  readonly member: Member
  /** The members from the outermost down to this head; a total's is its parent's. */
  readonly path: readonly Member[]
  readonly level: number
  readonly levels: number
  readonly start: number
  readonly span: number
}

export interface EdgeLayout {
  /** Head levels: one per dimension, at least one. */
  readonly levels: number
  /** Heads by level, in order. */
  readonly heads: readonly (readonly HeadCell[])[]
  /** Per line of the edge: leaf, subtotal or grand total. */
  readonly lines: readonly HeadCell['kind'][]
}

const samePrefix = (a: readonly Member[], b: readonly Member[], length: number): boolean => {
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false
  return true
}

/**
 * The heads of one edge: a member spans its children and their subtotal, a total spans the levels below its own. The same
 * layout serves screen, workbook and paper.
 */
export function edgeLayout(axis: ResultAxis): EdgeLayout {
  const depth = axis.fields.length
  const levels = Math.max(1, depth)
  const heads: HeadCell[][] = Array.from({ length: levels }, () => [])
  const lines = axis.paths.map((path) => kindOf(path.length, depth))
  for (let level = 0; level < levels; level++) {
    let start = 0
    while (start < axis.paths.length) {
      const head = headAt(axis.paths, start, level, levels, depth)
      if (head) heads[level]?.push(head)
      start += head?.span ?? 1
    }
  }
  return { levels, heads, lines }
}

function kindOf(length: number, depth: number): HeadCell['kind'] {
  if (length === depth && depth > 0) return 'member'
  return length === 0 ? 'grandTotal' : 'subtotal'
}

/** The head that begins at a line on a level, or undefined where a total from a level above covers it. */
function headAt(
  paths: readonly (readonly Member[])[],
  start: number,
  level: number,
  levels: number,
  depth: number,
): HeadCell | undefined {
  const path = paths[start] ?? []
  if (level < path.length) {
    let end = start + 1
    while (end < paths.length && isUnder(paths[end] ?? [], path, level)) end++
    return {
      kind: 'member',
      member: path[level] ?? null,
      path: path.slice(0, level + 1),
      level,
      levels: 1,
      start,
      span: end - start,
    }
  }
  if (level > path.length) return undefined
  const kind = kindOf(path.length, depth)
  return { kind, member: null, path, level, levels: levels - level, start, span: 1 }
}

function isUnder(other: readonly Member[], path: readonly Member[], level: number): boolean {
  return other.length > level && samePrefix(other, path, level + 1)
}
