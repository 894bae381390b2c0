import type { ChartModel } from './chart-model.ts'

/**
 * More colors than this nobody tells apart, and drawing them takes the page's breath for half a minute and more; of places
 * on an axis a screen has fewer points than that.
 */
export const chartLimits = { colors: 1000, places: 5000 } as const

export interface TooLarge {
  readonly of: keyof typeof chartLimits
  readonly count: number
}

/** Why a chart is not drawn; its numbers can still be had as a crosstab or table. */
export function tooLargeToDraw(model: ChartModel): TooLarge | null {
  const colors = colorsOf(model)
  if (colors > chartLimits.colors) return { of: 'colors', count: colors }
  const places = model.kind === 'cartesian' ? model.categories.length : 0
  return places > chartLimits.places ? { of: 'places', count: places } : null
}

/** Slices, or series beside each other: what a legend would name. */
function colorsOf(model: ChartModel): number {
  if (model.kind === 'cartesian') return model.series.length
  return model.kind === 'arc' ? model.slices.length : model.groups.length
}
