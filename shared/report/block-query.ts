import type { Filter } from '../query/filter.ts'
import type { AxisField, AxisSort, Measure, ReportQuery } from '../query/report-query.ts'
import type { AxisPlace, ShowAs } from '../query/show-as.ts'
import type { RowsRequest } from '../query/row-list.ts'
import type { BlockFilter } from './block-filter.ts'
import type { BlockGrain, GrainContext } from './block-grain.ts'
import { blockGrain } from './block-grain.ts'
import type { Block } from './blocks/block.ts'
import type { CrosstabBlock } from './blocks/crosstab-block.ts'
import { drilledPill, drillFilters, drillPosition } from './drill.ts'
import type { FieldId, FieldUse, PillShow, PillSort } from './field-use.ts'
import { countsDistinct, fieldNameOf, fieldsOfUse, isFormula, slotOf } from './field-use.ts'
import type { FormulaNames } from './formula-query.ts'
import { cellsText, formulaNames } from './formula-query.ts'
import { measureNames } from './measure-names.ts'
import { formulaOf } from './report-formulas.ts'
import type { Report } from './report.ts'
import type { ViewState } from './report-words.ts'
import { allPills, pillsOf } from './shelves.ts'

/** What a block's question depends on besides the document. */
export interface QueryContext extends GrainContext {
  readonly view: ViewState
}

/** Why a block shows no numbers yet, for its empty state. */
export type NothingToAsk =
  | 'noFields'
  | 'unboundSlot'
  | 'unrelatedFields'
  /** A formula names a measure the block does not have. */
  | 'missingMeasure'
  /** A formula of aggregates whose dataset is not the one whose rows the block counts. */
  | 'formulaElsewhere'

/** The question a block asks, or why it asks none. Measures are named by their pill's id. */
export function blockQuery(
  report: Report,
  block: Block,
  context: QueryContext,
): ReportQuery | NothingToAsk {
  const position = drillPosition(report, block, context.view.drill)
  const shown = (use: FieldUse): FieldUse => (position ? drilledPill(position, use) : use)
  const axes = axesOf(block, shown)
  const uses = [...axes.rows, ...axes.columns, ...axes.measures]
  if (uses.length === 0) return 'noFields'
  const place = (pill: string): AxisPlace | undefined => placeOf(pill, axes)
  const names = naming(report, uses, axes.measures, context, namedBeside(block))
  if (typeof names === 'string') return names
  const computed = computedMeasures(report, block, axes.measures, names)
  if (typeof computed === 'string') return computed
  const query = {
    dataset: names.dataset,
    rows: axes.rows.map((use) => axisField(use, names.of)),
    columns: axes.columns.map((use) => axisField(use, names.of)),
    measures: axes.measures.map((use) => measure(use, names.of, place, computed.get(use.id))),
    filters: [
      ...blockFilters(block, context, names),
      ...(position ? drillFilters(position).map((filter) => named(filter, names.of)) : []),
    ],
    totals: block.kind === 'crosstab' ? crosstabTotals(block) : noTotals,
  }
  return { ...query, ...names.formulas.parts() }
}

/** What shows cells is known only after formulas over aggregates, which cannot name it. */
function namedBeside(block: Block): ReadonlyMap<string, string> {
  const ofCells = allPills(block).flatMap(({ use }) => (use.aggregate === 'cells' ? [use.id] : []))
  return new Map([...measureNames(block)].filter(([, pill]) => !ofCells.includes(pill)))
}

const noTotals = { rows: 'none', columns: 'none' } as const

/** The texts of the measures that are formulas, by pill. */
function computedMeasures(
  report: Report,
  block: Block,
  measures: readonly FieldUse[],
  names: Naming,
): ReadonlyMap<string, string> | NothingToAsk {
  const texts = new Map<string, string>()
  for (const use of measures.filter(isFormula)) {
    const formula = formulaOf(report, use.field)
    if (!formula) continue
    if (use.aggregate === 'formula' && !names.isHere(use.field)) return 'formulaElsewhere'
    if (use.aggregate === 'formula' && names.formulas.lacks(formula)) return 'missingMeasure'
    const text = use.aggregate === 'cells' ? cellsText(formula, measureNames(block)) : names.formulas.textOf(formula) // prettier-ignore
    if (text === null) return 'missingMeasure'
    texts.set(use.id, text)
  }
  return texts
}

