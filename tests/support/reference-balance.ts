/** Balances in the plainest way: of every owner what it said last up to the end of a period, whatever was said in it. */
import type { Member } from '../../shared/data/cell-value.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { Grain } from '../../shared/data/grain.ts'
import type { Filter } from '../../shared/query/filter.ts'
import type { AxisField, Measure, ReportQuery } from '../../shared/query/report-query.ts'
import type { Row } from './reference-pivot.ts'

/** A member a cell stands under. */
export interface Placed {
  readonly use: AxisField
  readonly member: Member
}

export interface BalanceData {
  /** All rows, whatever the filters. */
  readonly data: readonly Row[]
  readonly filters: readonly Filter[]
  readonly lastDay: string
  readonly passes: (row: Row, filter: Filter) => boolean
  /** Filters of a top-N, but for those on a date where one is named. */
  readonly isKept: (row: Row, butOf?: string) => boolean
  /** Whether a top-N cuts periods of a date. */
  readonly cuts: (date: string) => boolean
  readonly memberIn: (row: Row, use: AxisField) => Member
  readonly memberOf: (row: Row, field: string, grain: Grain | undefined) => Member
  readonly typeOf: (field: string) => string | undefined
}

const periods: readonly (Grain | undefined)[] = [undefined, 'year', 'quarter', 'month', 'week', 'day'] // prettier-ignore

const days = Array.from({ length: 6000 }, (_, n) =>
  new Date(Date.UTC(2015, 0, 1) + n * 86_400_000).toISOString().slice(0, 10),
)

/** A top-N below a date on the same edge, or of its parts. */
export function keepsPeriodsApart(query: ReportQuery, measure: Measure): boolean {
  return [query.rows, query.columns].some((axis) =>
    axis.some((use, at) => use.top && isApartAt(axis, at, measure)),
  )
}

export function isApartAt(axis: readonly AxisField[], at: number, { over }: Measure): boolean {
  const use = axis[at]
  if (!use || !axis.slice(0, at + 1).some(({ field }) => field === over)) return false
  return use.field !== over || !periods.includes(use.grain)
}

/** The rows whose values are added up; undefined where nothing is carried and the rows of the cell alone decide. */
export function standingRows(
  measure: Measure,
  placed: readonly Placed[],
  of: BalanceData,
): readonly Row[] | undefined {
  const { over = '', per = '', field = '' } = measure
  const isDate = of.typeOf(over) === 'date'
  const dated = placed.filter(({ use }) => use.field === over)
  const isPeriod = ({ use }: Placed): boolean =>
    periods.includes(use.grain) && (isDate || use.grain !== undefined)
  if (!dated.every(isPeriod)) return undefined
  const spanning = of.filters.filter((filter) => filter.field === over && isSpan(filter, isDate))
  if (dated.length === 0 && spanning.length === 0 && !of.cuts(over)) return undefined
  const dayRow = (day: string): Row => ({ [over]: isDate ? day : `${day}T12:00:00` })
  const allowed = days.filter((day) => spanning.every((filter) => of.passes(dayRow(day), filter)))
  const [from, to] = [allowed[0], allowed.at(-1)]
  if (from === undefined || to === undefined) return undefined
  const isOfPlace = of.cuts(over)
    ? placeAmongCut(dated, placed, of, (day) => dayRow(day), over)
    : (day: string) =>
        dated.every(({ use, member }) => of.memberOf(dayRow(day), over, use.grain) === member)
  const own = days.filter((day) => day >= from && day <= to && isOfPlace(day))
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined || first > of.lastDay) return []
  const others = of.filters.filter((filter) => !spanning.includes(filter))
  const told = of.data.filter(
    (row) =>
      (row[field] ?? null) !== null &&
      (row[over] ?? null) !== null &&
      others.every((filter) => of.passes(row, filter)) &&
      of.isKept(row, over) &&
      placed.every((one) => dated.includes(one) || of.memberIn(row, one.use) === one.member),
  )
  const moment = (row: Row): string => String(row[over])
  const owners = new Set(told.map((row) => row[per] ?? null))
  return [...owners].flatMap((owner) => {
    const rows = told.filter((row) => (row[per] ?? null) === owner)
    const upTo = (day: string): Row[] => rows.filter((row) => moment(row).slice(0, 10) <= day)
    const before = rows.filter((row) => moment(row).slice(0, 10) < first)
    const known = measure.aggregate === 'opening' && before.length > 0 ? before : upTo(last)
    const moments = known.map(moment).sort()
    const edge =
      measure.aggregate === 'opening' && before.length === 0 ? moments[0] : moments.at(-1)
    return known.filter((row) => moment(row) === edge)
  })
}

/** Days on which a row of the cell would stand in it: Others has the periods there are that are not kept. */
function placeAmongCut(
  dated: readonly Placed[],
  placed: readonly Placed[],
  of: BalanceData,
  dayRow: (day: string) => Row,
  over: string,
): (day: string) => boolean {
  const passing = of.data.filter((row) => of.filters.every((filter) => of.passes(row, filter)))
  const under = passing.filter((row) =>
    placed.every((one) => dated.includes(one) || of.memberIn(row, one.use) === one.member),
  )
  const years = passing.map((row) => String(row[over] ?? '').slice(0, 4)).filter((year) => year !== '') // prettier-ignore
  years.sort()
  const [first = '', last = ''] = [years[0], years.at(-1)]
  const there = dated.map(({ use }) => new Set(passing.map((row) => of.memberOf(row, over, use.grain)))) // prettier-ignore
  const different = new Map(under.map((row) => [JSON.stringify({ ...row, [over]: '' }), row]))
  return (day) =>
    day.slice(0, 4) >= first &&
    day.slice(0, 4) <= last &&
    [...different.values()].some((row) => {
      const then = { ...row, ...dayRow(day) }
      return (
        of.isKept(then) &&
        dated.every(
          ({ use, member }, at) =>
            of.memberIn(then, use) === member &&
            (member !== othersMember || there[at]!.has(of.memberOf(then, over, use.grain))),
        )
      )
    })
}

/** Filters that let stretches of days pass. */
function isSpan(filter: Filter, isDate: boolean): boolean {
  if (filter.op === 'relative') return true
  if (filter.op === 'in')
    return periods.includes(filter.grain) && (isDate || filter.grain !== undefined)
  if (filter.op !== 'range') return false
  return isDate || [filter.from, filter.to].every((end) => end === undefined || String(end).length === 10) // prettier-ignore
}
