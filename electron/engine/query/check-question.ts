/** What is checked of a question besides its names: types that go together, names that are there. */
import type { FieldType } from '../../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../../shared/data/field.ts'
import type { Grain } from '../../../shared/data/grain.ts'
import type { ErrorDetails } from '../../../shared/errors.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import { measureName } from '../../../shared/query/report-query.ts'
import type { AxisPlace, ShowAs } from '../../../shared/query/show-as.ts'
import type { QueryField, QueryRelation } from './query-catalog.ts'

export function invalid(path: string, reason: string, more: ErrorDetails = {}): AppErrorException {
  return new AppErrorException(appError('query/invalid', { path, reason, ...more }))
}

export function suits(aggregate: Measure['aggregate'], type: FieldType): boolean {
  switch (aggregate) {
    case 'sum':
    case 'average':
    case 'median':
    case 'percentile':
    case 'weightedAverage':
    case 'opening':
    case 'closing':
      return isNumeric(type)
    case 'min':
    case 'max':
      return isNumeric(type) || isTemporal(type)
    case 'count':
    case 'countDistinct':
    case 'countDistinctWithBlank':
    case 'formula':
    case 'cells':
      return true
  }
}

/** Dates have no shares, sums or zeros. */
export function checkShown(measure: Measure, { name, type }: QueryField, path: string): void {
  const asNumber = measure.show ?? measure.totals ?? measure.blankAs
  const extreme = measure.aggregate === 'min' || measure.aggregate === 'max'
  if (asNumber !== undefined && extreme && isTemporal(type)) {
    throw invalid(path, 'showDoesNotSuit', { field: name })
  }
}

export function checkedGrain(
  grain: Grain | undefined,
  type: FieldType,
  path: string,
): Grain | undefined {
  if (grain === undefined) return undefined
  if (!isTemporal(type)) throw invalid(path, 'grainWithoutDate')
  if ((grain === 'hour' || grain === 'hourOfDay') && type !== 'timestamp') {
    throw invalid(path, 'grainNeedsTime')
  }
  return grain
}

function placeIn(show: ShowAs): AxisPlace | undefined {
  if ('field' in show) return show.field
  return 'reset' in show && typeof show.reset === 'object' ? show.reset.field : undefined
}

export const rowsBehind = ({ most }: QueryRelation): number => most?.rows ?? 0

export function checkNames(query: ReportQuery, names: ReadonlySet<string>): void {
  const own = new Set(query.measures.map(measureName))
  if (own.size !== query.measures.length) throw invalid('measures', 'sameNameTwice')
  query.measures.forEach(({ show }, index) => {
    const place = show && placeIn(show)
    if (place && !query[place.axis][place.level]) {
      throw invalid(`measures.${index}`, 'unknownField', { field: `${place.axis}.${place.level}` })
    }
  })
  for (const axis of ['rows', 'columns'] as const) {
    query[axis].forEach((use, index) => {
      const wanted = [
        ...(use.sort?.by === 'measure' ? [use.sort.measure] : []),
        ...(use.top ? [use.top.measure] : []),
      ]
      const missing = wanted.find((name) => !names.has(name))
      if (missing !== undefined) {
        throw invalid(`${axis}.${index}`, 'unknownMeasure', { measure: missing })
      }
    })
  }
}
