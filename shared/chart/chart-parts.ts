import type { Member } from '../data/cell-value.ts'
import type { Grain } from '../data/grain.ts'
import type { NumberStyle } from '../data/number-format.ts'
import type { ResultDimension } from '../query/query-result.ts'
import { compareMembers } from '../query/spread/member-index.ts'
import type { ChartModel, ChartWords, ModelMeasure } from './chart-model.ts'

/** A pill as the chart model needs it; the document's own shape satisfies it. */
export interface ChartUse {
  readonly id: string
  readonly aggregate?: string | undefined
  readonly grain?: Grain | undefined
}

export interface ChartSpec {
  readonly mark: 'bar' | 'line' | 'arc' | 'point'
  readonly orientation: 'vertical' | 'horizontal'
  readonly stacking: 'grouped' | 'stacked' | 'percent'
  readonly donut: boolean
  readonly legend: 'none' | 'top' | 'right' | 'bottom'
  readonly showLabels: boolean
  readonly axisTitles: boolean
  readonly shelves: {
    readonly columns: readonly ChartUse[]
    readonly rows: readonly ChartUse[]
    readonly color: readonly ChartUse[]
    readonly size: readonly ChartUse[]
    readonly detail: readonly ChartUse[]
    readonly tooltip: readonly ChartUse[]
  }
}

export interface ValueUse {
  readonly id: string
  /** Place among the query's measures. */
  readonly index: number
  readonly name: string
}

/** The chart's pills sorted by what they do, with the names and formats people see. */
export interface ChartParts {
  readonly block: ChartSpec
  readonly words: ChartWords
  readonly axis: readonly ChartUse[]
  readonly color: ChartUse | undefined
  readonly values: readonly ValueUse[]
  readonly tooltips: readonly ValueUse[]
  readonly measures: readonly ModelMeasure[]
  readonly base: Pick<ChartModel, 'measures' | 'dimensions' | 'legend' | 'showLabels'>
  /** Measures in the order the query asked them, by pill. */
  readonly indexOf: (pillId: string) => number
  readonly colorOrder: (
    present: readonly Member[],
    dimension: ResultDimension | undefined,
  ) => readonly Member[]
}

/**
 * Colours follow the caption order of all members a field of few has, else of those present: neither a sort nor, where it
 * can be helped, a filter recolours anything.
 */
function colorOrder(
  present: readonly Member[],
  dimension: ResultDimension | undefined,
): readonly Member[] {
  return [...new Set([...present, ...(dimension?.members ?? [])])].sort(compareMembers)
}

export function chartParts(
  block: ChartSpec,
  asked: readonly string[],
  formats: (pillId: string) => NumberStyle,
  words: ChartWords,
): ChartParts {
  const measures = asked.map((pill) => ({ pill, name: words.caption(pill), format: formats(pill) }))
  const indexOf = (pill: string): number => asked.indexOf(pill)
  const uses = (list: readonly ChartUse[]): ValueUse[] =>
    list
      .filter(({ id }) => indexOf(id) >= 0)
      .map(({ id }) => ({ id, index: indexOf(id), name: words.caption(id) }))
  const { shelves } = block
  const color = shelves.color[0]
  const dimensions = [...shelves.columns, ...shelves.color, ...shelves.detail].filter(
    (use) => use.aggregate === undefined,
  )
  return {
    block,
    words,
    axis: shelves.columns,
    color,
    values: uses(shelves.rows),
    tooltips: uses(shelves.tooltip),
    measures,
    base: {
      measures,
      dimensions: dimensions.map((use) => words.caption(use.id)),
      legend: block.legend,
      showLabels: block.showLabels,
    },
    indexOf,
    colorOrder,
  }
}
