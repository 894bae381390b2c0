/** Which cells a shown number is made of, and how, in the plainest words: no code of the second stage is used. */
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import type { OperandRole, Proof } from '../../../../shared/query/proof.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import type { Axis, ShowAs } from '../../../../shared/query/show-as.ts'

type Path = readonly Member[]

/** All lines of both edges in display order, totals too. */
export interface Lines {
  readonly rows: readonly Path[]
  readonly columns: readonly Path[]
}

export interface ProofPlan {
  readonly formula: Proof['formula']
  readonly operands: readonly { readonly role: OperandRole; readonly cell: CellAddress }[]
  /** The number from the operands' values, in their order; null for blank. */
  readonly combine: (values: readonly (number | null)[]) => number | null
}

const same = (a: Path, b: Path): boolean => JSON.stringify(a) === JSON.stringify(b)
const isUnder = (path: Path, parent: Path): boolean => same(path.slice(0, parent.length), parent)
const over = (a: number | null | undefined, b: number | null | undefined): number | null =>
  a == null || b == null || b === 0 ? null : a / b

export function proofPlan(
  measure: Measure,
  cell: CellAddress,
  query: ReportQuery,
  lines: Lines,
): ProofPlan {
  const own = { role: 'cell' as const, cell }
  const { show } = measure
  switch (show?.as) {
    case undefined:
      return { formula: 'itself', operands: [own], combine: ([value = null]) => value }
    case 'percent':
    case 'percentOfParent': {
      const whole = wholeOf(show, cell)
      return {
        formula: show.as,
        operands: whole ? [own, { role: 'whole', cell: whole }] : [own],
        combine: ([a, b]) => (whole ? over(a, b) : null),
      }
    }
    case 'index':
      return {
        formula: 'index',
        operands: [
          own,
          { role: 'grand', cell: { row: [], column: [] } },
          { role: 'row', cell: { ...cell, column: [] } },
          { role: 'column', cell: { ...cell, row: [] } },
        ],
        combine: ([a, all, row, column]) =>
          a == null || all == null || row == null || column == null
            ? null
            : over(a * all, row * column),
      }
    case 'difference':
    case 'percentDifference': {
      const base = baseOf(show, cell, lines)
      return {
        formula: show.as,
        operands: base ? [own, { role: 'base', cell: base }] : [own],
        combine: ([a, b]) => {
          if (!base || a == null || b == null) return null
          return show.as === 'difference' ? a - b : over(a - b, b)
        },
      }
    }
    case 'rank':
      return rankPlan(show, cell, lines)
    case 'runningTotal':
    case 'percentRunningTotal':
    case 'movingAverage':
      return runningPlan(show, cell, query, lines)
  }
}

function wholeOf(
  show: Extract<ShowAs, { as: 'percent' | 'percentOfParent' }>,
  { row, column }: CellAddress,
): CellAddress | undefined {
  if (show.as === 'percentOfParent') {
    const { axis, level } = show.field
    if ((axis === 'rows' ? row : column).length <= level) return undefined
    return axis === 'rows'
      ? { row: row.slice(0, level + 1), column }
      : { row, column: column.slice(0, level + 1) }
  }
  switch (show.of) {
    case 'grand':
      return { row: [], column: [] }
    case 'row':
      return { row, column: [] }
    case 'column':
      return { row: [], column }
    case 'parentRow':
      return { row: row.slice(0, -1), column }
    case 'parentColumn':
      return { row, column: column.slice(0, -1) }
  }
}

function baseOf(
  show: Extract<ShowAs, { as: 'difference' | 'percentDifference' }>,
  cell: CellAddress,
  lines: Lines,
): CellAddress | undefined {
  const { axis, level } = show.field
  const path = axis === 'rows' ? cell.row : cell.column
  if (path.length <= level) return undefined
  const siblings = childrenOf(lines[axis], path.slice(0, level))
  const place = siblings.findIndex((member) => member === path[level])
  const { from } = show
  const base =
    typeof from === 'object'
      ? siblings.find((member) => String(member) === String(from.member))
      : siblings[from === 'previous' ? place - 1 : place + 1]
  return base === undefined ? undefined : moved(cell, axis, path.with(level, base))
}

export const moved = (cell: CellAddress, axis: Axis, path: Path): CellAddress =>
  axis === 'rows' ? { ...cell, row: [...path] } : { ...cell, column: [...path] }

export function childrenOf(lines: readonly Path[], parent: Path): Member[] {
  return lines
    .filter((line) => line.length === parent.length + 1 && isUnder(line, parent))
    .map((line) => line.at(-1) ?? null)
}

