import type { CellValue, Member } from '../../shared/data/cell-value.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Grain } from '../../shared/data/grain.ts'
import { isCalendarGrain } from '../../shared/data/grain.ts'
import type { Filter } from '../../shared/query/filter.ts'
import type { AxisField, Measure, ReportQuery } from '../../shared/query/report-query.ts'
import { measureName } from '../../shared/query/report-query.ts'
import type { BalanceData, Placed } from './reference-balance.ts'
import { isApartAt, keepsPeriodsApart, standingRows } from './reference-balance.ts'
import { referenceShow } from './reference-show.ts'

/** A base row as the contract shows it: dates as ISO text, decimals as number, null for blank. */
export type Row = Readonly<Record<string, CellValue>>

export interface ReferenceResult {
  readonly rows: readonly (readonly Member[])[]
  readonly columns: readonly (readonly Member[])[]
  readonly cells: readonly (readonly (readonly (number | string | null)[])[])[]
  readonly baseRows: number
}

/** The pivot rules in the plainest way: every cell filters the base rows by its path and applies the measure. */
export function referencePivot(
  query: ReportQuery,
  fields: readonly Field[],
  data: readonly Row[],
  lastDay: string,
  homeOf?: (measure: Measure) => string,
): ReferenceResult {
  const typeOf: Types = Object.assign(new Map(fields.map((field) => [field.name, field])), {
    counted: homeOf && { of: homeOf },
    others: new Map<AxisField, (row: Row) => boolean>(),
    balances: {
      ...{ data, filters: query.filters, lastDay, isKept: () => true, cuts: () => false },
      passes: (row: Row, filter: Filter) => passes(row, filter, typeOf, lastDay),
      memberIn: (row: Row, use: AxisField) => memberIn(row, use, typeOf),
      memberOf: (row: Row, field: string, grain: Grain | undefined) =>
        memberOf(row, field, grain, typeOf),
      typeOf: (name: string) => typeOf.get(name)?.type,
    },
  })
  let rows: readonly Row[] = data.filter((row) =>
    query.filters.every((filter) => passes(row, filter, typeOf, lastDay)),
  )
  const { kept, isKept } = keepTop(query, rows, typeOf)
  rows = kept
  const cuts = (date: string): boolean =>
    [...query.rows, ...query.columns].some(({ field, top }) => top && field === date)
  typeOf.balances = typeOf.balances && { ...typeOf.balances, isKept, cuts }
  const rowPaths = edge(query.rows, query.totals.rows, rows, query, typeOf, query.columns)
  const columnPaths = edge(query.columns, query.totals.columns, rows, query, typeOf, query.rows)
  const hasLine = (axis: readonly AxisField[], path: readonly Member[]): boolean =>
    rows.some((one) => isUnder(one, axis, path, typeOf))
  const valueAt = (measure: Measure, row: readonly Member[], column: readonly Member[]) =>
    // What stands without rows stands on lines that others have.
    hasLine(query.rows, row) && hasLine(query.columns, column)
      ? applyAt(
          measure,
          rows.filter(
            (one) =>
              isUnder(one, query.rows, row, typeOf) && isUnder(one, query.columns, column, typeOf),
          ),
          [...placed(query.rows, row), ...placed(query.columns, column)],
          keepsPeriodsApart(query, measure),
          typeOf,
        )
      : null
  const every = (axis: readonly AxisField[], across: readonly AxisField[]): Member[][] =>
    edge(axis, 'all', rows, { ...query, totals: { rows: 'all', columns: 'all' } }, typeOf, across)
  const cells = referenceShow(query, {
    valueAt,
    rows: { shown: rowPaths, every: every(query.rows, query.columns) },
    columns: { shown: columnPaths, every: every(query.columns, query.rows) },
  })
  return { rows: rowPaths, columns: columnPaths, cells, baseRows: rows.length }
}

/** Field by name; with several fact tables also whose rows a measure counts: each row says under `homeField` whose it is. */
type Types = ReadonlyMap<string, Field> & {
  readonly counted?: { readonly of: (measure: Measure) => string } | undefined
  /** By use of a field which rows stand under Others there. */
  readonly others?: Map<AxisField, (row: Row) => boolean>
  balances?: BalanceData | undefined
}

const placed = (axis: readonly AxisField[], path: readonly Member[]): Placed[] =>
  path.flatMap((member, index) => {
    const use = axis[index]
    return use ? [{ use, member }] : []
  })

