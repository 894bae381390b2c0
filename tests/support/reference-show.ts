import type { Member } from '../../shared/data/cell-value.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { Measure, ReportQuery } from '../../shared/query/report-query.ts'
import type { Axis, SecondPass, ShowAs } from '../../shared/query/show-as.ts'

type Path = readonly Member[]
type Value = number | string | null

/** What the naive second stage needs: any cell's own value, and the lines of both edges in display order. */
export interface ReferenceLines {
  readonly valueAt: (measure: Measure, row: Path, column: Path) => Value
  readonly rows: { readonly shown: readonly Path[]; readonly every: readonly Path[] }
  readonly columns: { readonly shown: readonly Path[]; readonly every: readonly Path[] }
}

const same = (a: Path, b: Path): boolean => JSON.stringify(a) === JSON.stringify(b)
const startsWith = (path: Path, prefix: Path): boolean => same(path.slice(0, prefix.length), prefix)
const divide = (a: Value, b: Value): number | null =>
  typeof a !== 'number' || typeof b !== 'number' || b === 0 ? null : a / b

/** Every rule of the second stage in the plainest way: each cell asks for the cells it is compared with, path by path. */
export function referenceShow(query: ReportQuery, lines: ReferenceLines): Value[][][] {
  const shownMeasures = query.measures.filter(({ hidden }) => hidden !== true)
  const tables = shownMeasures.map((measure) => tableOf(query, measure, lines))
  return lines.rows.shown.map((_row, r) =>
    lines.columns.shown.map((_column, c) => tables.map((table) => table[r]?.[c] ?? null)),
  )
}

function tableOf(query: ReportQuery, measure: Measure, lines: ReferenceLines): Value[][] {
  const { rows, columns } = lines
  let table = rows.shown.map((row) =>
    columns.shown.map((column) => shown(query, measure, row, column, lines)),
  )
  const { totals } = measure
  if (totals?.rows) table = second(table, rows.shown, totals.rows, query.rows.length)
  if (totals?.columns)
    table = turned(
      second(turned(table, rows.shown.length), columns.shown, totals.columns, query.columns.length),
      columns.shown.length,
    )
  return measure.blankAs === 'zero' ? table.map((line) => line.map((value) => value ?? 0)) : table
}

const turned = (table: Value[][], rows: number): Value[][] =>
  Array.from({ length: table[0]?.length ?? 0 }, (_, c) =>
    Array.from({ length: rows }, (_row, r) => table[r]?.[c] ?? null),
  )

function second(
  table: Value[][],
  paths: readonly Path[],
  pass: SecondPass,
  depth: number,
): Value[][] {
  const made = table.map((line) => [...line])
  paths.forEach((path, at) => {
    if (path.length === depth) return
    const below = paths.flatMap((other, index) => {
      if (other.length <= path.length || !startsWith(other, path)) return []
      // The nearest shown: nothing shown stands between the two.
      const between = paths.some(
        (one) => one.length > path.length && one.length < other.length && startsWith(other, one),
      )
      return between ? [] : [index]
    })
    made[at] = (made[at] ?? []).map((_value, c) => {
      const values = below
        .map((index) => made[index]?.[c] ?? null)
        .filter((value) => typeof value === 'number')
      if (values.length === 0) return null
      const sum = values.reduce((a, b) => a + b, 0)
      if (pass === 'sum') return sum
      if (pass === 'average') return sum / values.length
      return pass === 'min' ? Math.min(...values) : Math.max(...values)
    })
  })
  return made
}

function shown(
  query: ReportQuery,
  measure: Measure,
  row: Path,
  column: Path,
  lines: ReferenceLines,
): Value {
  const at = (r: Path, c: Path): Value => lines.valueAt(measure, r, c)
  const { show } = measure
  const own = at(row, column)
  switch (show?.as) {
    case undefined:
      return own
    case 'percent':
      return divide(own, percentOf(show.of, row, column, at))
    case 'percentOfParent': {
      const { axis, level } = show.field
      if ((axis === 'rows' ? row : column).length <= level) return null
      return divide(
        own,
        axis === 'rows' ? at(row.slice(0, level + 1), column) : at(row, column.slice(0, level + 1)),
      )
    }
    case 'index': {
      const [r, c, all] = [at(row, []), at([], column), at([], [])]
      if ([own, r, c, all].some((value) => typeof value !== 'number')) return null
      return divide(Number(own) * Number(all), Number(r) * Number(c))
    }
    case 'difference':
    case 'percentDifference': {
      const base = basePath(show, row, column, lines)
      const from = base ? at(base.row, base.column) : null
      if (typeof own !== 'number' || typeof from !== 'number') return null
      return show.as === 'difference' ? own - from : divide(own - from, from)
    }
    case 'rank':
      return rankOf(show, row, column, lines, at)
    case 'runningTotal':
    case 'percentRunningTotal':
    case 'movingAverage':
      return runningOf(show, query, row, column, lines, at)
  }
}

