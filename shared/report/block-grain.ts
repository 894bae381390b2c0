import type { Bindings } from './report.ts'
import type { FieldId, FieldUse } from './field-use.ts'
import { fieldsOfUse, slotOf } from './field-use.ts'

/** What decides whose rows a block counts. */
export interface GrainContext {
  readonly bindings: Bindings
  /** Whether rows of dataset `from` can use fields of dataset `to`: the same one, or one reached many-to-one. */
  readonly reachable: (from: string, to: string) => boolean
}

/** A dataset whose numbers a block asks for, and one it would split them by but does not lead to. */
export interface MissingWay {
  readonly from: string
  readonly to: string
}

export interface BlockGrain {
  /** Names of fields are its own; undefined where the datasets have nothing to do with each other. */
  readonly dataset: string | undefined
  /** Whose rows the measures count, each once. */
  readonly counted: readonly string[]
  readonly missing: readonly MissingWay[]
}

/** What is computed from cells counts no rows of its own. */
const hasRows = ({ aggregate }: FieldUse): boolean => aggregate !== 'cells'

const datasetOf = (id: FieldId, { bindings }: GrainContext): string => bindings[slotOf(id)] ?? ''

/**
 * Rows come from the first measure's dataset when it leads to all others, else from the first that does. Measures of several
 * fact tables stand side by side when each leads to every dimension. All slots must be bound.
 */
export function blockGrain(
  all: readonly FieldUse[],
  allMeasures: readonly FieldUse[],
  context: GrainContext,
): BlockGrain {
  const [uses, measures] = [all.filter(hasRows), allMeasures.filter(hasRows)]
  const used = [...new Set(uses.flatMap(fieldsOfUse).map((id) => datasetOf(id, context)))]
  const reachesAll = (from: string): boolean => used.every((to) => context.reachable(from, to))
  const first = measures[0] && datasetOf(measures[0].field, context)
  const base = first !== undefined && reachesAll(first) ? first : used.find(reachesAll)
  if (base !== undefined) {
    return { dataset: base, counted: countedBy(measures, base, context), missing: [] }
  }
  if (first === undefined) {
    const [from = '', to = ''] = used
    return { dataset: undefined, counted: [], missing: [{ from, to }] }
  }
  const counted = countedBy(measures, first, context)
  const split = dimensionDatasets(uses, context)
  const missing = counted.flatMap((from) =>
    split.filter((to) => !context.reachable(from, to)).map((to) => ({ from, to })),
  )
  return { dataset: missing.length > 0 ? undefined : first, counted, missing }
}

function dimensionDatasets(uses: readonly FieldUse[], context: GrainContext): string[] {
  const dimensions = uses.filter((use) => use.aggregate === undefined)
  return [...new Set(dimensions.map((use) => datasetOf(use.field, context)))]
}

/** As the engine counts: rows and different values among the base's rows where those lead to the field, sums at home. */
function countedBy(measures: readonly FieldUse[], base: string, context: GrainContext): string[] {
  const homes = measures.map((use) => {
    const home = datasetOf(use.field, context)
    const counts = use.aggregate?.startsWith('count') === true
    return counts && context.reachable(base, home) ? base : home
  })
  return homes.length === 0 ? [base] : [...new Set(homes)]
}

/** Why a field of `dataset` cannot join the block as it is, or null. */
export function misfit(
  dataset: string,
  asMeasure: boolean,
  all: readonly FieldUse[],
  context: GrainContext,
): MissingWay | null {
  const uses = all.filter(hasRows)
  if (uses.length === 0) return null
  const measures = uses.filter((use) => use.aggregate !== undefined)
  const split = dimensionDatasets(uses, context)
  if (asMeasure) {
    const to = split.find((one) => !context.reachable(dataset, one))
    return to === undefined ? null : { from: dataset, to }
  }
  const first = measures[0]
  if (first) {
    const counted = countedBy(measures, datasetOf(first.field, context), context)
    const from = counted.find((one) => !context.reachable(one, dataset))
    return from === undefined ? null : { from, to: dataset }
  }
  const together = [...split, dataset]
  const fits = together.some((from) => together.every((to) => context.reachable(from, to)))
  return fits ? null : { from: split[0] ?? '', to: dataset }
}
