/** What the measures of a question give, as formulas over their cells see them. */
import type { FormulaError, FormulaOutcome } from '../expression/formula-error.ts'
import { formulaError } from '../expression/formula-error.ts'
import type { MeasureFormula } from '../expression/measure-formula.ts'
import { checkMeasureFormula } from '../expression/measure-formula.ts'
import { parseFormula } from '../expression/parser.ts'
import { findField } from '../expression/scope.ts'
import type { FormulaScope, ScopeMeasure } from '../expression/scope.ts'
import { isAggregateFunction } from '../expression/functions/function-id.ts'
import type { Span, Tree } from '../expression/tree.ts'
import { partsOf } from '../expression/tree.ts'
import type { ValueType } from '../expression/value-type.ts'
import { doubleType, fieldValueType, integerType } from '../expression/value-type.ts'
import type { Measure } from './report-query.ts'
import { measureName } from './report-query.ts'

export interface FormulaMeasure {
  /** Place among the measures of the question. */
  readonly place: number
  readonly name: string
  readonly formula: MeasureFormula
}

export interface MeasureTypes {
  readonly measures: readonly ScopeMeasure[]
  /** Each after those over cells that it names. */
  readonly formulas: readonly FormulaMeasure[]
}

/** With the place of the measure whose formula is wrong. */
export interface MeasureFault {
  readonly place: number
  readonly errors: readonly FormulaError[]
}

/** Checks every formula of the measures; `scope` is what single rows have. */
export function measureTypes(
  measures: readonly Measure[],
  scope: FormulaScope,
): { readonly ok: true; readonly value: MeasureTypes } | ({ readonly ok: false } & MeasureFault) {
  const found = new Finding(measures, scope)
  for (const place of measures.keys()) {
    const fault = found.visit(place, [])
    if (fault) return { ok: false, ...fault }
  }
  return { ok: true, value: { measures: found.types, formulas: found.formulas } }
}

class Finding {
  readonly types: ScopeMeasure[] = []
  /** What measures are over their rows, before they are shown as anything else. */
  readonly #own = new Map<string, ValueType>()
  readonly formulas: FormulaMeasure[] = []
  readonly #done = new Set<number>()
  readonly #measures: readonly Measure[]
  readonly #scope: FormulaScope

  constructor(measures: readonly Measure[], scope: FormulaScope) {
    this.#measures = measures
    this.#scope = scope
  }

