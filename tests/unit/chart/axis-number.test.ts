import { describe, expect, it } from 'vitest'
import { axisNumber } from '../../../shared/chart/option/chart-look.ts'
import { planAcross } from '../../../shared/chart/option/axis-plan.ts'

const style = { kind: 'number', decimals: 2, grouping: true, unit: 'none' } as const
const percent = { ...style, kind: 'percent' } as const

describe('numbers of an axis', () => {
  it.each([
    [style, 0.005, [0, 0.001, 0.002, 0.003], ['0', '0.001', '0.002', '0.003']],
    [style, 0.3, [0, 0.1, 0.1 + 0.2], ['0', '0.1', '0.3']],
    [style, 7, [0, 2.5, 5], ['0', '2.5', '5']],
    [percent, 0.001, [0, 0.0005, 0.001], ['0%', '0.05%', '0.1%']],
    [percent, 0.5, [0, 0.07, 0.14], ['0%', '7%', '14%']],
    [style, 2_500_000, [0, 500_000, 1_250_000], ['0', '500K', '1.25M']],
    [style, 0.5, [-0.25, 0], ['-0.25', '0']],
  ])('tell every step apart (%#)', (how, largest, values, texts) => {
    expect(values.map(axisNumber(how, largest, 'en'))).toEqual(texts)
  })
})

describe('names along a narrow axis', () => {
  it('are turned only where the turned lines stand clear of each other', () => {
    const months = Array.from({ length: 24 }, (_, n) => `2024-${String(n + 10)}`)
    // Turned by 45 degrees, lines of 13 pixels need 13 × √2 along the axis.
    const wide = planAcross(months, 24 * 19, 300, true)
    expect([wide.rotate, wide.step]).toEqual([45, 1])
    const narrow = planAcross(months, 24 * 18, 300, true)
    expect(narrow.rotate).toBe(0)
    expect(narrow.step).toBeGreaterThan(1)
  })
})
