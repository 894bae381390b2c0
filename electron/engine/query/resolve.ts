import { nearDataset, nearField } from './near-names.ts'
import { isNumeric, isTemporal } from '../../../shared/data/field.ts'
import type { DayKeys } from '../../../shared/calendar/calendar-grains.ts'
import { dayKeys } from '../../../shared/calendar/calendar-grains.ts'
import type { RetailCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'
import type { Grain } from '../../../shared/data/grain.ts'
import type { PersonalKind } from '../../../shared/data/personal.ts'
import { isCalendarGrain } from '../../../shared/data/grain.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../shared/errors.ts'
import { datasetsOn, waysBetween } from '../../../shared/data/relationship-graph.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import type { AxisField, Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import { measureName } from '../../../shared/query/report-query.ts'
import type { DepthAsk } from '../../../shared/query/spread/wanted-depths.ts'
import type { FormulaErrorCode } from '../../../shared/expression/formula-error.ts'
import type { ValueType } from '../../../shared/expression/value-type.ts'
import { findDataset, locateField } from './locate-field.ts'
import type { Expr } from '../sql/nodes.ts'
import {
  checkedGrain,
  checkNames,
  checkShown,
  invalid,
  rowsBehind,
  suits,
} from './check-question.ts'
import { computedField } from './computed-field.ts'
import { FormulaFields, formulaFault } from './formula-fields.ts'
import { column } from '../sql/nodes.ts'
import { stored } from './field-access.ts'
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
      /** The key's fields in `from`, in the relation's order. */
      readonly keys: readonly QueryField[]
    }
  | { readonly kind: 'companion'; readonly from: string }
  /** To the texts of a column that holds codes. */
  | {
      readonly kind: 'dictionary'
      readonly from: string
      readonly index: number
      readonly code: Expr
    }

export interface FieldAt {
  readonly ref: string
  readonly source: Source
  readonly field: QueryField
  /** For a grain of the retail calendar: what it makes of the field's days. */
  readonly days?: DayKeys | undefined
  /** Of a field computed in every row. */
  readonly computed?: ComputedField | undefined
}

export interface ComputedField {
  /** As a column of its own type. */
  readonly value: Expr
  /** Whole numbers and decimals as digits without a point. */
  readonly exact: Expr | undefined
  /** Of a value per combination of fields: what it is computed from. */
  readonly fixed: FixedField | undefined
}

/** The rows are grouped by `by` first, each group gives `parts`, and the field is computed from those. */
export interface FixedField {
  readonly by: readonly FieldAt[]
  readonly parts: readonly Expr[]
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
  readonly weight?: FieldAt
  readonly over?: FieldAt
  readonly per?: FieldAt
  /** What a formula gives. */
  readonly gives?: ValueType
  /** Of a formula whose value is somebody's. */
  readonly personal?: PersonalKind | undefined
}

export interface ResolvedFilter {
  readonly at: FieldAt
  readonly filter: Filter
}

export interface ResolvedQuery {
  readonly query: ReportQuery
  /** What decides the levels: formulas of the whole question read some too. */
  readonly asking: DepthAsk
  readonly calendar: RetailCalendar
  readonly base: Source
  readonly sources: readonly Source[]
  readonly rows: readonly Dimension[]
  readonly columns: readonly Dimension[]
  readonly measures: readonly ResolvedMeasure[]
  readonly filters: readonly ResolvedFilter[]
}

type Failure = FormulaErrorCode | 'query/invalid' | 'dataset/notFound'

/**
 * Names to datasets and fields, with types checked; the failure names the pill or filter it is about. `names` are those a sort
 * or a top-N may use, where they are more than the question's own measures.
 */
