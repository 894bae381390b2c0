import type { Member } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Grain } from '../../shared/data/grain.ts'
import { parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { Filter } from '../../shared/query/filter.ts'
import { memberOfPeriod, periodOfDay } from '../../shared/query/period.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type {
  AxisField,
  AxisTotals,
  Measure,
  ReportQuery,
} from '../../shared/query/report-query.ts'
import { measureName } from '../../shared/query/report-query.ts'
import { compareText } from '../../shared/query/text-order.ts'

export type Row = Readonly<Record<string, Member>>
export interface CannedDataset {
  readonly id: string
  readonly fields: readonly Field[]
  readonly rows: readonly Row[]
}

const parts: Partial<Record<Grain, (month: number) => number>> = {
  monthOfYear: (month) => month,
  quarterOfYear: (month) => Math.ceil(month / 3),
}

function memberOf(row: Row, use: { field: string; grain?: Grain | undefined }): Member {
  const value = row[use.field] ?? null
  if (use.grain === undefined || typeof value !== 'string') return value
  const part = parts[use.grain]
  if (part) return part(Number(value.slice(5, 7)))
  const grain = use.grain as 'year' | 'quarter' | 'month' | 'week' | 'day'
  return memberOfPeriod(grain, periodOfDay(grain, parseIsoDay(value.slice(0, 10)) ?? 0))
}

function keeps(row: Row, filter: Filter): boolean {
  if (filter.op === 'in' || filter.op === 'notIn')
    return filter.values.includes(memberOf(row, filter)) === (filter.op === 'in')
  const value = memberOf(row, {
    field: filter.field,
    grain: 'grain' in filter ? filter.grain : undefined,
  })
  if (filter.op === 'range') {
    if (value === null) return false
    return (
      (filter.from === undefined || value >= filter.from) &&
      (filter.to === undefined || value <= filter.to)
    )
  }
  if (filter.op === 'contains') return String(value).includes(filter.text)
  if (filter.op === 'blank') return value === null
  return true
}

function aggregate(measure: Measure, rows: readonly Row[]): number {
  if (rows.length === 0) return NaN
  const present = rows
    .map((row) => row[measure.field ?? ''] ?? null)
    .filter((value) => value !== null)
  const numbers = present.map(Number)
  const sum = numbers.reduce((total, value) => total + value, 0)
  switch (measure.aggregate) {
    case 'sum':
      return Math.round(sum * 100) / 100
    case 'count':
      return rows.length
    case 'countDistinct':
    case 'countDistinctWithBlank':
      return new Set(present).size
    case 'weightedAverage':
    case 'average':
      return sum / numbers.length
    case 'opening':
    case 'closing':
    case 'min':
      return Math.min(...numbers)
    case 'max':
      return Math.max(...numbers)
    case 'formula':
    case 'cells':
      throw new Error('the naive answer knows no formulas')
    case 'percentile':
    case 'median':
      return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN
  }
}

const under = (rows: readonly Row[], axis: readonly AxisField[], path: readonly Member[]): Row[] =>
  rows.filter((row) =>
    path.every((member, depth) => axis[depth] && memberOf(row, axis[depth]) === member),
  )

function edge(
  query: ReportQuery,
  rows: readonly Row[],
  axis: readonly AxisField[],
  totals: AxisTotals,
): Member[][] {
  const measureOf = (name: string): Measure =>
    query.measures.find((measure) => measureName(measure) === name) ?? { aggregate: 'count' }
  const walk = (path: Member[]): Member[][] => {
    const use = axis[path.length]
    if (!use) return [path]
    const here = under(rows, axis, path)
    let members = [...new Set(here.map((row) => memberOf(row, use)))]
    const { sort, top } = use
    const value = (name: string, member: Member): number =>
      aggregate(measureOf(name), under(rows, axis, [...path, member]))
    if (top)
      members = members
        .toSorted((a, b) => value(top.measure, b) - value(top.measure, a))
        .slice(0, top.count)
    const turn = sort && sort.by !== 'list' && sort.direction === 'descending' ? -1 : 1
    members.sort((a, b) =>
      sort?.by === 'measure'
        ? turn * (value(sort.measure, a) - value(sort.measure, b))
        : turn * (typeof a === 'number' ? a - Number(b) : compareText(String(a), String(b))),
    )
    const children = members.flatMap((member) => walk([...path, member]))
    const total = path.length === 0 ? totals !== 'none' : totals === 'all'
    return total ? [...children, path] : children
  }
  return walk([])
}

/** Answers a question over canned rows, the simplest way that is right: for fakes only. */
export function answerNaively(dataset: CannedDataset, query: ReportQuery): QueryResult {
  const rows = dataset.rows.filter((row) => query.filters.every((filter) => keeps(row, filter)))
  const typeOf = (name: string): Field =>
    dataset.fields.find((field) => field.name === name) ?? { name, type: 'text', role: 'dimension' }
  const axis = (uses: readonly AxisField[], totals: AxisTotals) => ({
    fields: uses.map(({ field, grain }) => ({
      field,
      type: typeOf(field).type,
      ...(grain ? { grain } : {}),
    })),
    totals,
    paths: edge(query, rows, uses, totals),
  })
  const rowAxis = axis(query.rows, query.totals.rows)
  const columnAxis = axis(query.columns, query.totals.columns)
  return {
    rows: rowAxis,
    columns: columnAxis,
    measures: query.measures.map((measure) => ({
      name: measureName(measure),
      ...(measure.field === undefined ? {} : { field: measure.field }),
      aggregate: measure.aggregate,
      type: measure.aggregate.startsWith('count') ? 'integer' : typeOf(measure.field ?? '').type,
    })),
    cells: query.measures.map((measure) => ({
      kind: 'number',
      values: Float64Array.from(
        rowAxis.paths.flatMap((row) => {
          const line = under(rows, query.rows, row)
          return columnAxis.paths.map((column) =>
            aggregate(measure, under(line, query.columns, column)),
          )
        }),
      ),
    })),
    baseRows: rows.length,
    dataAsOf: '2026-06-30T08:00:00',
    version: 1,
    elapsedMs: 4,
    cached: false,
    warnings: [],
  }
}

export function keptRows(
  dataset: CannedDataset,
  query: ReportQuery,
  cell?: { row: readonly Member[]; column: readonly Member[] },
): Row[] {
  const rows = dataset.rows.filter((row) => query.filters.every((filter) => keeps(row, filter)))
  return under(under(rows, query.rows, cell?.row ?? []), query.columns, cell?.column ?? [])
}
