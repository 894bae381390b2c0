/** The days a compared number is of, cell by cell. */
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { Filter } from '../../../../shared/query/filter.ts'
import { united } from '../../../../shared/query/member-span.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import { ComparedDays, dateLevels, splitFilters } from '../compare/compared-days.ts'
import type { CompareFacts, DateLevel } from '../compare/compared-days.ts'
import type { Ground, Place, Placed } from './cell-place.ts'
import { daysFilter, filtersOf, placedIn, standing, upTo } from './cell-place.ts'
import type { Lines } from './proof-operands.ts'

type Path = readonly Member[]

/** Under which days a cell stands, and what all lines of its level cover together. */
export interface CellDays {
  readonly spans: readonly DaySpan[]
  readonly all: readonly DaySpan[]
}

/** `periods` are all there are of the date, where some of them stand under Others. */
export function cellDays(
  facts: CompareFacts,
  cell: CellAddress,
  lines: Lines,
  periods: readonly Path[],
): CellDays {
  const levels = dateLevels(facts)
  const { spans: allowed, unit } = splitFilters(facts)
  const days = new ComparedDays(facts, allowed, periods)
  const [outermost] = levels
  if (!outermost) {
    const { spans } = days.whole(unit)
    return { spans, all: spans }
  }
  const { axis } = outermost
  const path = axis === 'rows' ? cell.row : cell.column
  const own = levels.filter(({ index }) => index < path.length)
  const level = own.length === 0 ? [outermost] : own
  const all = lineDays(lines[axis], level, days)
  const union = united(all.flatMap(({ spans }) => spans))
  if (own.length === 0) return { spans: union, all: union }
  const deepest = own.at(-1)?.index ?? 0
  const key = JSON.stringify(path.slice(0, deepest + 1))
  return { spans: all.find((one) => one.key === key)?.spans ?? [], all: union }
}

interface LineDays {
  readonly key: string
  readonly spans: readonly DaySpan[]
}

/** Of every line of a level the days it is compared with. */
function lineDays(
  lines: readonly Path[],
  levels: readonly DateLevel[],
  days: ComparedDays,
): LineDays[] {
  return linesAt(lines, levels).flatMap((line): LineDays[] => {
    const members = levels.map(({ index }) => line[index] ?? null)
    if (members.includes(null)) return []
    const { spans } = days.path(levels, members, (at) => besideOf(lines, levels, at, line))
    return [{ key: JSON.stringify(line), spans }]
  })
}

/** Paths of the lines of a level, each once. */
function linesAt(lines: readonly Path[], levels: readonly DateLevel[]): Path[] {
  const depth = (levels.at(-1)?.index ?? 0) + 1
  const keys = lines
    .filter((line) => line.length >= depth)
    .map((line) => JSON.stringify(line.slice(0, depth)))
  return [...new Set(keys)].map((key) => JSON.parse(key) as Path)
}

/** Periods that have a line where this one has its own: Others stands for those that have none. */
function besideOf(
  lines: readonly Path[],
  levels: readonly DateLevel[],
  at: number,
  line: Path,
): Member[][] {
  const down = levels.slice(0, at + 1)
  const isDate = (index: number): boolean => down.some((level) => level.index === index)
  return linesAt(lines, down)
    .filter((one) => one.every((member, index) => isDate(index) || member === line[index]))
    .map((one) => down.map(({ index }) => one[index] ?? null))
}

/** The rows of a cell on other days. */
export function otherPlace(
  measure: Measure,
  cell: CellAddress,
  query: ReportQuery,
  facts: CompareFacts,
  spans: readonly DaySpan[],
  ground: Ground,
): Place | null {
  const [first] = spans
  if (!first) return null
  const { field } = facts.compare
  const { kept } = splitFilters(facts)
  const placed = stillPlaced(query, cell, facts)
  if (
    measure.over === field &&
    (measure.aggregate === 'opening' || measure.aggregate === 'closing')
  ) {
    const period = { first: first.first, last: spans.at(-1)?.last ?? first.last }
    return { filters: [...kept, ...filtersOf(placed), upTo(field, period)], period }
  }
  const filters: Filter[] = [...kept, daysFilter(field, spans)]
  const balance = standing(measure, placed, { ...query, filters }, ground)
  return balance === undefined ? { filters: [...filters, ...filtersOf(placed)] } : balance
}

/** Members of the compared date are moved; all others stay. */
function stillPlaced(query: ReportQuery, cell: CellAddress, facts: CompareFacts): Placed[] {
  const moved = dateLevels(facts).flatMap(({ axis, index }) => query[axis][index] ?? [])
  return placedIn(query, cell).filter(({ use }) => !moved.includes(use))
}