  visit(place: number, above: readonly number[]): MeasureFault | undefined {
    const measure = this.#measures[place]
    if (measure === undefined || this.#done.has(place)) return undefined
    const name = measureName(measure)
    const { aggregate } = measure
    if (aggregate !== 'formula' && aggregate !== 'cells') {
      const over = fieldType(measure, this.#scope)
      this.#own.set(name, comparedType(measure, ownType(measure, over)))
      this.#add(place, name, shownType(measure, over))
      return
    }
    const checked = this.#check(place, above)
    if ('place' in checked) return checked
    if (!checked.ok) return { place, errors: checked.errors }
    this.formulas.push({ place, name, formula: checked.value })
    const { type } = checked.value.value
    this.#own.set(name, comparedType(measure, type))
    this.#add(place, name, shownType(measure, type))
  }

  #add(place: number, name: string, type: ValueType): void {
    this.#done.add(place)
    this.types.push({ name, type })
  }

  /** A formula is checked when the measures it names have their types. */
  #check(place: number, above: readonly number[]): FormulaOutcome<MeasureFormula> | MeasureFault {
    const measure = this.#measures[place]
    const formula = measure?.formula ?? ''
    const overCells = measure?.aggregate === 'cells'
    for (const name of overCells ? namesIn(formula) : this.#measuresIn(formula)) {
      const at = this.#measures.findIndex((one) => measureName(one) === name)
      if (at < 0) continue
      if (at === place || above.includes(at)) {
        return { place, errors: [circle(name, formula)] }
      }
      const fault = this.visit(at, [...above, place])
      if (fault) return fault
    }
    if (overCells) {
      return checkMeasureFormula(formula, 'cells', { ...this.#scope, measures: this.#known() })
    }
    const measures = this.#measures.flatMap((one) => {
      const name = measureName(one)
      // What cells show is known only when all of this is.
      if (one.aggregate === 'cells') return []
      return [{ name, type: this.#own.get(name) ?? doubleType }]
    })
    return checkMeasureFormula(formula, 'aggregate', { ...this.#scope, measures })
  }

  /** Names of measures outside aggregates, that are no fields. */
  #measuresIn(formula: string): string[] {
    return measuresNamed(formula).filter(
      (name) => 'code' in findField(name, { from: 0, to: 0 }, this.#scope),
    )
  }

  /** Those not visited are not named either; a wrong name is told with all names at hand. */
  #known(): ScopeMeasure[] {
    return this.#measures.map((one) => {
      const name = measureName(one)
      return this.types.find((type) => type.name === name) ?? { name, type: doubleType }
    })
  }
}

/** The measures a formula over cells names, whatever their types. */
export function namesIn(formula: string): Set<string> {
  const names = new Set<string>()
  const visit = (tree: Tree): void => {
    if (tree.kind === 'field') names.add(tree.name)
    for (const part of partsOf(tree)) visit(part)
  }
  const parsed = parseFormula(formula)
  if (parsed.ok) visit(parsed.value)
  return names
}

/** What a formula over aggregates names beside them: measures, where those are no fields. */
export function measuresNamed(formula: string): string[] {
  const names = new Set<string>()
  const visit = (tree: Tree): void => {
    if (tree.kind === 'field') names.add(tree.name)
    if (tree.kind === 'call' && isOverRows(tree)) return
    for (const part of partsOf(tree)) visit(part)
  }
  const parsed = parseFormula(formula)
  if (parsed.ok) visit(parsed.value)
  return [...names]
}

/** `MAX` of several compares what stands in it. */
const isOverRows = ({ fn, args }: Extract<Tree, { kind: 'call' }>): boolean =>
  isAggregateFunction(fn) && !((fn === 'minimum' || fn === 'maximum') && args.length > 1)

const circle = (name: string, formula: string): FormulaError => {
  const parsed = parseFormula(formula)
  const place = parsed.ok ? placeOf(name, parsed.value) : undefined
  const span = place ?? { from: 0, to: formula.length }
  return formulaError('expression/kindMismatch', 'cellsInCircle', span, { name })
}

/** Where a name stands. */
function placeOf(name: string, tree: Tree): Span | undefined {
  if (tree.kind === 'field' && tree.name === name) return tree.span
  for (const part of partsOf(tree)) {
    const found = placeOf(name, part)
    if (found) return found
  }
  return undefined
}

const comparedType = ({ compare }: Measure, own: ValueType): ValueType =>
  compare?.show === 'percent' ? doubleType : own

function fieldType({ field }: Measure, scope: FormulaScope): ValueType {
  const found = field === undefined ? undefined : findField(field, { from: 0, to: 0 }, scope)
  return found === undefined || 'code' in found ? doubleType : fieldValueType(found.field)
}

/** What the cells of a measure say, by what it is over its rows and how it is shown. */
function shownType(measure: Measure, over: ValueType): ValueType {
  const own = ownType(measure, over)
  const { show, totals, compare } = measure
  if (compare?.show === 'percent') return doubleType
  if (show?.as === 'rank') return integerType
  const same = show === undefined || show.as === 'difference' || show.as === 'runningTotal'
  const averaged = totals?.rows === 'average' || totals?.columns === 'average'
  return same && !averaged ? own : doubleType
}

function ownType({ aggregate }: Measure, over: ValueType): ValueType {
  switch (aggregate) {
    case 'count':
    case 'countDistinct':
    case 'countDistinctWithBlank':
      return integerType
    case 'average':
    case 'median':
    case 'percentile':
    case 'weightedAverage':
      return doubleType
    case 'sum':
    case 'min':
    case 'max':
    case 'opening':
    case 'closing':
    case 'formula':
    case 'cells':
      return over
  }
}
