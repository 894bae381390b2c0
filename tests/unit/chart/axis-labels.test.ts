import { describe, expect, it } from 'vitest'
import type { CartesianModel } from '../../../shared/chart/chart-model.ts'
import { drawnTexts } from '../../support/drawn-chart.ts'

const format = { kind: 'currency', decimals: 0, grouping: true, unit: 'none' } as const
const regions = ['华东', '华南', '华北', '西南']
const products = Array.from({ length: 20 }, (_, n) => `有机纯牛奶${n + 10}号`)
const days = Array.from({ length: 365 }, (_, n) => `2024-${n + 100}`)

const chart = (
  labels: readonly string[],
  more: Partial<CartesianModel> = {},
  largest = 280_000,
): CartesianModel => ({
  kind: 'cartesian',
  mark: 'bar',
  orientation: 'vertical',
  stacking: 'grouped',
  measures: [{ pill: 'm', name: '销售额', format }],
  dimensions: ['大区'],
  legend: 'none',
  showLabels: false,
  categories: labels.map((label) => ({ path: [label], label })),
  series: [
    {
      key: 'a',
      name: '销售额',
      measure: 0,
      color: 0,
      data: labels.map((label, n) => ({ value: largest / (n + 1), share: null, path: [label] })),
    },
  ],
  inSequence: false,
  axisTitles: null,
  tooltips: new Map(),
  ...more,
})

const numbersOf = (texts: readonly string[]): number[] =>
  texts
    .filter((text) => text.includes('¥'))
    .map((text) => Number(text.replace(/[¥,万亿]/g, '')) * (text.endsWith('亿') ? 10_000 : 1))
    .toSorted((a, b) => a - b)

const steps = (numbers: readonly number[]): Set<number> =>
  new Set(numbers.slice(1).map((number, n) => Math.round((number - numbers[n]!) * 100) / 100))

describe('the numbers of an axis', () => {
  it('take the unit the stacks reach, not that of their parts', () => {
    const style = { ...format, unit: 'wan' } as const
    const measures = [{ pill: 'm', name: '销售额', format: style }]
    const { series } = chart(regions, {}, 9000)
    const stack = Array.from({ length: 4 }, (_, n) => ({ ...series[0]!, key: `${n}`, color: n }))
    const drawn = (stacking: 'grouped' | 'stacked') =>
      drawnTexts(chart(regions, { measures, series: stack, stacking }), 400, 240)
        .filter((text) => text.startsWith('¥') && text !== '¥0')
        .map((text) => text.endsWith('万'))
    expect(new Set(drawn('stacked'))).toEqual(new Set([true]))
    expect(drawn('grouped')).toContain(false)
  })
})

describe('labels along the members of a chart', () => {
  it('names every member where the names fit, standing or lying', () => {
    for (const orientation of ['vertical', 'horizontal'] as const) {
      const texts = drawnTexts(chart(regions, { orientation }), 400, 180)
      for (const region of regions) expect(texts).toContain(region)
    }
  })

  it('turns twenty long names rather than leaving any out', () => {
    const texts = drawnTexts(chart(products), 560, 320)
    expect(texts.filter((text) => text.startsWith('有机'))).toHaveLength(products.length)
    const lying = drawnTexts(chart(products, { orientation: 'horizontal' }), 560, 400)
    expect(lying.filter((text) => text.startsWith('有机'))).toHaveLength(products.length)
  })

  it('breaks or cuts a name that is wider than its band', () => {
    const shops = ['北京朝阳大悦城店', '上海徐家汇旗舰店', '广州天河路店', '成都春熙路店']
    const texts = drawnTexts(chart(shops), 400, 240)
    for (const shop of shops)
      expect(texts.some((text) => text.startsWith(shop.slice(0, 3)))).toBe(true)
    const long = shops.map((shop) => `${shop}（含外卖自提与社区团购）`)
    const cut = drawnTexts(chart(long), 400, 240)
    expect(cut.filter((text) => /(\.\.\.|…)$/.test(text))).toHaveLength(long.length)
  })

  it('names every so many of too many, always as many apart', () => {
    const shown = drawnTexts(chart(days, { mark: 'line', inSequence: true }), 600, 240)
      .filter((text) => days.includes(text))
      .map((text) => days.indexOf(text))
    expect(shown.length).toBeGreaterThan(4)
    expect(steps(shown).size).toBe(1)
  })
})

