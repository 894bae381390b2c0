/** A question over several fact tables: each measure is asked at the grain of its own dataset, from its own rows. */
import { nearDataset } from './near-names.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { fail, ok } from '../../../shared/errors.ts'
import { reachedFrom } from '../../../shared/data/relationship-graph.ts'
import type { Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import { measureName } from '../../../shared/query/report-query.ts'
import { findDataset, locateField } from './locate-field.ts'
import type { QueryCatalog, QueryDataset } from './query-catalog.ts'
import type { ResolvedMeasure, ResolvedQuery } from './resolve.ts'
import { resolve } from './resolve.ts'

export interface QueryPart {
  readonly resolved: ResolvedQuery
  /** Places of its measures among those of the whole question. */
  readonly places: readonly number[]
}

/** The datasets whose rows a question counts, by their measures; the question's own where it has none. */
export function countedDatasets(query: ReportQuery, catalog: QueryCatalog): QueryDataset[] {
  const own = findDataset(query.dataset, catalog)
  if (!own) return []
  const homes = measureHomes(query, catalog)
  return homes.length === 0 ? [own] : [...new Set(homes)]
}

/** Per measure the dataset whose rows it counts. */
export function measureHomes(query: ReportQuery, catalog: QueryCatalog): QueryDataset[] {
  const own = findDataset(query.dataset, catalog)
  return own ? query.measures.map((measure) => homeOf(measure, own, catalog)) : []
}

/**
 * What is added up belongs to its own dataset. Rows and different values are counted among the question's rows as long as
 * those lead to the field: customers who bought, not customers there are.
 */
function homeOf(measure: Measure, own: QueryDataset, catalog: QueryCatalog): QueryDataset {
  if (measure.field === undefined) return own
  const home = locateField(measure.field, own, catalog)?.dataset ?? own
  const counts = measure.aggregate.startsWith('count')
  return counts && reachedFrom(own.id, catalog.relations).has(home.id) ? own : home
}

export function resolveParts(
  query: ReportQuery,
  catalog: QueryCatalog,
): Outcome<QueryPart[], 'query/invalid' | 'dataset/notFound'> {
  const own = findDataset(query.dataset, catalog)
  if (!own) {
    const near = nearDataset(query.dataset, catalog)
    return fail('dataset/notFound', { dataset: query.dataset, ...near })
  }
  const names = new Set(query.measures.map(measureName))
  if (names.size !== query.measures.length) {
    return fail('query/invalid', { path: 'measures', reason: 'sameNameTwice' })
  }
  const parts: QueryPart[] = []
  const homes = measureHomes(query, catalog)
  for (const dataset of homes.length === 0 ? [own] : new Set(homes)) {
    const places = homes.flatMap((home, index) => (home === dataset ? [index] : []))
    const measures = places.flatMap((place) => query.measures[place] ?? [])
    const asked = rebase({ ...query, measures }, dataset, catalog)
    const resolved = resolve(asked, catalog, names)
    if (!resolved.ok) return resolved
    parts.push({ resolved: resolved.value, places })
  }
  return ok(parts)
}

/** The measures in the order they were asked, under the names they were asked by. */
export function measuresOf(query: ReportQuery, parts: readonly QueryPart[]): ResolvedMeasure[] {
  return query.measures.flatMap((measure, place) => {
    const part = parts.find(({ places }) => places.includes(place))
    const found = part?.resolved.measures[part.places.indexOf(place)]
    if (!found) return []
    const { at } = found
    const ref = measure.field ?? ''
    return [{ ...found, measure, at: at && { ...at, ref } }]
  })
}

/** The fields of a whole question, whichever tables its measures count. */
export type AskedFields = Pick<ResolvedQuery, 'rows' | 'columns' | 'measures' | 'filters'>

export function askedFields(
  query: ReportQuery,
  catalog: QueryCatalog,
): Outcome<AskedFields, 'query/invalid' | 'dataset/notFound'> {
  const parts = resolveParts(query, catalog)
  if (!parts.ok) return parts
  const [first] = parts.value
  if (!first) return fail('dataset/notFound', { dataset: query.dataset })
  return ok({ ...first.resolved, measures: measuresOf(query, parts.value) })
}

/** The same question asked from the rows of another dataset: names are written as that one sees them. */
export function rebase(query: ReportQuery, to: QueryDataset, catalog: QueryCatalog): ReportQuery {
  const own = findDataset(query.dataset, catalog)
  if (!own || own === to) return query
  const written = (ref: string): string => {
    const place = locateField(ref, own, catalog)
    if (!place) return ref
    return place.dataset === to ? place.field.name : `${place.dataset.id}.${place.field.name}`
  }
  const moved = <T extends { readonly field: string }>(use: T): T => ({
    ...use,
    field: written(use.field),
  })
  return {
    ...query,
    dataset: to.id,
    rows: query.rows.map(moved),
    columns: query.columns.map(moved),
    filters: query.filters.map(moved),
    measures: query.measures.map((measure) => ({
      ...measure,
      ...(measure.field === undefined ? {} : { field: written(measure.field) }),
      ...(measure.weight === undefined ? {} : { weight: written(measure.weight) }),
      ...(measure.over === undefined ? {} : { over: written(measure.over) }),
      ...(measure.per === undefined ? {} : { per: written(measure.per) }),
      as: measureName(measure),
    })),
  }
}
