import { isoDay, isoSecond } from '../../../shared/data/calendar-day.ts'
import { isTemporal } from '../../../shared/data/field.ts'
import type { ValueType } from '../../../shared/expression/value-type.ts'
import { mostPeriods } from '../../../shared/query/query-result.ts'
import type {
  ResultAxis,
  ResultDimension,
  ResultMeasure,
  ValueColumn,
} from '../../../shared/query/query-result.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import type { Axis } from '../../../shared/query/show-as.ts'
import type { Spread } from '../../../shared/query/spread/spread.ts'
import type { KeyMembers } from './key-members.ts'
import type { ResolvedMeasure, ResolvedQuery } from './resolve.ts'

export function resultFields(
  query: ReportQuery,
  name: Axis,
  resolved: ResolvedQuery | undefined,
  lists: readonly KeyMembers[],
): ResultDimension[] {
  return (resolved?.[name] ?? []).map(({ ref, field, grain }, index) => {
    const { all: members, periods } = lists[index] ?? {}
    const gaps = periods && periods.length <= mostPeriods ? periods : undefined
    return {
      ...{ field: query[name][index]?.field ?? ref, type: field.type },
      ...(grain === undefined ? {} : { grain }),
      ...(members === undefined ? {} : { members }),
      ...(gaps === undefined ? {} : { periods: gaps }),
    }
  })
}

export function resultAxis(
  { totals }: ReportQuery,
  name: Axis,
  fields: readonly ResultDimension[],
  { rowPaths, columnPaths, aside }: Spread,
): ResultAxis {
  const paths = name === 'rows' ? rowPaths : columnPaths
  return {
    fields: [...fields],
    totals: totals[name],
    ...(totals.over === undefined ? {} : { over: totals.over }),
    ...(aside[name].length === 0 ? {} : { aside: [...aside[name]] }),
    paths: paths.map((path) => [...path]),
  }
}

export function resultMeasure({ name, measure, at, gives }: ResolvedMeasure): ResultMeasure {
  const { aggregate, show, totals } = measure
  const base = {
    ...{ name, aggregate },
    ...(at ? { field: at.ref } : {}),
    ...(show ? { show } : {}),
    ...(totals ? { totals } : {}),
  }
  if (show?.as === 'rank') return { ...base, type: 'integer' }
  const whole = show === undefined || show.as === 'difference' || show.as === 'runningTotal'
  if (!whole || measure.compare?.show === 'percent') return { ...base, type: 'double' }
  switch (measure.aggregate) {
    case 'count':
    case 'countDistinct':
    case 'countDistinctWithBlank':
      return { ...base, type: 'integer' }
    case 'average':
    case 'median':
    case 'percentile':
    case 'weightedAverage':
      return { ...base, type: 'double' }
    case 'formula':
    case 'cells':
      return { ...base, ...formulaType(gives) }
    case 'sum':
    case 'opening':
    case 'closing':
    case 'min':
    case 'max': {
      const type = at?.field.type ?? 'double'
      return type === 'decimal' ? { ...base, type, scale: at?.field.scale ?? 0 } : { ...base, type }
    }
  }
}

function formulaType(gives: ValueType | undefined): Pick<ResultMeasure, 'type' | 'scale'> {
  if (gives === undefined) return { type: 'double' }
  switch (gives.kind) {
    case 'blank':
      return { type: 'double' }
    // More digits than an answer writes exactly.
    case 'decimal':
      return gives.scale > 6 ? { type: 'double' } : { type: 'decimal', scale: gives.scale }
    default:
      return { type: gives.kind }
  }
}

/** Earliest and latest dates were compared as day or second numbers; they leave as ISO text. */
export function temporalCells(
  cells: ValueColumn,
  resolved: ResolvedMeasure | undefined,
): ValueColumn {
  const type = resolved?.gives ? formulaType(resolved.gives).type : resolved?.at?.field.type
  const aggregate = resolved?.measure.aggregate
  const extreme = aggregate === 'min' || aggregate === 'max' || resolved?.gives !== undefined
  if (!extreme || type === undefined || !isTemporal(type) || cells.kind !== 'scaled') return cells
  const write = type === 'date' ? isoDay : isoSecond
  return {
    kind: 'text',
    writing: type === 'date' ? 'date' : 'timestamp',
    values: Array.from(cells.values, (value) => (Number.isNaN(value) ? null : write(value))),
  }
}
