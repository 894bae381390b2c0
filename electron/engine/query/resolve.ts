import type { FieldType } from '../../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../../shared/data/field.ts'
import type { Grain } from '../../../shared/data/grain.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { appError, AppErrorException, fail, ok } from '../../../shared/errors.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import type { AxisField, Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import { measureName } from '../../../shared/query/report-query.ts'
import type { QueryCatalog, QueryDataset, QueryField, QueryRelation } from './query-catalog.ts'

/** A dataset the question reads: the base one is `t0`, each related one has the relations that lead to it. */
export interface Source {
  readonly as: string
  readonly dataset: QueryDataset
  /** Null for the base. */
  readonly via: Way | null
}

/** From the source `from`: along a relation, or to the companion that has the same rows. */
export type Way =
  | {
      readonly kind: 'relation'
      readonly from: string
      readonly relation: QueryRelation
      readonly key: QueryField
    }
  | { readonly kind: 'companion'; readonly from: string }

export interface FieldAt {
  readonly ref: string
  readonly source: Source
  readonly field: QueryField
}

export interface Dimension extends FieldAt {
  /** Dates without a grain are days (dates) or seconds (time stamps). */
  readonly grain: Grain | undefined
  readonly use: AxisField
}

export interface ResolvedMeasure {
  readonly name: string
  readonly measure: Measure
  /** Undefined for a plain row count. */
  readonly at: FieldAt | undefined
}

export interface ResolvedFilter {
  readonly at: FieldAt
  readonly filter: Filter
}

export interface ResolvedQuery {
  readonly query: ReportQuery
  readonly base: Source
  readonly sources: readonly Source[]
  readonly rows: readonly Dimension[]
  readonly columns: readonly Dimension[]
  readonly measures: readonly ResolvedMeasure[]
  readonly filters: readonly ResolvedFilter[]
}

type Failure = 'query/invalid' | 'dataset/notFound'

function invalid(
  path: string,
  reason: string,
  more: Record<string, string> = {},
): AppErrorException {
  return new AppErrorException(appError('query/invalid', { path, reason, ...more }))
}

/** Names to datasets and fields, with types checked; the failure names the pill or filter it is about. */
export function resolve(
  query: ReportQuery,
  catalog: QueryCatalog,
): Outcome<ResolvedQuery, Failure> {
  const dataset = findDataset(query.dataset, catalog)
  if (!dataset) return fail('dataset/notFound', { dataset: query.dataset })
  try {
    return ok(new Resolver(catalog, dataset).resolve(query))
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

export function findDataset(name: string, catalog: QueryCatalog): QueryDataset | undefined {
  return (
    catalog.datasets.find((candidate) => candidate.id === name) ??
    catalog.datasets.find((candidate) => candidate.name === name)
  )
}

class Resolver {
  readonly #catalog: QueryCatalog
  readonly #base: Source
  readonly #sources: Source[]

  constructor(catalog: QueryCatalog, dataset: QueryDataset) {
    this.#catalog = catalog
    this.#base = { as: 't0', dataset, via: null }
    this.#sources = [this.#base]
  }

  resolve(query: ReportQuery): ResolvedQuery {
    const axis = (name: 'rows' | 'columns'): Dimension[] =>
      query[name].map((use, index) => this.#dimension(use, `${name}.${index}`))
    const rows = axis('rows')
    const columns = axis('columns')
    const measures = query.measures.map((measure, index) => this.#measure(measure, index))
    checkNames(query, measures)
    const filters = query.filters.map((filter, index) => this.#filter(filter, index))
    return { query, base: this.#base, sources: this.#sources, rows, columns, measures, filters }
  }

  /** A bare name is the base dataset's, even with a dot in it; otherwise the longest dataset name before a dot. */
  #at(ref: string, path: string): FieldAt {
    const own = this.#fieldOf(this.#base.dataset, ref, ref, path)
    if (own) return own
    for (const dataset of this.#catalog.datasets) {
      for (const prefix of [dataset.id, dataset.name]) {
        if (!ref.startsWith(`${prefix}.`)) continue
        const found = this.#fieldOf(dataset, ref.slice(prefix.length + 1), ref, path)
        if (found) return found
      }
    }
    throw invalid(path, 'unknownField', { field: ref })
  }

  #fieldOf(dataset: QueryDataset, name: string, ref: string, path: string): FieldAt | undefined {
    const own = dataset.fields.find((field) => field.name === name)
    if (own) return { ref, source: this.#sourceOf(dataset, path), field: own }
    const beside = dataset.companion?.fields.find((field) => field.name === name)
    return beside && { ref, source: this.#companionOf(dataset, path), field: beside }
  }

  #companionOf(dataset: QueryDataset, path: string): Source {
    const rows = this.#sourceOf(dataset, path)
    const known = this.#sources.find(({ via }) => via?.kind === 'companion' && via.from === rows.as)
    if (known) return known
    const source: Source = {
      as: `t${this.#sources.length}`,
      dataset: dataset.companion ?? dataset,
      via: { kind: 'companion', from: rows.as },
    }
    this.#sources.push(source)
    return source
  }

  #sourceOf(dataset: QueryDataset, path: string): Source {
    const known = this.#sources.find(
      ({ dataset: one, via }) => one.id === dataset.id && via?.kind !== 'companion',
    )
    if (known) return known
    for (const relation of this.#catalog.relations) {
      if (relation.to.dataset !== dataset.id) continue
      const from = this.#sources.find((source) => source.dataset.id === relation.from.dataset)
      const key = from?.dataset.fields.find((field) => field.name === relation.from.field)
      if (!from || !key) continue
      const source: Source = {
        as: `t${this.#sources.length}`,
        dataset,
        via: { kind: 'relation', from: from.as, relation, key },
      }
      this.#sources.push(source)
      return source
    }
    throw invalid(path, 'notRelated', { dataset: dataset.name })
  }

  #dimension(use: AxisField, path: string): Dimension {
    const at = this.#at(use.field, path)
    return { ...at, use, grain: checkedGrain(use.grain, at.field.type, path) }
  }

  #measure(measure: Measure, index: number): ResolvedMeasure {
    const path = `measures.${index}`
    const name = measureName(measure)
    if (measure.aggregate === 'count') {
      // A field given to a row count is checked but does not change it.
      if (measure.field !== undefined) this.#at(measure.field, path)
      return { name, measure, at: undefined }
    }
    if (measure.field === undefined) throw invalid(path, 'fieldMissing')
    const at = this.#at(measure.field, path)
    if (at.source !== this.#base && !measure.aggregate.startsWith('countDistinct')) {
      throw invalid(path, 'measureOfOtherDataset', { field: measure.field })
    }
    if (!suits(measure.aggregate, at.field.type)) {
      throw invalid(path, 'aggregateDoesNotSuit', { field: measure.field, type: at.field.type })
    }
    return { name, measure, at }
  }

  #filter(filter: Filter, index: number): ResolvedFilter {
    const path = `filters.${index}`
    const at = this.#at(filter.field, path)
    if ('grain' in filter) checkedGrain(filter.grain, at.field.type, path)
    if (filter.op === 'relative' && !isTemporal(at.field.type)) {
      throw invalid(path, 'notADate', { field: filter.field })
    }
    if (['contains', 'notContains', 'startsWith'].includes(filter.op) && at.field.type !== 'text') {
      throw invalid(path, 'notText', { field: filter.field })
    }
    return { at, filter }
  }
}

function suits(aggregate: Measure['aggregate'], type: FieldType): boolean {
  switch (aggregate) {
    case 'sum':
    case 'average':
    case 'median':
      return isNumeric(type)
    case 'min':
    case 'max':
      return isNumeric(type) || isTemporal(type)
    case 'count':
    case 'countDistinct':
    case 'countDistinctWithBlank':
      return true
  }
}

function checkedGrain(grain: Grain | undefined, type: FieldType, path: string): Grain | undefined {
  if (grain === undefined) return undefined
  if (!isTemporal(type)) throw invalid(path, 'grainWithoutDate')
  if ((grain === 'hour' || grain === 'hourOfDay') && type !== 'timestamp') {
    throw invalid(path, 'grainNeedsTime')
  }
  return grain
}

function checkNames(query: ReportQuery, measures: readonly ResolvedMeasure[]): void {
  const names = new Set(measures.map((measure) => measure.name))
  if (names.size !== measures.length) throw invalid('measures', 'sameNameTwice')
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
