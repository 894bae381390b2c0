import type { NumberStyle } from '../data/number-format.ts'
import type { QueryResult } from '../query/query-result.ts'
import { buildArc } from './build-arc.ts'
import { buildCartesian } from './build-cartesian.ts'
import { buildPoint } from './build-point.ts'
import type { ChartModel, ChartWords } from './chart-model.ts'
import type { ChartSpec } from './chart-parts.ts'
import { chartParts } from './chart-parts.ts'
import { onOneEdge } from './one-edge.ts'

/**
 * A block and its answer as a chart. `block` has its drilled pills in place; measures of `result` are named by pill. Null
 * when the chart still lacks a measure.
 */
export function buildChart(
  block: ChartSpec,
  answer: QueryResult,
  formats: (pillId: string) => NumberStyle,
  words: ChartWords,
): ChartModel | null {
  const result = onOneEdge(answer)
  const parts = chartParts(
    block,
    result.measures.map((measure) => measure.name),
    formats,
    words,
  )
  if (block.mark === 'point') return buildPoint(parts, result)
  if (parts.values.length === 0) return null
  return block.mark === 'arc' ? buildArc(parts, result) : buildCartesian(parts, result)
}
