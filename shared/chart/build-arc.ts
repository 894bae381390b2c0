import { numberAt } from '../query/cell-reading.ts'
import type { QueryResult } from '../query/query-result.ts'
import type { ArcModel } from './chart-model.ts'
import type { ChartParts } from './chart-parts.ts'

/** Slices of one measure over the colour dimension. Negative and blank values have no slice and are counted instead. */
export function buildArc(parts: ChartParts, result: QueryResult): ArcModel {
  const measure = parts.values[0]
  const cells = result.rows.paths.map((path, row) => ({
    path,
    value: measure ? numberAt(result.cells[measure.index], row) : null,
  }))
  const drawn = cells.flatMap(({ path, value }) =>
    value !== null && value > 0 ? [{ path, value }] : [],
  )
  const total = drawn.reduce((sum, { value }) => sum + value, 0)
  const order = parts.colorOrder(
    cells.map(({ path }) => path[0] ?? null),
    result.rows.fields[0],
  )
  return {
    ...parts.base,
    kind: 'arc',
    donut: parts.block.donut,
    total,
    leftOut: cells.length - drawn.length,
    slices: drawn.map(({ path, value }) => ({
      path,
      value,
      share: value / total,
      name: parts.color
        ? parts.words.member(parts.color.id, path[0] ?? null)
        : (measure?.name ?? ''),
      color: Math.max(0, order.indexOf(path[0] ?? null)),
    })),
  }
}
