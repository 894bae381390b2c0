/** A formula over aggregates from the base rows of a cell: each row's part computed by the plain evaluation of formulas. */
import { appError, AppErrorException } from '../../../../shared/errors.ts'
import type { AggregateLeaf } from '../../../../shared/expression/check/aggregate-leaves.ts'
import { evaluateFormula } from '../../../../shared/expression/evaluate/evaluate.ts'
import type { AggregateFormula } from '../../../../shared/expression/check/aggregate-formula.ts'
import { measureTypes } from '../../../../shared/query/measure-types.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import type { ValueType } from '../../../../shared/expression/value-type.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import { measureName } from '../../../../shared/query/report-query.ts'
import type { CellAddress, RowsRequest } from '../../../../shared/query/row-list.ts'
import type { Filter } from '../../../../shared/query/filter.ts'
import { FormulaFields, formulaFault } from '../formula-fields.ts'
import { findDataset } from '../locate-field.ts'
import { resolve } from '../resolve.ts'
import { listedFields, ownRequest, rowsQuery } from '../rows-request.ts'
import type { LeafResult } from './base-rows.ts'
import { asRowValue, BaseRows, leafReader, naiveOf } from './base-rows.ts'
import type { Place } from './cell-place.ts'
import { FixedValues } from './fixed-values.ts'
import { writtenValue } from './formula-values.ts'
import type { NaiveValue, RowValue } from './naive-aggregate.ts'
import type { ScanContext, Scanned } from './scan-rows.ts'
import { readAll, rowsAt, scannedRows, settled } from './scan-rows.ts'

/** Of other days: the rows of the cell, and all that a fixed value is computed from. */
export interface OtherRows {
  readonly place: Place
  readonly ground: readonly Filter[]
}

export async function scanFormula(
  query: ReportQuery,
  cell: CellAddress,
  measure: Measure,
  ranked: ReportQuery,
  context: ScanContext,
  scanNamed: (measure: Measure) => Promise<Scanned>,
  other?: OtherRows,
): Promise<Scanned> {
  const { catalog } = context
  const dataset = findDataset(query.dataset, catalog)
  if (!dataset)
    throw new AppErrorException(appError('dataset/notFound', { dataset: query.dataset }))
  const fields = new FormulaFields(query, dataset, catalog)
  const { leaves, value, named } = checkedFormula(query, measure, fields)
  const { lastDay } = dataset
  const row = new BaseRows(fields, lastDay)
  const [plain, fixed] = [leaves.filter((leaf) => !leaf.fixed), leaves.flatMap(fixedOf)]
  for (const leaf of leaves) noteFields(row, leaf)
  const asked = { ...query, calculated: [...(query.calculated ?? []), ...row.texts] }
  const request = {
    ...rowsAt(asked, cell, other?.place),
    dataset: dataset.id,
    fields: [],
    sort: [],
    limit: 1,
  }
  const { own } = ownRequest(request, catalog)
  const { listed, members } = await scannedRows(own, row.names, { query: ranked, cell }, context)
  if (fixed.length > 0) {
    const ground = other ? { ...own.query, filters: [...other.ground] } : own.query
    const names = listed.fields.map(({ ref }) => ref)
    const group = (values: readonly RowValue[]): void => {
      row.at(values)
      for (const one of fixed) one.addToGroup(row)
    }
    await readGround({ ...own, query: ground, fields: names }, group, context)
  }
  const sums = plain.map((leaf) => ({ leaf, naive: naiveOf(leaf) }))
  const take = (values: readonly RowValue[]): void => {
    row.at(values)
    for (const one of fixed) one.meet(row)
    for (const { leaf, naive } of sums) {
      const given = leaf.typed ? asRowValue(evaluateFormula(leaf.typed, row)) : null
      naive.add({ value: given, weight: null, over: null, per: null })
    }
  }
  const found = await readAll(listed.all, members, listed.fields, take, context)
  const results: LeafResult[] = [
    ...sums.map(({ leaf, naive }) => ({ leaf, result: naive.result() })),
    ...fixed.map((one) => ({ leaf: one.leaf, result: one.result(lastDay) })),
  ]
  for (const leaf of named) {
    const other = query.measures.find((one) => measureName(one) === leaf.measure)
    if (other) results.push({ leaf, result: await scanNamed(other) })
  }
  const whole = found.rows === 0 ? null : evaluateFormula(value, leafReader(results, lastDay))
  return { ...found, ...told(whole, value.type, results), resolved: listed.all }
}

/** With the types of the measures it names. */
function checkedFormula(
  query: ReportQuery,
  measure: Measure,
  { scope }: FormulaFields,
): AggregateFormula {
  const types = measureTypes(query.measures, scope)
  if (!types.ok) {
    throw formulaFault(types.errors, { path: 'measures', formula: measureName(measure) })
  }
  const found = types.value.formulas.find(({ name }) => name === measureName(measure))
  if (found?.formula.kind !== 'aggregate') throw new Error('no formula over aggregates')
  return found.formula
}

/** All rows the filters leave, whatever the cell. */
async function readGround(
  request: RowsRequest,
  take: (values: readonly RowValue[]) => void,
  context: ScanContext,
): Promise<void> {
  const everything = { ...request, cell: { row: [], column: [] } }
  const whole = settled(resolve(rowsQuery(everything), context.catalog))
  const { all, fields } = settled(listedFields(everything, whole, context.catalog))
  await readAll(all, [], fields, take, context)
}

const told = (
  value: Value,
  type: ValueType,
  results: readonly { readonly result: NaiveValue }[],
): NaiveValue => ({
  value: writtenValue(value, type),
  size: Math.max(0, ...results.map(({ result }) => result.size)),
})

function noteFields(row: BaseRows, { typed, fixed }: AggregateLeaf): void {
  if (!fixed) {
    if (typed) row.read(typed)
    return
  }
  for (const ref of fixed.by) row.readNamed(ref)
  for (const inner of fixed.leaves) noteFields(row, inner)
}

const fixedOf = (leaf: AggregateLeaf): FixedValues[] =>
  leaf.fixed ? [new FixedValues(leaf, leaf.fixed)] : []
