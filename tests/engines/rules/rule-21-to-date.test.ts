import { describe, expect, it } from 'vitest'
import { byMonth, ask, in2025, lines, north, sales } from '../../support/compared-engines.ts'

describe('rule 21: sums to date', () => {
  it('run from the start of the year to the end of each month, and compare with the same days', async () => {
    const result = await ask({
      rows: [...byMonth],
      measures: [
        sales({ field: 'sold_at', toDate: 'year' }, 'so far'),
        sales({ field: 'sold_at', toDate: 'year', with: { with: 'year' } }, 'last year'),
        sales(
          { field: 'sold_at', toDate: 'year', with: { with: 'year' }, show: 'difference' },
          'more',
        ),
      ],
      filters: [in2025, north],
    })
    // 2024 was a leap year: 60 days to the end of February, 170 to 18 June.
    expect(lines(result)).toEqual({
      '2025-01': [31, 31, 0],
      '2025-02': [59, 60, -1],
      '2025-03': [90, 91, -1],
      '2025-04': [120, 121, -1],
      '2025-05': [151, 152, -1],
      '2025-06': [169, 170, -1],
    })
  })

  it('refuse lines of so many days that every one would be asked by itself', async () => {
    const query = ask({
      rows: [{ field: 'sold_at', grain: 'day' }],
      measures: [sales({ field: 'sold_at', toDate: 'year' })],
    })
    await expect(query).rejects.toThrow('tooManyPeriods')
  })
})
