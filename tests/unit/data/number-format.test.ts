import { describe, expect, it } from 'vitest'
import { excelFormat, formatNumber } from '../../../shared/data/number-format.ts'
import type { NumberStyle } from '../../../shared/data/number-format.ts'

const style = (part: Partial<NumberStyle>): NumberStyle => ({
  kind: 'number',
  decimals: 2,
  grouping: true,
  unit: 'none',
  ...part,
})

describe('numbers as text', () => {
  it.each([
    [1234567.891, style({}), '1,234,567.89'],
    [0.125, style({}), '0.13'],
    [-0.125, style({}), '-0.13'],
    [-0.001, style({}), '0.00'],
    [0.256, style({ kind: 'percent', decimals: 1 }), '25.6%'],
    [-1999.5, style({ kind: 'currency' }), '-¥1,999.50'],
    [123_456_789, style({ unit: 'wan' }), '1.23亿'],
    [98_765, style({ unit: 'wan' }), '9.88万'],
    [999, style({ unit: 'wan', decimals: 0 }), '999'],
    [2_500_000, style({ unit: 'kmb', decimals: 1 }), '2.5M'],
    [1234, style({ grouping: false, decimals: 0 }), '1234'],
    [null, style({}), ''],
    [Number.NaN, style({}), ''],
  ])('%s is written as it should be', (value, how, text) => {
    expect(formatNumber(value, how, 'en')).toBe(text)
    expect(formatNumber(value, how, 'zh-CN')).toBe(text)
  })

  it('has an Excel format of the same look', () => {
    expect(excelFormat(style({}))).toBe('#,##0.00')
    expect(excelFormat(style({ kind: 'percent', decimals: 1 }))).toBe('#,##0.0%')
    expect(excelFormat(style({ kind: 'currency', decimals: 0, grouping: false }))).toBe('"¥"0')
    expect(excelFormat(style({ unit: 'kmb', decimals: 1 }))).toBe(
      '[>=1000000]#,##0.0,,"M";[>=1000]#,##0.0,"K";#,##0.0',
    )
  })
})

describe('numbers at their edges', () => {
  it.each([
    // Times 100 in doubles these are 28.499…, 56.99… and 114.99….
    [0.285, style({ kind: 'percent', decimals: 0 }), '29%'],
    [0.57, style({ kind: 'percent', decimals: 0 }), '57%'],
    [1.145, style({ kind: 'percent', decimals: 0 }), '115%'],
    [-0.00001, style({ kind: 'percent', decimals: 1 }), '0.0%'],
    [-0.256, style({ kind: 'percent', decimals: 1 }), '-25.6%'],
    [-0.004, style({ kind: 'currency' }), '¥0.00'],
    [10_050, style({ unit: 'wan', decimals: 2 }), '1.01万'],
    [1e21, style({ decimals: 0 }), '1,000,000,000,000,000,000,000'],
    [1e-7, style({ kind: 'percent', decimals: 6 }), '0.000010%'],
    ['90071992547409934.57', style({}), '90,071,992,547,409,934.57'],
    ['-90071992547409934.57', style({ kind: 'currency' }), '-¥90,071,992,547,409,934.57'],
    ['90071992547409934.57', style({ unit: 'wan', decimals: 4 }), '900,719,925.4741亿'],
  ])('%s is written with the digits it has', (value, how, text) => {
    expect(formatNumber(value, how, 'en')).toBe(text)
    expect(formatNumber(value, how, 'zh-CN')).toBe(text)
  })
})