type At = (row: Path, column: Path) => Value

function percentOf(
  of: Extract<ShowAs, { as: 'percent' }>['of'],
  row: Path,
  column: Path,
  at: At,
): Value {
  switch (of) {
    case 'grand':
      return at([], [])
    case 'row':
      return at(row, [])
    case 'column':
      return at([], column)
    case 'parentRow':
      return at(row.slice(0, -1), column)
    case 'parentColumn':
      return at(row, column.slice(0, -1))
  }
}

function basePath(
  show: Extract<ShowAs, { as: 'difference' | 'percentDifference' }>,
  row: Path,
  column: Path,
  lines: ReferenceLines,
): { row: Path; column: Path } | undefined {
  const { axis, level } = show.field
  const path = axis === 'rows' ? row : column
  if (path.length <= level) return undefined
  const parent = path.slice(0, level)
  const siblings = lines[axis].every
    .filter((one) => one.length === level + 1 && startsWith(one, parent))
    .map((one) => one[level] ?? null)
  const place = siblings.indexOf(path[level] ?? null)
  const base =
    typeof show.from === 'object'
      ? siblings.find((member) => member === (show.from as { member: Member }).member)
      : siblings[show.from === 'previous' ? place - 1 : place + 1]
  if (base === undefined) return undefined
  const moved = path.with(level, base)
  return axis === 'rows' ? { row: moved, column } : { row, column: moved }
}

function lineValue(axis: Axis, line: Path, row: Path, column: Path, at: At): Value {
  return axis === 'rows' ? at(line, column) : at(row, line)
}

function rankOf(
  show: Extract<ShowAs, { as: 'rank' }>,
  row: Path,
  column: Path,
  lines: ReferenceLines,
  at: At,
): Value {
  const path = show.axis === 'rows' ? row : column
  const own = at(row, column)
  if (path.length === 0 || path.at(-1) === othersMember || typeof own !== 'number') return null
  const values = lines[show.axis].every
    .filter(
      (line) =>
        line.length === path.length &&
        line.at(-1) !== othersMember &&
        (show.within === 'all' || startsWith(line, path.slice(0, -1))),
    )
    .map((line) => lineValue(show.axis, line, row, column, at))
    .filter((value) => typeof value === 'number')
  const better = values.filter((value) =>
    show.direction === 'ascending' ? value < own : value > own,
  )
  return 1 + (show.ties === 'dense' ? new Set(better).size : better.length)
}

function runningOf(
  show: Extract<ShowAs, { as: 'runningTotal' | 'percentRunningTotal' | 'movingAverage' }>,
  query: ReportQuery,
  row: Path,
  column: Path,
  lines: ReferenceLines,
  at: At,
): Value {
  const path = show.axis === 'rows' ? row : column
  const parents = Math.max(0, query[show.axis].length - 1)
  const reset =
    show.reset === 'none'
      ? 0
      : show.reset === 'highest'
        ? Math.min(1, parents)
        : show.reset === 'lowest'
          ? parents
          : show.reset.field.level + 1
  const own = at(row, column)
  const sequence =
    path.length <= reset
      ? [path]
      : ordered(lines[show.axis].every, path.length, show).filter((line) =>
          startsWith(line, path.slice(0, reset)),
        )
  const values = sequence.map((line) => lineValue(show.axis, line, row, column, at))
  const place = sequence.findIndex((line) => same(line, path))
  const sumOf = (some: readonly Value[]): number | null => {
    const numbers = some.filter((value) => typeof value === 'number')
    return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0)
  }
  const until = sumOf(values.slice(0, place + 1))
  if (show.as === 'runningTotal') return path.length <= reset ? own : until
  if (show.as === 'percentRunningTotal') return divide(until, sumOf(values))
  const last = values
    .slice(Math.max(0, place - (show.window ?? 3) + 1), place + 1)
    .filter((value) => typeof value === 'number')
  return last.length === 0 ? null : last.reduce((a, b) => a + b, 0) / last.length
}

/** Lines of one depth in running order: siblings turned round where asked, the blank one moved, Others left at the end. */
function ordered(
  every: readonly Path[],
  depth: number,
  show: { order?: string | undefined; blanks?: string | undefined },
): Path[] {
  const walk = (prefix: Path): Path[] => {
    if (prefix.length === depth) return [prefix]
    const children = every
      .filter((line) => line.length === prefix.length + 1 && startsWith(line, prefix))
      .map((line) => line[prefix.length] ?? null)
    const named = children.filter((member) => member !== null && member !== othersMember)
    if (show.order === 'backward') named.reverse()
    const blank = children.filter((member) => member === null)
    const others = children.filter((member) => member === othersMember)
    const all = show.blanks === 'first' ? [...blank, ...named] : [...named, ...blank]
    return [...all, ...others].flatMap((member) => walk([...prefix, member]))
  }
  return walk([])
}
