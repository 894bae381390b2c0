import { isoDay, isoSecond } from '../../../shared/data/calendar-day.ts'
import { isTemporal } from '../../../shared/data/field.ts'
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

export function resultMeasure({ name, measure, at }: ResolvedMeasure): ResultMeasure {
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

/** Earliest and latest dates were compared as day or second numbers; they leave as ISO text. */
export function temporalCells(
  cells: ValueColumn,
  resolved: ResolvedMeasure | undefined,
): ValueColumn {
  const type = resolved?.at?.field.type
  const extreme = resolved?.measure.aggregate === 'min' || resolved?.measure.aggregate === 'max'
  if (!extreme || type === undefined || !isTemporal(type) || cells.kind !== 'scaled') return cells
  const write = type === 'date' ? isoDay : isoSecond
  return {
    kind: 'text',
    writing: type === 'date' ? 'date' : 'timestamp',
    values: Array.from(cells.values, (value) => (Number.isNaN(value) ? null : write(value))),
  }
}
