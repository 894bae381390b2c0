/** A question over several fact tables: each measure is asked at the grain of its own dataset, from its own rows. */
import { nearDataset } from './near-names.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../shared/errors.ts'
import type { FormulaErrorCode } from '../../../shared/expression/formula-error.ts'
import { reachedFrom } from '../../../shared/data/relationship-graph.ts'
import type { Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import { measureName } from '../../../shared/query/report-query.ts'
import type { Expanded } from './expand-formulas.ts'
import { expandFormulas, isFormula } from './expand-formulas.ts'
import { findDataset, locateField } from './locate-field.ts'
import type { SpreadFormula } from '../../../shared/query/spread/formula-cells.ts'
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
  const homes = measureHomes(query, catalog).filter((home) => home !== undefined)
  return homes.length === 0 ? [own] : [...new Set(homes)]
}

/** Per measure the dataset whose rows it counts; formulas over shown cells count none. */
export function measureHomes(
  query: ReportQuery,
  catalog: QueryCatalog,
): (QueryDataset | undefined)[] {
  const own = findDataset(query.dataset, catalog)
  if (!own) return []
  return query.measures.map((measure) =>
    measure.aggregate === 'cells' ? undefined : homeOf(measure, own, catalog),
  )
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
): Outcome<QueryPart[], FormulaErrorCode | 'query/invalid' | 'dataset/notFound'> {
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
  const formulas = query.measures.filter(isFormula)
  // Formulas are computed from the others.
  const homes = measureHomes(query, catalog).map((home, place) =>
    query.measures[place] && isFormula(query.measures[place]) ? undefined : home,
  )
  const asked = new Set(homes.filter((home) => home !== undefined))
  for (const dataset of asked.size === 0 ? [own] : asked) {
    const places = homes.flatMap((home, index) => (home === dataset ? [index] : []))
    const measures = places.flatMap((place) => query.measures[place] ?? [])
    const part = rebase({ ...query, measures }, dataset, catalog)
    const depths = { ...part, measures: [...part.measures, ...formulas] }
    const resolved = resolve(part, catalog, names, depths)
    if (!resolved.ok) return resolved
    parts.push({ resolved: resolved.value, places })
  }
  return ok(parts)
}

/** The measures in the order they were asked, under the names they were asked by. */
export function measuresOf(
  query: ReportQuery,
  parts: readonly QueryPart[],
  gives: Expanded['gives'],
): ResolvedMeasure[] {
  return query.measures.flatMap((measure, place) => {
    if (isFormula(measure)) {
      const name = measureName(measure)
      const type = gives.get(name)
      return [{ name, measure, at: undefined, ...(type ? { gives: type } : {}) }]
    }
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
): Outcome<AskedFields, FormulaErrorCode | 'query/invalid' | 'dataset/notFound'> {
  try {
    const expanded = expandFormulas(query, catalog)
    const parts = resolveParts(expanded.query, catalog)
    if (!parts.ok) return parts
    const [first] = parts.value
    if (!first) return fail('dataset/notFound', { dataset: query.dataset })
    const measures = measuresOf(expanded.query, parts.value, expanded.gives)
    return ok({ ...first.resolved, measures: withPersonal(measures, expanded) })
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

/** A formula tells what the measures it is made of tell. */
function withPersonal(
  measures: readonly ResolvedMeasure[],
  { formulas }: Expanded,
): ResolvedMeasure[] {
  const kinds = new Map(
    measures.map(({ name, measure, at }) => {
      const counts = measure.aggregate.startsWith('count')
      return [name, counts ? null : (at?.field.personal ?? null)] as const
    }),
  )
  for (const formula of formulas) {
    const used = usedBy(formula).map((name) => kinds.get(name) ?? null)
    kinds.set(formula.name, used.find((kind) => kind !== null) ?? null)
  }
  return measures.map((one) => {
    const personal = isFormula(one.measure) ? kinds.get(one.name) : null
    return personal ? { ...one, personal } : one
  })
}

function usedBy(formula: SpreadFormula): string[] {
  return formula.kind === 'aggregate'
    ? formula.leaves.map(({ measure }) => measure)
    : formula.formula.inputs.flatMap((input) => (input.kind === 'measure' ? [input.measure] : []))
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
