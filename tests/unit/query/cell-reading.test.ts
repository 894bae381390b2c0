import { describe, expect, it } from 'vitest'
import type { ValueColumn } from '../../../shared/query/query-result.ts'
import { decimalText, exactAt } from '../../../shared/query/cell-reading.ts'
import { showListed, showValue } from '../../../renderer/ui/show-value.ts'
import { textIn } from '../../../shared/text/messages.ts'

const cents = (...values: number[]): ValueColumn => ({
  kind: 'scaled',
  scale: 2,
  values: Float64Array.from(values),
})

describe('the decimal text of a scaled number', () => {
  it.each([
    [0, 2, '0.00'],
    [-5, 2, '-0.05'],
    [123, 0, '123'],
    [1_234_567, 6, '1.234567'],
    // As doubles these two quotients are one and the same.
    [9_007_199_254_740_990, 2, '90071992547409.90'],
    [9_007_199_254_740_991, 2, '90071992547409.91'],
  ])('of %d with %d digits is %s', (value, scale, text) => {
    expect(decimalText(value, scale)).toBe(text)
  })
})

describe('a cell for writing', () => {
  it('is a number while a double tells every value apart, and decimal text beyond', () => {
    const column = cents(1250, 9_007_199_254_740_991, NaN)
    expect([0, 1, 2].map((index) => exactAt(column, index))).toEqual([
      12.5,
      '90071992547409.91',
      null,
    ])
  })

  it('shows every digit in tables, in its style where it has one', () => {
    const text = textIn('en')
    const wide: ValueColumn = { kind: 'text', writing: 'decimal', values: ['90071992547409934.57'] }
    const share = { kind: 'percent', decimals: 1, grouping: true, unit: 'none' } as const
    expect(showValue(wide, 0, 'en', text)).toBe('90,071,992,547,409,934.57')
    expect(showValue(cents(9_007_199_254_740_991), 0, 'en')).toBe('90,071,992,547,409.91')
    expect(showListed(cents(25), 0, share, 'en', text)).toBe('25.0%')
    expect(showListed(cents(25), 0, undefined, 'en', text)).toBe('0.25')
    const small: ValueColumn = { kind: 'number', values: Float64Array.of(-0.001) }
    expect(showValue(small, 0, 'en')).toBe('0')
  })

  it('shows a text as it is, its letter T too', () => {
    const names: ValueColumn = {
      ...{ kind: 'text', writing: 'text' },
      values: ['T-Shirt', '2025-01-31T08:05:00'],
    }
    expect([0, 1].map((index) => showValue(names, index, 'en'))).toEqual([
      'T-Shirt',
      '2025-01-31 08:05:00',
    ])
  })
})
