import type { Member } from '../data/cell-value.ts'
import { numberAt } from '../query/cell-reading.ts'
import type { QueryResult } from '../query/query-result.ts'
import type { ModelMeasure, PointModel } from './chart-model.ts'
import type { ChartParts, ChartUse } from './chart-parts.ts'

/** A scatter: a point per combination of the detail and colour dimensions. Null when an axis has no measure yet. */
export function buildPoint(parts: ChartParts, result: QueryResult): PointModel | null {
  const { shelves } = parts.block
  const measureOf = (use: ChartUse | undefined): number => (use ? parts.indexOf(use.id) : -1)
  const [x, y, size] = [shelves.columns[0], shelves.rows[0], shelves.size[0]].map(measureOf)
  const [xMeasure, yMeasure] = [parts.measures[x ?? -1], parts.measures[y ?? -1]]
  if (!xMeasure || !yMeasure) return null
  const asked = [...shelves.color, ...shelves.detail]
  const order = dimensionOrder(parts)
  const colorAt = parts.color ? order.indexOf(parts.color.id) : -1
  const groups = new Map<Member, PointModel['groups'][number]['points'][number][]>()
  let leftOut = 0
  result.rows.paths.forEach((path, row) => {
    const px = numberAt(result.cells[x ?? -1], row)
    const py = numberAt(result.cells[y ?? -1], row)
    if (px === null || py === null) {
      leftOut++
      return
    }
    const color = colorAt >= 0 ? (path[colorAt] ?? null) : null
    const points = groups.get(color) ?? []
    const radius = size === undefined || size < 0 ? null : numberAt(result.cells[size], row)
    points.push({ x: px, y: py, size: radius, path, name: nameOf(parts, order, path) })
    groups.set(color, points)
  })
  const colors = parts.colorOrder([...groups.keys()], result.rows.fields[colorAt])
  const sizeMeasure: ModelMeasure | null = parts.measures[size ?? -1] ?? null
  return {
    ...parts.base,
    dimensions: asked.map((use) => parts.words.caption(use.id)),
    kind: 'point',
    x: xMeasure,
    y: yMeasure,
    size: sizeMeasure,
    axisTitles: parts.block.axisTitles,
    leftOut,
    groups: colors.flatMap((color, index) => {
      const name = parts.color ? parts.words.member(parts.color.id, color) : yMeasure.name
      const points = groups.get(color)
      return points ? [{ name, color: index, points }] : []
    }),
  }
}

/** Dimensions in the order the query asks them: detail before colour, as the shelves are listed. */
function dimensionOrder(parts: ChartParts): string[] {
  const { detail, color } = parts.block.shelves
  return [...detail, ...color].filter((use) => use.aggregate === undefined).map((use) => use.id)
}

function nameOf(parts: ChartParts, order: readonly string[], path: readonly Member[]): string {
  return path.map((member, index) => parts.words.member(order[index] ?? '', member)).join(' / ')
}