export function rankPlan(
  show: Extract<ShowAs, { as: 'rank' }>,
  cell: CellAddress,
  lines: Lines,
): ProofPlan {
  const path = show.axis === 'rows' ? cell.row : cell.column
  const ranked = path.length > 0 && path.at(-1) !== othersMember
  const group = lines[show.axis].filter(
    (line) =>
      line.length === path.length &&
      line.at(-1) !== othersMember &&
      (show.within === 'all' || isUnder(line, path.slice(0, -1))),
  )
  const others = ranked ? group.filter((line) => !same(line, path)) : []
  return {
    formula: 'rank',
    operands: [
      { role: 'cell', cell },
      ...others.map((line) => ({ role: 'member' as const, cell: moved(cell, show.axis, line) })),
    ],
    combine: ([own, ...values]) => {
      if (own == null || !ranked) return null
      const better = values.filter(
        (value) => value !== null && (show.direction === 'ascending' ? value < own : value > own),
      )
      return 1 + (show.ties === 'dense' ? new Set(better).size : better.length)
    },
  }
}

type Running = Extract<ShowAs, { as: 'runningTotal' | 'percentRunningTotal' | 'movingAverage' }>

export function runningPlan(
  show: Running,
  cell: CellAddress,
  query: ReportQuery,
  lines: Lines,
): ProofPlan {
  const path = show.axis === 'rows' ? cell.row : cell.column
  const reset = resetDepth(show, query)
  const sequence =
    path.length <= reset
      ? [path]
      : walked(lines[show.axis], path.length, [], show).filter((line) =>
          isUnder(line, path.slice(0, reset)),
        )
  const place = sequence.findIndex((line) => same(line, path))
  const from = show.as === 'movingAverage' ? Math.max(0, place - (show.window ?? 3) + 1) : 0
  const used = show.as === 'percentRunningTotal' ? sequence : sequence.slice(from, place + 1)
  return {
    formula: show.as,
    operands: used.map((line) => ({
      role: same(line, path) ? ('cell' as const) : ('member' as const),
      cell: moved(cell, show.axis, line),
    })),
    combine: (values) => {
      const upTo = added(values.slice(0, place - from + 1))
      if (show.as === 'runningTotal') return upTo
      if (show.as === 'percentRunningTotal') return over(upTo, added(values))
      const filled = values.filter((value) => value !== null)
      return over(added(values), filled.length)
    },
  }
}

function resetDepth({ axis, reset }: Running, query: ReportQuery): number {
  const parents = Math.max(0, query[axis].length - 1)
  if (reset === 'none') return 0
  if (reset === 'highest') return Math.min(1, parents)
  return reset === 'lowest' ? parents : reset.field.level + 1
}

function walked(lines: readonly Path[], depth: number, prefix: Path, show: Running): Path[] {
  if (prefix.length === depth) return [prefix]
  const children = childrenOf(lines, prefix)
  const named = children.filter((member) => member !== null && member !== othersMember)
  if (show.order === 'backward') named.reverse()
  const blank = children.filter((member) => member === null)
  const others = children.filter((member) => member === othersMember)
  const all = show.blanks === 'first' ? [...blank, ...named] : [...named, ...blank]
  return [...all, ...others].flatMap((member) => walked(lines, depth, [...prefix, member], show))
}

function added(values: readonly (number | null)[]): number | null {
  const filled = values.filter((value) => value !== null)
  return filled.length === 0 ? null : filled.reduce((sum, value) => sum + value, 0)
}

/** A total made of the numbers shown right below it: those are its operands, as they are shown. */
export function secondPassPlan(
  measure: Measure,
  cell: CellAddress,
  query: ReportQuery,
  shown: Lines,
): ProofPlan | undefined {
  for (const axis of ['columns', 'rows'] as const) {
    const pass = measure.totals?.[axis]
    const path = axis === 'rows' ? cell.row : cell.column
    if (!pass || path.length >= query[axis].length) continue
    const below = shown[axis].filter(
      (line) =>
        line.length > path.length &&
        isUnder(line, path) &&
        !shown[axis].some(
          (one) => one.length > path.length && one.length < line.length && isUnder(line, one),
        ),
    )
    return {
      formula: `${pass}OfShown`,
      operands: below.map((line) => ({ role: 'shown', cell: moved(cell, axis, line) })),
      combine: (values) => {
        const filled = values.filter((value) => value !== null)
        const sum = added(filled)
        if (sum === null) return null
        if (pass === 'sum') return sum
        if (pass === 'average') return sum / filled.length
        // One by one: there may be more lines than a call takes arguments.
        return filled.reduce(pass === 'min' ? (a, b) => Math.min(a, b) : (a, b) => Math.max(a, b))
      },
    }
  }
  return undefined
}