/** A measure at a place: balances may be those told before its rows. */
function applyAt(
  measure: Measure,
  rows: readonly Row[],
  at: readonly Placed[],
  isApart: boolean,
  types: Types,
): number | string | null {
  const isBalance = measure.aggregate === 'opening' || measure.aggregate === 'closing'
  const standing =
    isBalance && !isApart && types.balances ? standingRows(measure, at, types.balances) : undefined
  if (!standing) return apply(measure, rows, types)
  const values = standing.map((row) => Number(row[measure.field ?? '']))
  return values.length === 0 ? null : exactSum(values, types.get(measure.field ?? ''))
}

export function memberIn(row: Row, use: AxisField, types: Types): Member {
  return types.others?.get(use)?.(row) === true
    ? othersMember
    : memberOf(row, use.field, use.grain, types)
}

export const homeField = '#of'

function countedRows(measure: Measure, rows: readonly Row[], { counted }: Types): readonly Row[] {
  return counted ? rows.filter((row) => row[homeField] === counted.of(measure)) : rows
}

function memberOf(row: Row, field: string, grain: Grain | undefined, types: Types): Member {
  const value = row[field] ?? null
  const type = types.get(field)?.type
  if (value === null || (type !== 'date' && type !== 'timestamp')) return value
  if (grain !== undefined && isCalendarGrain(grain)) throw new Error('no calendar here')
  const text = String(value)
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  const [year, month] = [text.slice(0, 4), Number(text.slice(5, 7))]
  switch (grain) {
    case undefined:
      return text
    case 'year':
      return year
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`
    case 'month':
      return text.slice(0, 7)
    case 'week':
      return isoWeek(date)
    case 'day':
      return text.slice(0, 10)
    case 'hour':
      return text.slice(0, 13)
    case 'quarterOfYear':
      return Math.ceil(month / 3)
    case 'monthOfYear':
      return month
    case 'dayOfMonth':
      return Number(text.slice(8, 10))
    case 'dayOfWeek':
      return date.getUTCDay() === 0 ? 7 : date.getUTCDay()
    case 'hourOfDay':
      return Number(text.slice(11, 13))
  }
}

function isoWeek(date: Date): string {
  const thursday = new Date(date)
  thursday.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7) + 3)
  const first = new Date(Date.UTC(thursday.getUTCFullYear(), 0, 1))
  const week = Math.floor((thursday.getTime() - first.getTime()) / (7 * 86_400_000)) + 1
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}

function isUnder(
  row: Row,
  axis: readonly AxisField[],
  path: readonly Member[],
  types: Types,
): boolean {
  return path.every((member, index) => {
    const use = axis[index]
    return use !== undefined && memberIn(row, use, types) === member
  })
}

function passes(row: Row, filter: Filter, types: Types, lastDay: string): boolean {
  const value = row[filter.field] ?? null
  switch (filter.op) {
    case 'in':
    case 'notIn': {
      const member = memberOf(row, filter.field, filter.grain, types)
      return filter.values.includes(member) === (filter.op === 'in')
    }
    case 'blank':
      return value === null
    case 'notBlank':
      return value !== null
    case 'contains':
    case 'notContains':
    case 'startsWith': {
      if (value === null) return filter.op === 'notContains'
      const fold = (text: string): string => (filter.ignoreCase ? text.toLowerCase() : text)
      const [text, part] = [fold(String(value)), fold(filter.text)]
      const found = filter.op === 'startsWith' ? text.startsWith(part) : text.includes(part)
      return found !== (filter.op === 'notContains')
    }
    case 'range': {
      if (value === null) return false
      const date = ['date', 'timestamp'].includes(types.get(filter.field)?.type ?? '')
      const shorten = (end: string | number): string | number =>
        date && String(end).length === 10 ? String(value).slice(0, 10) : (value as string | number)
      const above =
        filter.from === undefined ||
        (filter.excludeFrom
          ? shorten(filter.from) > filter.from
          : shorten(filter.from) >= filter.from)
      const below =
        filter.to === undefined ||
        (filter.excludeTo ? shorten(filter.to) < filter.to : shorten(filter.to) <= filter.to)
      return above && below
    }
    case 'relative': {
      if (value === null) return false
      const day = String(value).slice(0, 10)
      return filter.unit === 'month' && filter.span === 'toDate'
        ? day >= `${lastDay.slice(0, 7)}-01` && day <= lastDay
        : day >= `${lastDay.slice(0, 4)}-01-01` && day <= lastDay
    }
  }
}

function numbersOf(measure: Measure, rows: readonly Row[]): CellValue[] {
  return rows.map((row) => row[measure.field ?? ''] ?? null).filter((value) => value !== null)
}

function apply(measure: Measure, all: readonly Row[], types: Types): number | string | null {
  const rows = countedRows(measure, all, types)
  if (rows.length === 0) return null
  const values = numbersOf(measure, rows)
  const field = types.get(measure.field ?? '')
  switch (measure.aggregate) {
    case 'count':
      return rows.length
    case 'sum':
      return values.length === 0 ? null : exactSum(values as number[], field)
    case 'percentile': {
      const sorted = (values as number[]).toSorted((a, b) => a - b)
      const place = ((measure.percent ?? 50) / 100) * (sorted.length - 1)
      const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
      return low === undefined || high === undefined ? null : low + (high - low) * (place % 1)
    }
    case 'weightedAverage': {
      const both = rows.filter(
        (row) => row[measure.field ?? ''] !== null && row[measure.weight ?? ''] !== null,
      )
      const weights = both.map((row) => Number(row[measure.weight ?? '']))
      const sum = both.reduce(
        (total, row, n) => total + Number(row[measure.field ?? '']) * weights[n]!,
        0,
      )
      const weight = weights.reduce((total, one) => total + one, 0)
      return both.length === 0 || weight === 0 ? null : sum / weight
    }
    case 'formula':
    case 'cells':
      throw new Error('formulas have a reference of their own')
    case 'opening':
    case 'closing': {
      const known = rows.filter(
        (row) => row[measure.field ?? ''] !== null && row[measure.over ?? ''] !== null,
      )
      const owners = new Set(known.map((row) => row[measure.per ?? ''] ?? null))
      const edge = [...owners].flatMap((owner) => {
        const own = known.filter((row) => (row[measure.per ?? ''] ?? null) === owner)
        const dates = own.map((row) => String(row[measure.over ?? ''])).sort()
        const day = measure.aggregate === 'opening' ? dates[0] : dates.at(-1)
        return own.filter((row) => String(row[measure.over ?? '']) === day)
      })
      return edge.length === 0
        ? null
        : exactSum(
            edge.map((row) => Number(row[measure.field ?? ''])),
            field,
          )
    }
    case 'average':
      return values.length === 0 ? null : exactSum(values as number[], field) / values.length
    case 'countDistinct':
      return new Set(values).size
    case 'countDistinctWithBlank':
      return new Set(values).size + (values.length < rows.length ? 1 : 0)
    case 'min':
    case 'max': {
      const sorted = (values as (number | string)[]).toSorted((a, b) =>
        a < b ? -1 : a > b ? 1 : 0,
      )
      return (measure.aggregate === 'min' ? sorted[0] : sorted.at(-1)) ?? null
    }
    case 'median': {
      const sorted = (values as number[]).toSorted((a, b) => a - b)
      const middle = Math.floor(sorted.length / 2)
      if (sorted.length === 0) return null
      return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
    }
  }
}

/** Decimals and whole numbers are added as scaled whole numbers; the doubles of tests are multiples of 1/1024, so exact. */
function exactSum(values: readonly number[], field: Field | undefined): number {
  if (field?.type === 'double') return values.reduce((sum, value) => sum + value, 0)
  const factor = 10 ** (field?.scale ?? 0)
  return values.reduce((sum, value) => sum + Math.round(value * factor), 0) / factor
}

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })

function compareMembers(a: Member, b: Member): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return (
    collator.compare(String(a), String(b)) ||
    (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)
  )
}

function numeric(
  measure: Measure | undefined,
  rows: readonly Row[],
  at: readonly Placed[],
  isApart: boolean,
  types: Types,
): number {
  const value = measure ? applyAt(measure, rows, at, isApart, types) : null
  return typeof value === 'number' ? value : NaN
}

const byName = (query: ReportQuery, name: string): Measure | undefined =>
  query.measures.find((measure) => measureName(measure) === name)

function distinctMembers(rows: readonly Row[], use: AxisField, types: Types): Member[] {
  return [...new Set(rows.map((row) => memberIn(row, use, types)))]
}

const blanksLast = (a: number, b: number): number =>
  Number(Number.isNaN(a)) - Number(Number.isNaN(b))

interface Kept {
  readonly kept: readonly Row[]
  readonly isKept: (row: Row, butOf?: string) => boolean
}

interface TopTest {
  readonly field: string
  readonly test: (row: Row) => boolean
}

function keepTop(query: ReportQuery, rows: readonly Row[], types: Types): Kept {
  const keepAxis = (axis: readonly AxisField[], across: readonly AxisField[]): TopTest[] => {
    let left = rows
    return axis.flatMap((use, depth) => {
      const top = use.top
      if (!top) return []
      const parents = new Map<string, Row[]>()
      const ranking = byName(query, top.measure)
      // Members without rows in the ranking measure's dataset are not ranked.
      for (const row of ranking ? countedRows(ranking, left, types) : left) {
        if (!isUnder(row, across, top.at ?? [], types)) continue
        const key = JSON.stringify(axis.slice(0, depth).map((u) => memberIn(row, u, types)))
        parents.set(key, [...(parents.get(key) ?? []), row])
      }
      const kept = new Set<string>()
      for (const [key, group] of parents) {
        const ranked = distinctMembers(group, use, types)
          .toSorted(compareMembers)
          .map((member) => ({
            member,
            value: numeric(
              ranking,
              group.filter((row) => memberOf(row, use.field, use.grain, types) === member),
              [
                ...placed(axis, [...(JSON.parse(key) as Member[]), member]),
                ...placed(across, top.at ?? []),
              ],
              ranking !== undefined && isApartAt(axis, depth, ranking),
              types,
            ),
          }))
          .toSorted(
            (a, b) =>
              blanksLast(a.value, b.value) ||
              (top.direction === 'lowest' ? a.value - b.value : b.value - a.value) ||
              0,
          )
        for (const { member } of ranked.slice(0, top.count))
          kept.add(`${key}|${JSON.stringify(member)}`)
      }
      const test = (row: Row): boolean => {
        const key = JSON.stringify(axis.slice(0, depth).map((u) => memberIn(row, u, types)))
        return kept.has(`${key}|${JSON.stringify(memberOf(row, use.field, use.grain, types))}`)
      }
      if (top.others) {
        types.others?.set(use, (row) => !test(row))
        return []
      }
      left = left.filter(test)
      return [{ field: use.field, test }]
    })
  }
  const tests = [...keepAxis(query.rows, query.columns), ...keepAxis(query.columns, query.rows)]
  const isKept = (row: Row, butOf?: string): boolean =>
    tests.every(({ field, test }) => field === butOf || test(row))
  return { kept: rows.filter((row) => isKept(row)), isKept }
}

function edge(
  axis: readonly AxisField[],
  totals: 'none' | 'grand' | 'all',
  rows: readonly Row[],
  query: ReportQuery,
  types: Types,
  across: readonly AxisField[] = [],
): Member[][] {
  if (axis.length === 0) return [[]]
  if (rows.length === 0) return []
  const paths: Member[][] = []
  const visit = (path: Member[], here: readonly Row[]): void => {
    const use = axis[path.length]
    if (!use) {
      paths.push(path)
      return
    }
    const sort = use.sort ?? { by: 'label', direction: 'ascending' }
    const sign = sort.by === 'list' || sort.direction === 'ascending' ? 1 : -1
    const children = distinctMembers(here, use, types).toSorted(compareMembers)
    const under = (member: Member): Row[] =>
      here.filter((row) => memberIn(row, use, types) === member)
    const placeOf = (member: Member): number => {
      const place = sort.by === 'list' ? sort.members.indexOf(member) : -1
      return place < 0 ? NaN : place
    }
    const valueOf = (member: Member): number =>
      sort.by === 'measure'
        ? numeric(
            byName(query, sort.measure),
            under(member).filter((row) => isUnder(row, across, sort.at ?? [], types)),
            [...placed(axis, [...path, member]), ...placed(across, sort.at ?? [])],
            keepsPeriodsApart(query, byName(query, sort.measure) ?? { aggregate: 'count' }),
            types,
          )
        : placeOf(member)
    const end = (member: Member): number => (member === null ? 1 : member === othersMember ? 2 : 0)
    children.sort((a, b) => {
      if (end(a) > 0 || end(b) > 0) return end(a) - end(b)
      if (sort.by === 'label') return sign * compareMembers(a, b)
      const [x, y] = [valueOf(a), valueOf(b)]
      return blanksLast(x, y) || (Number.isNaN(x) ? 0 : sign * (x - y)) || compareMembers(a, b)
    })
    for (const member of children) visit([...path, member], under(member))
    const single = query.totals.singles === 'hide' && path.length > 0 && children.length === 1
    if (!single && (totals === 'all' || (totals === 'grand' && path.length === 0))) paths.push(path)
  }
  visit([], rows)
  return paths
}
