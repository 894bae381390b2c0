import { expect, it } from 'vitest'
import type { ChartModel } from '../../../shared/chart/chart-model.ts'
import { tooLargeToDraw } from '../../../shared/chart/chart-size.ts'

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
    ...{ inSequence: false, axisTitles: null, tooltips: new Map() },
    categories: labels.map((label) => ({ path: [label], label })),
    series: Array.from({ length: series }, (_, index) => {
      return { key: `${index}`, name: `${index}`, measure: 0, color: index, data: [] }
    }),
  }
}

it('a chart of more colors or places than can be told apart is not drawn', () => {
  expect(tooLargeToDraw(pieOf(20_000))).toEqual({ of: 'colors', count: 20_000 })
  expect(tooLargeToDraw(columnsOf(20_000, 5))).toEqual({ of: 'colors', count: 20_000 })
  expect(tooLargeToDraw(columnsOf(5, 20_000))).toEqual({ of: 'places', count: 20_000 })
  expect(tooLargeToDraw(columnsOf(5, 1100))).toBeNull()
  expect(tooLargeToDraw(pieOf(24))).toBeNull()
})
