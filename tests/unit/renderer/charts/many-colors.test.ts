import { expect, it } from 'vitest'
import type { ChartModel } from '../../../../shared/chart/chart-model.ts'
import { colorsOf, mostColors } from '../../../../renderer/charts/marks.ts'

const common = { measures: [], dimensions: [], legend: 'top', showLabels: false } as const

function pieOf(slices: number): ChartModel {
  return {
    ...{ ...common, kind: 'arc', donut: false, leftOut: 0, total: slices },
    slices: Array.from({ length: slices }, (_, index) => {
      return { name: `${index}`, color: index, value: 1, share: 1 / slices, path: [`${index}`] }
    }),
  }
}

function columnsOf(series: number, categories: number): ChartModel {
  const labels = Array.from({ length: categories }, (_, index) => `${index}`)
  return {
    ...{ ...common, kind: 'cartesian', mark: 'bar', orientation: 'vertical', stacking: 'grouped' },
    ...{ axisTitles: null, tooltips: new Map() },
    categories: labels.map((label) => ({ path: [label], label })),
    series: Array.from({ length: series }, (_, index) => {
      return { key: `${index}`, name: `${index}`, measure: 0, color: index, data: [] }
    }),
  }
}

it('slices and series are colors to tell apart, places on the axis are not', () => {
  expect(colorsOf(pieOf(20_000))).toBeGreaterThan(mostColors)
  expect(colorsOf(columnsOf(20_000, 5))).toBeGreaterThan(mostColors)
  expect(colorsOf(columnsOf(5, 20_000))).toBe(5)
  expect(colorsOf(pieOf(24))).toBe(24)
})
