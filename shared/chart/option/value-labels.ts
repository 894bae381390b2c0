/** The numbers written at bars and points, and where they go when two would meet. */
import { formatNumber } from '../../data/number-format.ts'
import type { CartesianModel, Series } from '../chart-model.ts'
import type { ChartLook } from './chart-look.ts'
import { textStyle } from './chart-look.ts'

/** Numbers along a line that would come nearer than this are not all written; those of bars may stand close. */
const gap = { line: 6, bar: 2 } as const
/** So many numbers at standing bars are moved out of each other's way; more would only be a heap of them. */
const mostMoved = 40
const mostLines = 3
/** From the end of a bar to its number. */
const distance = 5

export function valueLabel(
  series: Series,
  model: CartesianModel,
  look: ChartLook,
): Record<string, unknown> {
  if (!model.showLabels) return { show: false }
  const style = model.measures[series.measure]?.format
  const lying = model.orientation === 'horizontal'
  const inside = isInside(model)
  return {
    show: true,
    // Lying bars are rows: what stands at their ends is apart as they are.
    distance,
    minMargin: lying ? 0 : gap[model.mark],
    position: inside ? 'inside' : lying ? 'right' : 'top',
    ...textStyle(look, inside ? look.background : look.text, 11),
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const value = series.data[dataIndex]?.value ?? null
      return style ? formatNumber(value, style, look.locale) : ''
    },
  }
}

const isInside = ({ stacking, mark }: CartesianModel): boolean =>
  stacking !== 'grouped' && mark === 'bar'

interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What the drawing library tells of one number before it is placed. */
interface Placed {
  readonly seriesIndex: number
  readonly dataIndex: number
  /** Of its bar. */
  readonly rect: Rect
  /** Where it stands now, moved or not: only its size is of use. */
  readonly labelRect: Rect
}

type Layout = { readonly hideOverlap: true; readonly dy?: number }

/**
 * At few standing bars a number that would meet its neighbour's moves up a line or two; only one without a place even
 * there is left out. All series of a chart share what this returns, as their numbers make room for each other.
 */
export function placeLabels(model: CartesianModel): Layout | ((label: Placed) => Layout) {
  const count = model.categories.length * model.series.length
  const standing = model.mark === 'bar' && model.orientation === 'vertical' && !isInside(model)
  if (!model.showLabels || !standing || count > mostMoved) return { hideOverlap: true }
  const taken = new Map<number, Rect>()
  return ({ seriesIndex, dataIndex, rect, labelRect }) => {
    const turn = seriesIndex * model.categories.length + dataIndex
    // A chart is placed again whenever it changes size: what comes later in turn is of the time before.
    const earlier = [...taken].filter(([other]) => other < turn).map(([, place]) => place)
    const own = above(rect, labelRect)
    const y = freeTop(own, earlier)
    taken.set(turn, { ...own, y })
    return { hideOverlap: true, dy: y - own.y }
  }
}

function above(bar: Rect, { width, height }: Rect): Rect {
  const top = Math.min(bar.y, bar.y + bar.height)
  return { x: bar.x + (bar.width - width) / 2, y: top - distance - height, width, height }
}

/** The nearest free place at or above where the number belongs. */
function freeTop(label: Rect, others: readonly Rect[]): number {
  const least = Math.max(0, label.y - mostLines * label.height)
  let top = label.y
  for (;;) {
    const met = others.find((other) => meet({ ...label, y: top }, other))
    if (met === undefined) return top
    top = met.y - label.height - gap.bar
    if (top < least) return label.y
  }
}

const meet = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width + gap.bar &&
  b.x < a.x + a.width + gap.bar &&
  a.y < b.y + b.height + gap.bar &&
  b.y < a.y + a.height + gap.bar