export function resolve(
  query: ReportQuery,
  catalog: QueryCatalog,
  names: ReadonlySet<string> = new Set(query.measures.map(measureName)),
  asking: DepthAsk = query,
): Outcome<ResolvedQuery, Failure> {
  const dataset = findDataset(query.dataset, catalog)
  if (!dataset) {
    const near = nearDataset(query.dataset, catalog)
    return fail('dataset/notFound', { dataset: query.dataset, ...near })
  }
  try {
    checkNames(query, names)
    const calendar = calendarOf(query, catalog)
    return ok(new Resolver(query, catalog, dataset, calendar).resolve(asking))
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

/** The calendar a question names, else the workspace's default one. */
export function calendarOf(query: ReportQuery, { calendars = [] }: QueryCatalog): RetailCalendar {
  if (query.calendar === undefined) return calendars[0] ?? plainCalendar
  const found = calendars.find(({ id, name }) => id === query.calendar || name === query.calendar)
  if (!found) throw invalid('calendar', 'unknownCalendar', { calendar: query.calendar })
  return found
}

/** A field as a grain has it. */
export function atGrain<At extends FieldAt>(
  at: At,
  grain: Grain | undefined,
  calendar: RetailCalendar,
): At {
  if (grain === undefined || !isCalendarGrain(grain)) return at
  return { ...at, days: dayKeys(calendar, grain) }
}

class Resolver {
  readonly #query: ReportQuery
  readonly #formulas: FormulaFields
  readonly #computed = new Map<string, FieldAt>()
  readonly #catalog: QueryCatalog
  readonly #calendar: RetailCalendar
  readonly #base: Source
  readonly #sources: Source[]

  constructor(
    query: ReportQuery,
    catalog: QueryCatalog,
    dataset: QueryDataset,
    calendar: RetailCalendar,
  ) {
    this.#query = query
    this.#formulas = new FormulaFields(query, dataset, catalog)
    this.#catalog = catalog
    this.#calendar = calendar
    this.#base = { as: 't0', dataset, via: null }
    this.#sources = [this.#base]
  }

  resolve(asking: DepthAsk): ResolvedQuery {
    const query = this.#query
    const axis = (name: 'rows' | 'columns'): Dimension[] =>
      query[name].map((use, index) => this.#dimension(use, `${name}.${index}`))
    const rows = axis('rows')
    const columns = axis('columns')
    const measures = query.measures.map((measure, index) => this.#measure(measure, index))
    const filters = query.filters.map((filter, index) => this.#filter(filter, index))
    const calendar = this.#calendar
    const [base, sources] = [this.#base, this.#sources]
    return { query, asking, calendar, base, sources, rows, columns, measures, filters }
  }

  #at(ref: string, path: string): FieldAt {
    const computed = this.#computedAt(ref, path)
    if (computed) return computed
    const place = locateField(ref, this.#base.dataset, this.#catalog)
    if (!place) {
      const near = nearField(ref, this.#base.dataset, this.#catalog)
      throw invalid(path, 'unknownField', { field: ref, ...near })
    }
    const { dataset, field, beside } = place
    const source = beside ? this.#companionOf(dataset, path) : this.#sourceOf(dataset, path)
    return { ref, source, field }
  }

  /** Each is computed once, however often others name it. */
  #computedAt(ref: string, path: string): FieldAt | undefined {
    const known = this.#computed.get(ref)
    if (known) return known
    const formula = this.#formulas.get(ref)
    if (!formula) return undefined
    if (!formula.ok) throw formulaFault(formula.errors, { path, formula: ref })
    const made = computedField(ref, formula.value, path, {
      base: this.#base,
      fieldAt: (name) => this.#at(name, path),
      textOf: (at) => this.#textOf(at),
    })
    this.#computed.set(ref, made)
    return made
  }

  /** A column of codes is read by its texts. */
  #textOf(at: FieldAt): Expr {
    const { source, field } = at
    if (at.computed || source.dataset.storage.kind !== 'extract' || !field.coded) return stored(at)
    const { as: from } = source
    const known = this.#sources.find(
      ({ via }) => via?.kind === 'dictionary' && via.from === from && via.index === field.index,
    )
    const { as } = known ?? this.#dictionary(at)
    return column(as, 'value')
  }

  #dictionary(at: FieldAt): Source {
    const { as: from, dataset } = at.source
    const made: Source = {
      as: `t${this.#sources.length}`,
      dataset,
      via: { kind: 'dictionary', from, index: at.field.index, code: stored(at) },
    }
    this.#sources.push(made)
    return made
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
    const known = this.#known(dataset.id)
    if (known) return known
    const { relations } = this.#catalog
    const [way, other] = waysBetween(this.#base.dataset.id, dataset.id, relations)
    if (!way) throw this.#unreached(dataset, path)
    if (other) {
      const ways = { way: this.#written(way), other: this.#written(other) }
      throw invalid(path, 'ambiguousWay', { dataset: dataset.name, ...ways })
    }
    let source = this.#base
    for (const relation of way) source = this.#step(source, relation, path)
    return source
  }

  /** A companion has the id of the dataset whose rows it has. */
  #known(dataset: string): Source | undefined {
    return this.#sources.find(
      ({ dataset: one, via }) => one.id === dataset && (!via || via.kind === 'relation'),
    )
  }

  /** One many-to-one step further; steps taken before are shared. */
  #step(from: Source, relation: QueryRelation, path: string): Source {
    const known = this.#known(relation.to.dataset)
    if (known) return known
    const dataset = findDataset(relation.to.dataset, this.#catalog)
    const keys = relation.from.fields.flatMap(
      (name) => from.dataset.fields.find((field) => field.name === name) ?? [],
    )
    if (!dataset || keys.length < relation.from.fields.length) {
      const names = { dataset: dataset?.name ?? relation.to.dataset, from: from.dataset.name }
      throw invalid(path, 'notRelated', names)
    }
    this.#requireJoin(dataset, path)
    const source: Source = {
      as: `t${this.#sources.length}`,
      dataset,
      via: { kind: 'relation', from: from.as, relation, keys },
    }
    this.#sources.push(source)
    return source
  }

  /** Old ClickHouse joins one table in a select, and says so in an error of its own. */
  #requireJoin({ name, storage }: QueryDataset, path: string): void {
    const server = storage.kind === 'live' ? storage.server : undefined
    if (server?.kind !== 'clickhouse' || server.features.includes('severalJoins')) return
    const joined = this.#sources.find(({ via }) => via?.kind === 'relation')
    if (joined) throw invalid(path, 'oneRelationThere', { dataset: name, other: joined.dataset.name }) // prettier-ignore
  }

  /** Rows that are the many side would count a row of the base several times; others have nothing to do with it. */
  #unreached(dataset: QueryDataset, path: string): AppErrorException {
    const names = { dataset: dataset.name, from: this.#base.dataset.name }
    const [back] = waysBetween(dataset.id, this.#base.dataset.id, this.#catalog.relations)
    if (!back) return invalid(path, 'notRelated', names)
    const worst = back.reduce((one, next) => (rowsBehind(next) > rowsBehind(one) ? next : one))
    const example = { rows: rowsBehind(worst), key: worst.most?.key ?? '' }
    return example.rows > 1 && !this.#isPersonal(worst)
      ? invalid(path, 'fanOutBy', { ...names, ...example })
      : invalid(path, 'fanOut', names)
  }

  /** Keys that name persons stay out of messages, which are logged. */
  #isPersonal({ from }: QueryRelation): boolean {
    const fields = findDataset(from.dataset, this.#catalog)?.fields ?? []
    return fields.some(({ name, personal }) => from.fields.includes(name) && personal != null)
  }

  #written(way: readonly QueryRelation[]): string {
    return datasetsOn(this.#base.dataset.id, way)
      .map((id) => findDataset(id, this.#catalog)?.name ?? id)
      .join(' → ')
  }

  #dimension(use: AxisField, path: string): Dimension {
    const at = this.#at(use.field, path)
    const grain = checkedGrain(use.grain, at.field.type, path)
    return atGrain({ ...at, use, grain }, grain, this.#calendar)
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
    if (!suits(measure.aggregate, at.field.type)) {
      throw invalid(path, 'aggregateDoesNotSuit', { field: measure.field, type: at.field.type })
    }
    checkShown(measure, at.field, path)
    return { name, measure, at, ...this.#besides(measure, path) }
  }

  /** The further fields an aggregate needs. */
  #besides(measure: Measure, path: string): Partial<ResolvedMeasure> {
    if (measure.aggregate === 'weightedAverage') {
      if (measure.weight === undefined) throw invalid(path, 'weightMissing')
      const weight = this.#at(measure.weight, path)
      if (!isNumeric(weight.field.type)) {
        throw invalid(path, 'aggregateDoesNotSuit', { field: measure.weight })
      }
      return { weight }
    }
    if (measure.aggregate !== 'opening' && measure.aggregate !== 'closing') return {}
    if (measure.over === undefined) throw invalid(path, 'balanceDateMissing')
    const over = this.#at(measure.over, path)
    if (!isTemporal(over.field.type)) throw invalid(path, 'notADate', { field: measure.over })
    return measure.per === undefined ? { over } : { over, per: this.#at(measure.per, path) }
  }

  #filter(filter: Filter, index: number): ResolvedFilter {
    const path = `filters.${index}`
    const at = this.#at(filter.field, path)
    const grain = 'grain' in filter ? filter.grain : undefined
    checkedGrain(grain, at.field.type, path)
    if (filter.op === 'relative' && !isTemporal(at.field.type)) {
      throw invalid(path, 'notADate', { field: filter.field })
    }
    if (['contains', 'notContains', 'startsWith'].includes(filter.op) && at.field.type !== 'text') {
      throw invalid(path, 'notText', { field: filter.field })
    }
    return { at: atGrain(at, grain, this.#calendar), filter }
  }
}
