import type { Member } from '../data/cell-value.ts'
import { numberAt } from '../query/cell-reading.ts'
import type { QueryResult } from '../query/query-result.ts'
import type { CartesianModel, Category, Datum, Series, TooltipValue } from './chart-model.ts'
import type { ChartParts } from './chart-parts.ts'
import { fillPeriods } from './fill-periods.ts'

const keyOf = (path: readonly Member[]): string => JSON.stringify(path)

interface Cell {
  readonly row: number
  readonly path: readonly Member[]
}

/** Bars and lines: dimensions of `columns` make the base axis, the colour dimension and the measures make series. */
export function buildCartesian(parts: ChartParts, result: QueryResult): CartesianModel {
  const { block } = parts
  const depth = parts.axis.length
  const colored = parts.color !== undefined
  const categories = categoriesOf(parts, result, depth)
  const colors = colored ? distinct(result.rows.paths.map((path) => path[depth] ?? null)) : [null]
  const cells = new Map<string, Cell>()
  result.rows.paths.forEach((path, row) => cells.set(keyOf(path), { row, path }))
  const order = colored ? parts.colorOrder(colors, result.rows.fields[depth]) : colors
  const many = parts.values.length > 1
  const present = new Set(colors)
  const series = order.flatMap((color, colorIndex) =>
    (present.has(color) ? parts.values : []).map(({ index, name }, position): Series => {
      const member = parts.color ? parts.words.member(parts.color.id, color) : ''
      return {
        key: keyOf([position, color]),
        name: colored ? (many ? `${member} · ${name}` : member) : name,
        measure: index,
        color: colored && !many ? colorIndex : colorIndex * parts.values.length + position,
        data: categories.map((category) => datumAt(cells, category, colored, color, result, index)),
      }
    }),
  )
  return {
    ...parts.base,
    kind: 'cartesian',
    mark: block.mark === 'line' ? 'line' : 'bar',
    orientation: block.mark === 'line' ? 'vertical' : block.orientation,
    stacking: block.stacking,
    categories,
    inSequence: parts.axis[0]?.grain !== undefined || result.rows.fields[0]?.type !== 'text',
    series: withShares(series, categories.length),
    axisTitles: block.axisTitles
      ? {
          category: parts.axis.map((use) => parts.words.caption(use.id)).join(' / '),
          value: parts.values.map(({ name }) => name).join(' / '),
        }
      : null,
    tooltips: tooltipsOf(parts, result),
  }
}

function distinct(members: readonly Member[]): Member[] {
  return [...new Set(members)]
}

function categoriesOf(parts: ChartParts, result: QueryResult, depth: number): Category[] {
  const paths = new Map<string, readonly Member[]>()
  for (const path of result.rows.paths) {
    const own = path.slice(0, depth)
    paths.set(keyOf(own), own)
  }
  let list = [...paths.values()]
  const only = parts.axis[0]
  if (parts.block.mark === 'line' && depth === 1 && only) {
    const filled = fillPeriods(
      list.map((path) => path[0] ?? null),
      only.grain,
      result.rows.fields[0]?.periods,
    )
    list = filled.map((member) => [member])
  }
  return list.map((path) => ({
    path,
    label: path
      .map((member, index) => parts.words.member(parts.axis[index]?.id ?? '', member))
      .join(' / '),
  }))
}

function datumAt(
  cells: ReadonlyMap<string, Cell>,
  category: Category,
  colored: boolean,
  color: Member,
  result: QueryResult,
  measure: number,
): Datum | null {
  const cell = cells.get(keyOf(colored ? [...category.path, color] : category.path))
  if (!cell) return null
  return { value: numberAt(result.cells[measure], cell.row), share: null, path: cell.path }
}

/** Shares are of the absolute values of a category, so that returns do not push a share over 100%. */
function withShares(series: readonly Series[], categories: number): Series[] {
  const sums = new Float64Array(categories)
  for (const one of series) {
    one.data.forEach(
      (datum, index) => (sums[index] = (sums[index] ?? 0) + Math.abs(datum?.value ?? 0)),
    )
  }
  return series.map((one) => ({
    ...one,
    data: one.data.map((datum, index) => {
      const sum = sums[index] ?? 0
      return (
        datum && { ...datum, share: datum.value === null || sum === 0 ? null : datum.value / sum }
      )
    }),
  }))
}

function tooltipsOf(
  parts: ChartParts,
  result: QueryResult,
): ReadonlyMap<string, readonly TooltipValue[]> {
  const tooltips = new Map<string, readonly TooltipValue[]>()
  if (parts.tooltips.length === 0) return tooltips
  result.rows.paths.forEach((path, row) => {
    const values = parts.tooltips.map(({ index }) => ({
      measure: index,
      value: numberAt(result.cells[index], row),
    }))
    tooltips.set(keyOf(path), values)
  })
  return tooltips
}
