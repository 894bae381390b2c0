import type { Member } from '../../data/cell-value.ts'
import type { ResultAxis } from '../query-result.ts'
import type { EdgeFolds } from './folds.ts'
import { folding, linesInSight } from './folds.ts'

/** One head of a crosstab's edge. It covers `span` lines of the edge from `start`, and `levels` head levels from `level`. */
export interface HeadCell {
  readonly kind: 'member' | 'subtotal' | 'grandTotal' | 'measure'
  /** Null for the blank member, for totals and for measures. */
  readonly member: Member
  /** The members from the outermost down to this head; a total's is its parent's. */
  readonly path: readonly Member[]
  /** Of a measure: its place among those of the answer. */
  readonly measure?: number
  /** Of a member with members below: whether they are put away. */
  readonly folded?: boolean
  readonly level: number
  readonly levels: number
  readonly start: number
  readonly span: number
}

/** What a line of an edge stands for: a path of the answer's axis, and a measure where those stand on this edge. */
export interface EdgeLine {
  readonly path: number
  readonly measure: number
}

export interface EdgeLayout {
  /** Head levels: one per dimension and one for measures, at least one. */
  readonly levels: number
  /** Heads by level, in order. */
  readonly heads: readonly (readonly HeadCell[])[]
  /** Per line of the edge: leaf, subtotal or grand total. */
  readonly lines: readonly Exclude<HeadCell['kind'], 'measure'>[]
  readonly places: readonly EdgeLine[]
}

/** Measures on an edge: how many, after how many of its fields, and whether they have heads of their own. */
export interface EdgeMeasures {
  readonly count: number
  readonly after: number
  readonly named: boolean
}

/**
 * The heads of one edge: a member spans its children and their subtotal, a total spans the levels below its own. Measures
 * stand together under the member they follow. The same layout serves screen, workbook and paper.
 */
export function edgeLayout(
  axis: ResultAxis,
  measures?: EdgeMeasures,
  folds?: EdgeFolds,
): EdgeLayout {
  const depth = axis.fields.length
  const sight = linesInSight(axis, folds)
  const places = linesOf(axis.paths, sight, measures)
  const isFolded = folding(folds)
  const tokens = places.map(({ path, measure }) =>
    tokensOf(axis.paths[path] ?? [], measure, { depth, isFolded, measures }),
  )
  const levels = Math.max(1, depth + (measures?.named === true ? 1 : 0))
  const changes = tokens.map((own, line) => firstChange(own, tokens[line - 1]))
  const heads = Array.from({ length: levels }, (_, level) => headsAt(tokens, changes, level))
  const lines = places.map(({ path }) => kindOf((axis.paths[path] ?? []).length, depth))
  return { levels, heads, lines, places }
}

function kindOf(length: number, depth: number): 'member' | 'subtotal' | 'grandTotal' {
  if (length === depth && depth > 0) return 'member'
  return length === 0 ? 'grandTotal' : 'subtotal'
}

/** A member's measures stay together: all lines below it for one measure, then all for the next. */
function linesOf(
  all: ResultAxis['paths'],
  sight: readonly number[],
  measures: EdgeMeasures | undefined,
): EdgeLine[] {
  if (!measures) return sight.map((path) => ({ path, measure: 0 }))
  const paths = sight.map((path) => all[path] ?? [])
  const lines: EdgeLine[] = []
  let start = 0
  while (start < paths.length) {
    const first = paths[start] ?? []
    let end = start + 1
    if (first.length >= measures.after) {
      while (end < paths.length && isIn(paths[end] ?? [], first, measures.after)) end++
    }
    for (let measure = 0; measure < measures.count; measure++)
      for (const path of sight.slice(start, end)) lines.push({ path, measure })
    start = end
  }
  return lines
}

const isIn = (path: readonly Member[], group: readonly Member[], after: number): boolean => {
  if (path.length < after) return false
  for (let at = 0; at < after; at++) if (path[at] !== group[at]) return false
  return true
}

/** What a line has on one level; null where something further out covers it. */
interface Token {
  readonly kind: HeadCell['kind']
  readonly member: Member
  readonly path: readonly Member[]
  readonly measure?: number
  readonly folded?: boolean
  readonly levels: number
  /** Neighbours with the same key share the head. */
  readonly key: string
}

interface Edge {
  readonly depth: number
  readonly isFolded: (path: readonly Member[]) => boolean
  readonly measures: EdgeMeasures | undefined
}

function tokensOf(
  path: readonly Member[],
  measure: number,
  { depth, isFolded, measures }: Edge,
): (Token | null)[] {
  const after = measures?.named === true ? measures.after : Infinity
  const tokens: (Token | null)[] = []
  // A folded group's own line needs no word for its total: its head reaches to the numbers.
  const shut = path.length > 0 && path.length < depth && isFolded(path)
  const totalled = (): boolean =>
    tokens.some(
      (token) =>
        token?.key === 'T' ||
        (shut && token?.path.length === path.length && token.kind === 'member'),
    )
  const total = (levels: number): void => {
    const kind = kindOf(path.length, depth)
    tokens.push({ kind, member: null, path, levels, key: 'T' })
  }
  const put = (field: number, end: number): void => {
    if (field < path.length) {
      const member = path[field] ?? null
      const own = path.slice(0, field + 1)
      const folded = shut && own.length === path.length
      tokens.push({
        ...{ kind: 'member', member, path: own, levels: folded ? end - field : 1 },
        ...{ key: keyOf(member), ...(own.length < depth ? { folded } : {}) },
      })
    } else if (totalled()) tokens.push(null)
    else total(end - field)
  }
  for (let field = 0; field < Math.min(after, depth); field++) put(field, Math.min(after, depth))
  if (after !== Infinity) {
    // Below a total named further out nothing is left to say but which measure it is of.
    const rest = totalled() ? depth - after : 0
    const levels = 1 + rest
    tokens.push({ kind: 'measure', member: null, path, measure, levels, key: `M${measure}` })
    for (let field = after; field < depth; field++) put(field, depth)
  }
  if (tokens.length === 0) total(1)
  return tokens
}

/** Text and numbers of one writing are two members. */
const keyOf = (member: Member): string => `${typeof member} ${String(member)}`

/** The outermost level on which a line has another head than the line before it. */
function firstChange(
  own: readonly (Token | null)[],
  before: readonly (Token | null)[] | undefined,
): number {
  const at = own.findIndex((token, level) => token?.key !== before?.[level]?.key)
  return before && at < 0 ? own.length : Math.max(0, at)
}

function headsAt(
  tokens: readonly (readonly (Token | null)[])[],
  changes: readonly number[],
  level: number,
): HeadCell[] {
  const heads: HeadCell[] = []
  let start = 0
  while (start < tokens.length) {
    const token = tokens[start]?.[level]
    let end = start + 1
    if (token) {
      while (end < tokens.length && tokens[end]?.[level] && (changes[end] ?? 0) > level) end++
      const { key: _key, ...own } = token
      heads.push({ ...own, level, start, span: end - start })
    }
    start = end
  }
  return heads
}
