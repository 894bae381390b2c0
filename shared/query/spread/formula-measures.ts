import type { CellsFormula } from '../../expression/check/cells-formula.ts'
import type { Measure, ReportQuery } from '../report-query.ts'
import { measureName } from '../report-query.ts'
import { besideCells } from '../stage/beside.ts'
import type { Cells } from '../stage/cells.ts'
import { showCells } from '../stage/show-cells.ts'
import type { StageAxis, StageGrid } from '../stage/stage-grid.ts'
import { displayOrder } from './axis-order.ts'
import type { CellReader, FormulaCells, SpreadFormula } from './formula-cells.ts'
import { computeCells, readerOf } from './formula-cells.ts'

interface Given {
  readonly formulas?: readonly SpreadFormula[]
  readonly lastDay?: number | null
}

/** The values of all measures of a question by name, those of formulas among them. */
export class FormulaMeasures {
  /** Numbers alone: what members are ordered by. */
  readonly numeric = new Map<string, Cells | undefined>()
  readonly #all = new Map<string, FormulaCells>()
  readonly #given: Given
  readonly #count: number

  constructor(given: Given, count: number) {
    this.#given = given
    this.#count = count
  }

  get(name: string): FormulaCells | undefined {
    return this.#all.get(name)
  }

  put(name: string, cells: FormulaCells | undefined): void {
    if (!cells) return
    this.#all.set(name, cells)
    if (!('texts' in cells)) this.numeric.set(name, cells)
  }

  /** A cell without rows is blank whatever its formula. */
  computeAggregates(here: (cell: number) => boolean): void {
    const { formulas = [], lastDay = null } = this.#given
    for (const formula of formulas) {
      if (formula.kind !== 'aggregate') continue
      const readers = new Map(
        formula.leaves.map(({ name, measure, type }) => [
          name,
          readerOf(this.#all.get(measure), type),
        ]),
      )
      this.put(formula.name, computeCells(formula.value, readers, this.#count, here, lastDay))
    }
  }

  /** What the cells of a block say, put beside each other: over every line that has values, shown or not. */
  computeOverCells(query: Pick<ReportQuery, 'rows' | 'measures'>, stage: StageGrid): void {
    const whole = { ...stage, rows: wholeEdge(stage.rows), columns: wholeEdge(stage.columns) }
    const usual = query.rows.length > 0 ? 'rows' : 'columns'
    for (const formula of this.#given.formulas ?? []) {
      if (formula.kind !== 'cells') continue
      const shown = (name: string): FormulaCells | undefined => {
        const measure = query.measures.find((one) => measureName(one) === name)
        return measure && this.#shown(measure, stage, whole)
      }
      this.put(formula.name, this.#overCells(formula.formula, shown, usual, whole))
    }
  }

  /** Totals of shown numbers are made of the lines that are shown. */
  #shown(measure: Measure, stage: StageGrid, whole: StageGrid): FormulaCells | undefined {
    const cells = this.#all.get(measureName(measure))
    if (!cells || 'texts' in cells) return cells
    return showCells(cells, measure, measure.totals ? stage : whole)
  }

  #overCells(
    { value, inputs }: CellsFormula,
    shown: (name: string) => FormulaCells | undefined,
    usual: 'rows' | 'columns',
    grid: StageGrid,
  ): FormulaCells {
    const { lastDay = null } = this.#given
    const readers = new Map<string, CellReader>()
    const compute = (of: typeof value): FormulaCells =>
      computeCells(of, readers, this.#count, undefined, lastDay)
    for (const input of inputs) {
      if (input.kind === 'measure') {
        readers.set(input.name, readerOf(shown(input.measure), input.type))
        continue
      }
      const argument = compute(input.argument)
      const beside =
        'texts' in argument
          ? argument
          : besideCells(argument, { ...input, axis: input.axis ?? usual }, grid)
      readers.set(input.name, readerOf(beside, input.type))
    }
    return compute(value)
  }
}

/** Every line there is, in the shown order. */
function wholeEdge(edge: StageAxis): StageAxis {
  const every = { totals: 'all' as const, hidesSingles: false, aside: false }
  return { ...edge, ...displayOrder(edge.tree, edge.children, every) }
}
