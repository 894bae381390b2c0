import type { ChartModel } from '../chart-model.ts'

/** Where a legend stands and what it takes of the drawing, found before anything is drawn. */
export interface LegendPlan {
  readonly place: 'none' | 'top' | 'right' | 'bottom'
  /** Lines of names above or below the chart. */
  readonly lines: number
  /** Whole names on a leaf of a legend that is turned; 0 where all names are shown at once. */
  readonly perLeaf: number
}

export interface DrawingSize {
  readonly width: number
  readonly height: number
}

/** Beside a chart narrower than this a legend would leave no room for the chart. */
const sideFrom = 360
const mostLines = 3
const digit = 7.6
/** The coloured mark, the space after it and the space to the next name. */
const aroundName = 27
/** Names of a turned legend are of one width, so that no leaf ends within a word. */
export const leafName = 76
const turner = 74
export const legendLine = 20
export const sideWidth = 132

function namesOf(model: ChartModel): readonly string[] {
  switch (model.kind) {
    case 'cartesian':
      return model.series.map(({ name }) => name)
    case 'arc':
      return model.slices.map(({ name }) => name)
    case 'point':
      return model.groups.map(({ name }) => name)
  }
}

/** Wide characters take two digits. */
export function pixelsOf(name: string): number {
  let digits = 0
  for (const character of name) digits += character > '\u2e7f' ? 1.7 : 1
  return digits * digit
}

function linesFor(names: readonly string[], width: number): number {
  let lines = 1
  let used = 0
  for (const name of names) {
    const own = pixelsOf(name) + aroundName
    if (used > 0 && used + own > width) {
      lines += 1
      used = 0
    }
    used += own
  }
  return lines
}

/** As wide as the names of a leaf and the turner beside them. */
export function leafWidth(perLeaf: number): number {
  return perLeaf * (leafName + aroundName) + turner
}

/** All names where they fit in a few lines; else leaves of whole names to turn. */
export function planLegend(model: ChartModel, { width, height }: DrawingSize): LegendPlan {
  const names = namesOf(model)
  if (model.legend === 'none' || names.length < 2) return { place: 'none', lines: 0, perLeaf: 0 }
  if (model.legend === 'right' && width >= sideFrom) return { place: 'right', lines: 0, perLeaf: 0 }
  const place = model.legend === 'bottom' ? 'bottom' : 'top'
  const room = width - 16
  const lines = linesFor(names, room)
  const fits = lines <= mostLines && lines * legendLine * 3 <= height
  if (fits || lines === 1) return { place, lines, perLeaf: 0 }
  const perLeaf = Math.max(1, Math.floor((room - turner) / (leafName + aroundName)))
  return { place, lines: 1, perLeaf }
}