/** Folded groups need a line of their own, also where subtotals are not shown. */
function crosstabTotals({ totals, folds }: CrosstabBlock): ReportQuery['totals'] {
  const aside = (['rows', 'columns'] as const).filter(
    (axis) => folds?.[axis] && (totals[axis] !== 'all' || totals.singles === 'hide'),
  )
  return aside.length === 0 ? totals : { ...totals, aside }
}

/** The rows a detail table lists, or why it lists none. */
export function blockRows(
  report: Report,
  block: Extract<Block, { kind: 'table' }>,
  context: QueryContext,
): RowsRequest | NothingToAsk {
  const uses = block.shelves.columns
  if (uses.length === 0) return 'noFields'
  const names = naming(report, uses, [], context)
  if (typeof names === 'string') return names
  const sort = block.sort.flatMap(({ pill, direction }) => {
    const use = uses.find((candidate) => candidate.id === pill)
    return use ? [{ field: names.of(use.field), direction }] : []
  })
  const fields = uses.map((use) => names.of(use.field))
  const query = {
    ...{ dataset: names.dataset, rows: [], columns: [], measures: [] },
    filters: blockFilters(block, context, names),
    totals: noTotals,
  }
  return { query: { ...query, ...names.formulas.parts() }, fields, sort, limit: 500 }
}

interface Axes {
  readonly rows: readonly FieldUse[]
  readonly columns: readonly FieldUse[]
  readonly measures: readonly FieldUse[]
}

/** Charts ask with all their dimensions on rows; the chart model spreads them over axis and colour. */
function axesOf(block: Block, shown: (use: FieldUse) => FieldUse): Axes {
  if (block.kind === 'crosstab') {
    return {
      rows: block.shelves.rows.map(shown),
      columns: block.shelves.columns.map(shown),
      measures: block.shelves.values,
    }
  }
  if (block.kind !== 'chart' && block.kind !== 'metric')
    return { rows: [], columns: [], measures: [] }
  const uses = allPills(block).map(({ use }) => use)
  const measures = uses.filter((use) => use.aggregate !== undefined)
  const dimensions = uses.filter((use) => use.aggregate === undefined).map(shown)
  // What is shown beside others runs along the axis within each colour, so colours stand on an edge of their own.
  const apart = measures.some((use) => use.show) ? colorsOf(block) : []
  return {
    rows: dimensions.filter((use) => !apart.includes(use.id)),
    columns: dimensions.filter((use) => apart.includes(use.id)),
    measures,
  }
}

function colorsOf(block: Block): string[] {
  const axis = pillsOf(block, 'columns') ?? []
  return axis.length === 0 ? [] : (pillsOf(block, 'color') ?? []).map((use) => use.id)
}

function placeOf(pill: string, axes: Axes): AxisPlace | undefined {
  for (const axis of ['rows', 'columns'] as const) {
    const level = axes[axis].findIndex((use) => use.id === pill)
    if (level >= 0) return { axis, level }
  }
  return undefined
}

interface Naming {
  readonly dataset: string
  readonly of: (id: FieldId) => string
  readonly isHere: (id: FieldId) => boolean
  readonly formulas: FormulaNames
  /** Whether any dataset whose rows count leads to the field, or all of them. */
  readonly reaches: (id: FieldId, by: 'any' | 'all') => boolean
}

function naming(
  report: Report,
  uses: readonly FieldUse[],
  measures: readonly FieldUse[],
  context: QueryContext,
  beside: ReadonlyMap<string, string> = new Map(),
): Naming | NothingToAsk {
  const slots = [...new Set(uses.flatMap(fieldsOfUse).map(slotOf))]
  const bound = (slot: string): string | undefined => context.bindings[slot]
  if (slots.some((slot) => bound(slot) === undefined)) return 'unboundSlot'
  const { dataset, counted } = blockGrain(uses, measures, context)
  if (dataset === undefined) return 'unrelatedFields'
  const formulas = formulaNames(report, dataset, context.bindings, beside)
  return {
    dataset,
    formulas,
    isHere: (id) => bound(slotOf(id)) === dataset,
    of: (id) => {
      const formula = formulaOf(report, id)
      if (formula?.kind === 'row') return formulas.of(formula)
      const home = bound(slotOf(id)) ?? ''
      return home === dataset ? fieldNameOf(id) : `${home}.${fieldNameOf(id)}`
    },
    reaches: (id, by) => {
      const home = bound(slotOf(id))
      const reached = counted.filter((from) => home !== undefined && context.reachable(from, home))
      return by === 'all' ? reached.length === counted.length : reached.length > 0
    },
  }
}

