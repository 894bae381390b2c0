/**
 * A question with formulas as one without: what they are made of becomes hidden measures over fields computed in every row,
 * which any engine answers at all levels; the formulas themselves are computed once per cell from those.
 */
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type {
  AggregateLeaf,
  LeafAggregate,
} from '../../../shared/expression/check/aggregate-leaves.ts'
import { leafMark } from '../../../shared/expression/check/leaf-marks.ts'
import { printFormula } from '../../../shared/expression/print.ts'
import type { ValueType } from '../../../shared/expression/value-type.ts'
import { isNumber } from '../../../shared/expression/value-type.ts'
import { measureTypes } from '../../../shared/query/measure-types.ts'
import type {
  Aggregate,
  Calculated,
  Measure,
  ReportQuery,
} from '../../../shared/query/report-query.ts'
import { measureName } from '../../../shared/query/report-query.ts'
import { withNamed } from '../../../shared/query/named-measures.ts'
import type { SpreadFormula } from '../../../shared/query/spread/formula-cells.ts'
import { sortedInACircle } from '../../../shared/query/spread/order-readers.ts'
import { FormulaFields, formulaFault } from './formula-fields.ts'
import { findDataset, locateField } from './locate-field.ts'
import type { QueryCatalog, QueryDataset } from './query-catalog.ts'

export interface Expanded {
  readonly query: ReportQuery
  /** Each after those it is computed from. */
  readonly formulas: readonly SpreadFormula[]
  /** What each formula gives, by the measure's name. */
  readonly gives: ReadonlyMap<string, ValueType>
  readonly lastDay: number | null
}

/** Hidden aggregates of one question. */
const mostAggregates = 200

export function isFormula({ aggregate }: Measure): boolean {
  return aggregate === 'formula' || aggregate === 'cells'
}

/** Throws what is wrong with a formula, or with how it is used. */
export function expandFormulas(query: ReportQuery, catalog: QueryCatalog): Expanded {
  const dataset = findDataset(query.dataset, catalog)
  checkNames(query, dataset, catalog)
  const none = { query, formulas: [], gives: new Map<string, ValueType>(), lastDay: null }
  if (!dataset || !query.measures.some(isFormula)) return none
  const { scope } = new FormulaFields(query, dataset, catalog)
  const checked = measureTypes(query.measures, scope)
  if (!checked.ok) {
    const { place, errors } = checked
    const measure = query.measures[place]
    const formula = measure ? measureName(measure) : ''
    throw formulaFault(errors, { path: `measures.${place}`, formula })
  }
  const hidden = new HiddenMeasures()
  const gives = new Map<string, ValueType>()
  const formulas = checked.value.formulas.map(({ place, name, formula }): SpreadFormula => {
    const { type } = formula.value
    gives.set(name, type)
    checkUse(query, place, type)
    if (formula.kind === 'cells') return { kind: 'cells', name, formula }
    const leaves = formula.leaves.map((leaf) => ({
      ...{ name: leaf.name, measure: hidden.nameOf(leaf), type: leaf.type },
    }))
    return { kind: 'aggregate', name, value: formula.value, leaves: [...leaves, ...formula.named] }
  })
  return {
    query: {
      ...query,
      measures: [...query.measures, ...hidden.measures],
      calculated: [...(query.calculated ?? []), ...hidden.calculated],
    },
    ...{ formulas, gives, lastDay: dataset.lastDay },
  }
}

const aggregateOf: Readonly<Record<LeafAggregate, Aggregate>> = {
  sum: 'sum',
  rows: 'count',
  countDistinct: 'countDistinct',
  min: 'min',
  max: 'max',
  median: 'median',
  percentile: 'percentile',
}

/** Equal aggregates of all formulas are asked once. */
class HiddenMeasures {
  readonly measures: Measure[] = []
  readonly calculated: Calculated[] = []
  readonly #names = new Map<string, string>()

  nameOf({ aggregate, operand, typed, fixed, percent }: AggregateLeaf): string {
    const text = operand ? printFormula(operand, 'en') : ''
    const key = `${aggregate} ${percent ?? ''} ${text}`
    const known = this.#names.get(key)
    if (known !== undefined) return known
    if (this.measures.length >= mostAggregates) {
      throw new AppErrorException(
        appError('query/invalid', { reason: 'tooManyAggregates', limit: mostAggregates }),
      )
    }
    const as = `${leafMark}${this.measures.length}`
    // A field of the rows themselves needs no computing; one that is looked up counts for the rows, not at home.
    const own = typed?.kind === 'field' && !fixed && typed.place.dataset === undefined
    const field = operand && (own ? typed.place.field.name : this.#computed(text))
    this.measures.push({
      ...{ as, aggregate: aggregateOf[aggregate], hidden: true },
      ...(field === undefined ? {} : { field }),
      ...(percent === undefined ? {} : { percent }),
    })
    this.#names.set(key, as)
    return as
  }

  #computed(formula: string): string {
    const known = this.calculated.find((one) => one.formula === formula)
    if (known) return known.name
    const name = `${leafMark}f${this.calculated.length}`
    this.calculated.push({ name, formula })
    return name
  }
}

function invalid(path: string, reason: string, name: string): AppErrorException {
  return new AppErrorException(appError('query/invalid', { path, reason, name }))
}

/** A calculated field that is called like one of the dataset would hide it. */
function checkNames(
  { calculated = [], parameters = [] }: ReportQuery,
  dataset: QueryDataset | undefined,
  catalog: QueryCatalog,
): void {
  const taken = calculated.find(({ name }) => dataset && locateField(name, dataset, catalog))
  if (taken) throw invalid('calculated', 'calculatedNameTaken', taken.name)
  for (const [path, list] of Object.entries({ calculated, parameters })) {
    const names = list.map(({ name }) => name)
    const twice = names.find((name, index) => names.indexOf(name) < index)
    if (twice !== undefined) throw invalid(path, 'sameNameTwice', twice)
  }
}

/** Texts and dates have no shares, texts are not compared; nothing is ordered by what reads its neighbours; cells of a comparison come later. */
function checkUse(query: ReportQuery, place: number, type: ValueType): void {
  const measure = query.measures[place]
  if (!measure) return
  const [name, path] = [measureName(measure), `measures.${place}`]
  const asNumber = measure.show ?? measure.totals ?? measure.blankAs
  if (asNumber !== undefined && !isNumber(type) && type.kind !== 'blank') {
    throw invalid(path, 'notShownAs', name)
  }
  if (measure.compare && (type.kind === 'text' || type.kind === 'boolean')) {
    throw invalid(path, 'comparedText', name)
  }
  const uses = [...query.rows, ...query.columns]
  const cuts = uses.some(({ top }) => top?.measure === name)
  const ranks = cuts || uses.some(({ sort }) => sort?.by === 'measure' && sort.measure === name)
  if (cuts && measure.aggregate === 'cells') throw invalid(path, 'rankedByCells', name)
  if (ranks && sortedInACircle(query) === name) throw invalid(path, 'sortedByNeighbours', name)
  if (ranks && !isNumber(type) && type.kind !== 'date' && type.kind !== 'timestamp') {
    throw invalid(path, 'rankedByText', name)
  }
  if (measure.aggregate === 'cells' && measure.compare) throw invalid(path, 'comparedCells', name)
  if (
    measure.compare &&
    withNamed(query, [measure]).some((one) => one !== measure && one.compare)
  ) {
    throw invalid(path, 'comparedTwice', name)
  }
}
