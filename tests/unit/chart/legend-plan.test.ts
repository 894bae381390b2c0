import { describe, expect, it } from 'vitest'
import type { CartesianModel } from '../../../shared/chart/chart-model.ts'
import { planLegend } from '../../../shared/chart/option/legend-plan.ts'
import { drawnTexts } from '../../support/drawn-chart.ts'

const channels = ['门店', '外卖平台', '线上商城', '小程序']
const shops = Array.from({ length: 24 }, (_, index) => `第${index + 1}分店（旗舰）`)
const format = { kind: 'number', decimals: 0, grouping: true, unit: 'none' } as const

const chart = (
  names: readonly string[],
  legend: CartesianModel['legend'] = 'top',
): CartesianModel => ({
  kind: 'cartesian',
  mark: 'bar',
  orientation: 'vertical',
  stacking: 'stacked',
  measures: [{ pill: 'm', name: '销售额', format }],
  dimensions: ['店型'],
  legend,
  showLabels: false,
  categories: [{ path: ['标准店'], label: '标准店' }],
  series: names.map((name, color) => ({
    key: name,
    name,
    measure: 0,
    color,
    data: [{ value: 10, share: null, path: ['标准店'] }],
  })),
  inSequence: false,
  axisTitles: null,
  tooltips: new Map(),
})

describe('where a legend stands', () => {
  it('is one line where its names fit, and a few whole lines where they do not', () => {
    expect(planLegend(chart(channels), { width: 600, height: 200 }).lines).toBe(1)
    expect(planLegend(chart(channels), { width: 200, height: 170 })).toEqual({
      place: 'top',
      lines: 2,
      perLeaf: 0,
    })
  })

  it('shows every name of a narrow chart, without leaves to turn', () => {
    const texts = drawnTexts(chart(channels), 200, 170)
    for (const channel of channels) expect(texts).toContain(channel)
    expect(texts.filter((text) => /^\d+\/\d+$/.test(text))).toEqual([])
  })

  it('turns leaves of whole names when there are too many', () => {
    const plan = planLegend(chart(shops), { width: 300, height: 200 })
    expect([plan.lines, plan.perLeaf]).toEqual([1, 2])
    expect(drawnTexts(chart(shops), 300, 200)).toContain(`1/${shops.length / 2}`)
  })

  it('stands above a chart too narrow for a legend at its side, and nowhere for one series', () => {
    expect(planLegend(chart(channels, 'right'), { width: 500, height: 200 }).place).toBe('right')
    expect(planLegend(chart(channels, 'right'), { width: 240, height: 200 }).place).toBe('top')
    expect(planLegend(chart(['门店']), { width: 500, height: 200 }).place).toBe('none')
  })
})