/**
 * A filter on a dataset the rows do not reach cannot apply, and is left out. One from elsewhere that only some of several fact
 * tables reach is left out as well: half a block filtered would say something wrong. The engine refuses it as the block's own.
 */
function blockFilters(block: Block, context: QueryContext, names: Naming): Filter[] {
  const own = 'filters' in block ? block.filters : []
  const reaching = context.view.filters[block.id] ?? []
  return [
    ...own.filter((filter) => names.reaches(filter.field, 'any')),
    ...reaching.filter((filter) => names.reaches(filter.field, 'all')),
  ].map((filter) => named(filter, names.of))
}

/** Whose rows a block counts, and what keeps it from an answer; null while a slot is unbound or nothing is asked. */
export function grainOfBlock(block: Block, context: GrainContext): BlockGrain | null {
  const uses =
    block.kind === 'table' ? block.shelves.columns : allPills(block).map(({ use }) => use)
  const isBound = uses.every((use) => context.bindings[slotOf(use.field)] !== undefined)
  if (uses.length === 0 || !isBound) return null
  const measures = uses.filter((use) => use.aggregate !== undefined)
  return blockGrain(uses, measures, context)
}

function named(filter: BlockFilter, of: (id: FieldId) => string): Filter {
  return { ...filter, field: of(filter.field) }
}

function axisField(use: FieldUse, of: (id: FieldId) => string): AxisField {
  return {
    field: of(use.field),
    ...(use.grain === undefined ? {} : { grain: use.grain }),
    ...(use.sort === undefined
      ? {}
      : {
          sort: axisSort(use.sort),
        }),
    ...(use.top === undefined
      ? {}
      : {
          top: {
            count: use.top.count,
            measure: use.top.pill,
            ...(use.top.direction === undefined ? {} : { direction: use.top.direction }),
            ...(use.top.others === true ? { others: true } : {}),
            ...(use.top.at === undefined ? {} : { at: use.top.at }),
          },
        }),
    ...(use.empty === true ? { empty: true } : {}),
  }
}

function axisSort(sort: PillSort): AxisSort {
  if (sort.by !== 'measure') return sort
  const { pill, ...rest } = sort
  return { ...rest, measure: pill }
}

function measure(
  use: FieldUse,
  of: (id: FieldId) => string,
  place: (pill: string) => AxisPlace | undefined,
  formula: string | undefined,
): Measure {
  const show = use.show && askedShow(use.show, place)
  return {
    ...(formula === undefined ? { field: of(use.field) } : { formula }),
    ...{ aggregate: use.aggregate ?? 'count', as: use.id },
    ...(use.each !== undefined && countsDistinct(use) ? { each: use.each } : {}),
    ...(use.weight === undefined ? {} : { weight: of(use.weight) }),
    ...(use.percent === undefined ? {} : { percent: use.percent }),
    ...(use.over === undefined ? {} : { over: of(use.over) }),
    ...(use.per === undefined ? {} : { per: of(use.per) }),
    ...(show ? { show } : {}),
    ...(use.compare ? { compare: { ...use.compare, field: of(use.compare.field) } } : {}),
    ...(use.hidden === true ? { hidden: true } : {}),
    ...(use.totals === undefined ? {} : { totals: use.totals }),
    ...(use.blankAs === undefined ? {} : { blankAs: use.blankAs }),
  }
}

/** A comparison along a field that has no place on an edge (of another mark's shelf) is left out. */
function askedShow(
  show: PillShow,
  place: (pill: string) => AxisPlace | undefined,
): ShowAs | undefined {
  if ('field' in show) {
    const field = place(show.field)
    return field && { ...show, field }
  }
  if (!('reset' in show)) return show
  const { reset, ...rest } = show
  if (typeof reset !== 'object') return { ...rest, reset }
  const field = place(reset.field)
  return field && { ...rest, reset: { field } }
}

/** The pill a member on a chart or crosstab edge belongs to, in the order the query asks them. */
export function askedDimensions(block: Block): readonly FieldUse[] {
  if (block.kind === 'crosstab')
    return [...(pillsOf(block, 'rows') ?? []), ...(pillsOf(block, 'columns') ?? [])]
  return allPills(block)
    .map(({ use }) => use)
    .filter((use) => use.aggregate === undefined)
}