describe('names in little room', () => {
  const shown = (count: number, more: Partial<CartesianModel>, width: number, height = 240) =>
    drawnTexts(chart(products.concat(products).slice(0, count), more), width, height).filter(
      (text) => text.startsWith('有机'),
    )

  it('stand upright before any is left out', () => {
    expect(shown(24, {}, 420)).toHaveLength(24)
    expect(shown(36, {}, 600)).toHaveLength(36)
  })

  it('of periods are thinned out instead', () => {
    const months = Array.from({ length: 36 }, (_, n) => `2024-${n + 10}`)
    const written = drawnTexts(chart(months, { inSequence: true }), 600, 240)
    expect(written.filter((text) => months.includes(text)).length).toBeLessThan(18)
  })

  it('beside bars are set smaller before any is left out', () => {
    expect(shown(20, { orientation: 'horizontal' }, 420, 262)).toHaveLength(20)
    expect(shown(20, { orientation: 'horizontal' }, 420, 300)).toHaveLength(20)
  })
})

describe('numbers at bars', () => {
  const near = [695, 443, 341, 316, 153].map((value) => value * 10_000)
  const wan = { ...format, unit: 'wan' } as const
  const withValues = (values: readonly number[], more: Partial<CartesianModel> = {}) => {
    const labels = values.map((_, n) => `店${n}`)
    const [series] = chart(labels).series
    const data = values.map((value, n) => ({ value, share: null, path: [labels[n]!] }))
    return chart(labels, {
      showLabels: true,
      measures: [{ pill: 'm', name: '销售额', format: wan }],
      series: [{ ...series!, data }],
      ...more,
    })
  }
  const written = (model: CartesianModel, width: number, height: number) =>
    drawnTexts(model, width, height).filter((text) => /^¥(695|443|341|316|153)万$/.test(text))

  it('are all written at few bars, near values too', () => {
    expect(written(withValues(near), 290, 190)).toHaveLength(5)
    expect(written(withValues(near), 250, 160)).toHaveLength(5)
  })

  it('are all written at lying bars as close as names can be', () => {
    const orientation = 'horizontal' as const
    const twenty = Array.from({ length: 20 }, (_, n) => near[n % 5]!)
    expect(written(withValues(twenty, { orientation }), 420, 290)).toHaveLength(20)
  })

  it('never lie on one another', () => {
    const sixty = Array.from({ length: 60 }, (_, n) => near[n % 5]!)
    expect(written(withValues(sixty), 400, 200).length).toBeLessThan(40)
  })
})

describe('numbers along an axis', () => {
  it('are evenly spaced from narrow to wide, whatever the largest is', () => {
    for (const orientation of ['vertical', 'horizontal'] as const) {
      for (const largest of [7, 99, 140_000, 280_000, 1_490_000, 69_900_000]) {
        for (const [width, height] of [
          [220, 160],
          [300, 200],
          [640, 400],
        ] as const) {
          const numbers = numbersOf(
            drawnTexts(chart(regions, { orientation }, largest), width, height),
          )
          expect(numbers.length).toBeGreaterThan(1)
          expect([largest, width, steps(numbers).size]).toEqual([largest, width, 1])
        }
      }
    }
  })
})

describe('a flat chart', () => {
  it('keeps at least three numbers on its axis', () => {
    for (const largest of [99, 140_000, 280_000, 1_490_000, 69_900_000]) {
      for (const height of [120, 140]) {
        const numbers = numbersOf(drawnTexts(chart(regions, {}, largest), 420, height))
        expect([largest, height, numbers.length >= 3]).toEqual([largest, height, true])
        expect([largest, steps(numbers).size]).toEqual([largest, 1])
      }
    }
  })
})

describe('shares of a whole', () => {
  it.each(['bar', 'line'] as const)('are measured in percent on a %s chart', (mark) => {
    const halves = regions.map((label) => ({ value: 140_000, share: 0.5, path: [label] }))
    const series = ['a', 'b'].map((key, color) => ({
      ...{ key, name: key, measure: 0, color, data: halves },
    }))
    const texts = drawnTexts(chart(regions, { mark, stacking: 'percent', series }), 420, 240)
    expect(texts).toContain('100%')
    expect(texts.filter((text) => text.includes('¥'))).toEqual([])
  })
})
