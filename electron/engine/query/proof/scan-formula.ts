/** A formula over aggregates from the base rows of a cell: each row's part computed by the plain evaluation of formulas. */
import { isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { appError, AppErrorException } from '../../../../shared/errors.ts'
import type { AggregateLeaf } from '../../../../shared/expression/check/aggregate-leaves.ts'
import { leafMark } from '../../../../shared/expression/check/leaf-marks.ts'
import { evaluateFormula } from '../../../../shared/expression/evaluate/evaluate.ts'
import { exactText } from '../../../../shared/expression/evaluate/exact.ts'
import type { RowReader } from '../../../../shared/expression/evaluate/operation.ts'
import { checkMeasureFormula } from '../../../../shared/expression/measure-formula.ts'
import type { FieldPlace } from '../../../../shared/expression/scope.ts'
import { writeField } from '../../../../shared/expression/scope.ts'
import type { Typed } from '../../../../shared/expression/typed.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import type { ValueType } from '../../../../shared/expression/value-type.ts'
import { isExact, scaleOf } from '../../../../shared/expression/value-type.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import { measureName } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import { FormulaFields, formulaFault } from '../formula-fields.ts'
import { findDataset } from '../locate-field.ts'
import { resolve } from '../resolve.ts'
import { listedFields, ownRequest, rowsQuery } from '../rows-request.ts'
import { rankingTools } from '../run-query.ts'
import { topMembersOf } from '../top-restrictions.ts'
import type { Naive, NaiveValue, RowValue } from './naive-aggregate.ts'
import { naiveAggregate } from './naive-aggregate.ts'
import type { ScanContext, Scanned } from './scan-rows.ts'
import { readAll, settled } from './scan-rows.ts'

export async function scanFormula(
  query: ReportQuery,
  cell: CellAddress,
  measure: Measure,
  ranked: ReportQuery,
  context: ScanContext,
): Promise<Scanned> {
  const { catalog, tools, signal } = context
  const dataset = findDataset(query.dataset, catalog)
  if (!dataset)
    throw new AppErrorException(appError('dataset/notFound', { dataset: query.dataset }))
  const fields = new FormulaFields(query, dataset, catalog)
  const checked = checkMeasureFormula(measure.formula ?? '', 'aggregate', fields.scope)
  const name = measureName(measure)
  if (!checked.ok) throw formulaFault(checked.errors, { path: 'measures', formula: name })
  const { leaves, value } = checked.value
  if (leaves.some(({ fixed }) => fixed)) {
    throw new AppErrorException(appError('query/invalid', { reason: 'proofOfFixed', name }))
  }
  const row = new BaseRows(fields, dataset.lastDay)
  for (const { typed } of leaves) if (typed) row.read(typed)
  const asked = { ...query, calculated: [...(query.calculated ?? []), ...row.texts] }
  const request = { query: asked, cell, dataset: dataset.id, fields: [], sort: [], limit: 1 }
  const { own } = ownRequest(request, catalog)
  const resolved = settled(resolve(rowsQuery(own), catalog))
  const names = row.names.length > 0 ? row.names : dataset.fields.slice(0, 1).map((one) => one.name)
  const listed = settled(listedFields({ ...own, fields: names }, resolved, catalog))
  const members = await topMembersOf(
    { query: ranked, cell },
    own.query,
    listed.all,
    catalog,
    rankingTools(tools, signal),
  )
  const sums = leaves.map((leaf) => ({ leaf, naive: naiveOf(leaf) }))
  const take = (values: readonly RowValue[]): void => {
    row.at(values)
    for (const { leaf, naive } of sums) {
      const given = leaf.typed ? asRowValue(evaluateFormula(leaf.typed, row)) : null
      naive.add({ value: given, weight: null, over: null, per: null })
    }
  }
  const found = await readAll(listed.all, members, listed.fields, take, context)
  const results = sums.map(({ leaf, naive }) => ({ leaf, result: naive.result() }))
  const whole =
    found.rows === 0 ? null : evaluateFormula(value, leafReader(results, dataset.lastDay))
  const size = Math.max(0, ...results.map(({ result }) => result.size))
  return { value: written(whole, value.type), size, ...found, resolved: listed.all }
}

/** Reads base rows as formulas name their fields, calculated ones included. */
class BaseRows implements RowReader {
  readonly names: string[] = []
  /** Texts stand in extracts as codes: each is read by a formula that is the field alone. */
  readonly texts: { readonly name: string; readonly formula: string }[] = []
  readonly lastDay: number | null
  readonly #fields: FormulaFields
  readonly #places = new Map<string, { readonly at: number; readonly type: ValueType }>()
  #values: readonly RowValue[] = []

  constructor(fields: FormulaFields, lastDay: number | null) {
    this.#fields = fields
    this.lastDay = lastDay
  }

  /** Notes the fields a formula reads. */
  read(part: Typed): void {
    switch (part.kind) {
      case 'constant':
        return
      case 'field':
        this.#note(part.place, part.type)
        return
      case 'convert':
        this.read(part.of)
        return
      case 'apply':
        for (const arg of part.args) this.read(arg)
    }
  }

  #note(place: FieldPlace, type: ValueType): void {
    const ref = refOf(place.dataset, place.field.name)
    const calculated = this.#fields.get(ref)
    if (calculated?.ok === true) {
      this.read(calculated.value.typed)
      return
    }
    if (this.#places.has(ref)) return
    this.#places.set(ref, { at: this.names.length, type })
    if (type.kind !== 'text') {
      this.names.push(ref)
      return
    }
    const name = `${leafMark}t${this.texts.length}`
    this.texts.push({ name, formula: writeField(ref) })
    this.names.push(name)
  }

  at(values: readonly RowValue[]): void {
    this.#values = values
  }

  valueOf(dataset: string | undefined, field: string): Value {
    const ref = refOf(dataset, field)
    const calculated = this.#fields.get(ref)
    if (calculated?.ok === true) return evaluateFormula(calculated.value.typed, this)
    const place = this.#places.get(ref)
    const value = place ? (this.#values[place.at] ?? null) : null
    if (value === null || !place) return null
    if (place.type.kind === 'boolean') return Number(value) === 1
    return isExact(place.type) ? BigInt(value) : value
  }
}

const refOf = (dataset: string | undefined, field: string): string =>
  dataset === undefined ? field : `${dataset}.${field}`

const asRowValue = (value: Value): RowValue => (typeof value === 'boolean' ? Number(value) : value)

function naiveOf({ aggregate, percent, type, typed }: AggregateLeaf): Naive {
  const plain = aggregate === 'rows' ? 'count' : aggregate
  const scale = scaleOf(typed?.type ?? type)
  return naiveAggregate(
    { aggregate: plain, ...(percent === undefined ? {} : { percent }) },
    { value: scale, weight: 0 },
  )
}

function leafReader(
  results: readonly { readonly leaf: AggregateLeaf; readonly result: NaiveValue }[],
  lastDay: number | null,
): RowReader {
  return {
    lastDay,
    valueOf: (_dataset, name) => {
      const found = results.find(({ leaf }) => leaf.name === name)
      const value = found?.result.value ?? null
      if (!found || value === null) return null
      return isExact(found.leaf.type)
        ? digitsOf(String(value), scaleOf(found.leaf.type))
        : Number(value)
    },
  }
}

/** `12.3` of scale 2 is 1230n. */
function digitsOf(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale))
}

function written(value: Value, type: ValueType): NaiveValue['value'] {
  if (typeof value === 'bigint') return exactText(value, scaleOf(type))
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return value
  if (type.kind === 'date') return isoDay(value)
  return type.kind === 'timestamp' ? isoSecond(value) : value
}
