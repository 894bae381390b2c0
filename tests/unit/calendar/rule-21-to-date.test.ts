import { describe, expect, it } from 'vitest'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { comparedSpan } from '../../../shared/calendar/shift-days.ts'
import { toDateSpan, untilDay } from '../../../shared/calendar/to-date.ts'
import { isoDay, parseIsoDay } from '../../../shared/data/calendar-day.ts'

const day = (text: string): number => parseIsoDay(text) ?? NaN
const span = (first: string, last: string) => ({ first: day(first), last: day(last) })
const said = (found: { first: number; last: number } | null) =>
  found && `${isoDay(found.first)} ${isoDay(found.last)}`
const april = { ...plainCalendar, fiscal: { by: 'month' as const, startMonth: 4 } }

describe('rule 21: to date', () => {
  it.each([
    ['week', '2025-06-16 2025-06-18'],
    ['month', '2025-06-01 2025-06-18'],
    ['quarter', '2025-04-01 2025-06-18'],
    ['year', '2025-01-01 2025-06-18'],
  ] as const)('%s to Wednesday 18 June 2025', (unit, expected) => {
    expect(said(toDateSpan(span('2025-06-18', '2025-06-18'), unit, plainCalendar))).toBe(expected)
  })

  it('follows the fiscal calendar: an April year begins in April', () => {
    expect(said(toDateSpan(span('2025-06-01', '2025-06-18'), 'year', april))).toBe(
      '2025-04-01 2025-06-18',
    )
    expect(said(toDateSpan(span('2025-03-01', '2025-03-31'), 'year', april))).toBe(
      '2024-04-01 2025-03-31',
    )
  })
})

describe('rule 21: a period that is not over', () => {
  const june = untilDay(span('2025-06-01', '2025-06-30'), day('2025-06-18'))

  it('ends with the data, and says so', () => {
    expect(june && { ...june, span: said(june.span) }).toEqual({
      span: '2025-06-01 2025-06-18',
      cut: true,
    })
    expect(untilDay(span('2025-05-01', '2025-05-31'), day('2025-06-18'))?.cut).toBe(false)
    expect(untilDay(span('2025-07-01', '2025-07-31'), day('2025-06-18'))).toBeNull()
  })

  it('is compared with the same days only', () => {
    const ask = { calendar: plainCalendar, grain: 'month', cut: true } as const
    const cut = june?.span ?? span('', '')
    expect(said(comparedSpan(cut, { ...ask, comparison: { with: 'previous' } }))).toBe(
      '2025-05-01 2025-05-18',
    )
    expect(said(comparedSpan(cut, { ...ask, comparison: { with: 'year' } }))).toBe(
      '2024-06-01 2024-06-18',
    )
  })

  it('is cut at the same day of the month before its quarter, also on the last day of a month', () => {
    const ask = { calendar: plainCalendar, grain: 'quarter', cut: true } as const
    expect(
      said(
        comparedSpan(span('2025-04-01', '2025-05-31'), {
          ...ask,
          comparison: { with: 'previous' },
        }),
      ),
    ).toBe('2025-01-01 2025-02-28')
    // 28 February 2025 ends the month; a year before it does not, and the cut stays at the 28th.
    expect(
      said(
        comparedSpan(span('2025-01-01', '2025-02-28'), {
          ...ask,
          comparison: { with: 'year' },
        }),
      ),
    ).toBe('2024-01-01 2024-02-28')
  })
})
