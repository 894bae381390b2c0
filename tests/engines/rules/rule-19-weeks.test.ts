import { describe, expect, it } from 'vitest'
import { ask, casesOf, engines, expectCalendar } from '../../support/calendar-engines.ts'

describe('rule 19: weeks of the retail calendar, and of 1 January', () => {
  it.each(casesOf(['fiscalWeek', 'januaryWeek']))(
    '$grain of $field by $calendar.id: every engine says what the calendar says, in its order',
    expectCalendar,
  )

  it('lists the periods between the first and the last, those without rows too', async () => {
    const filters = [{ field: 'sold_at', op: 'in' as const, values: ['2024-01-20', '2024-02-11'] }]
    for (const { engine } of engines) {
      const asked = (grain: 'fiscalWeek' | 'fiscalPeriod', empty: boolean) =>
        ask(engine, {
          ...{ dataset: 'sales', calendar: 'Weeks', measures: [{ aggregate: 'count' }], filters },
          rows: [{ field: 'sold_at', grain, empty }],
        })
      // The year of 2023 by this calendar has 53 weeks and ends on 3 February 2024.
      const weeks = ['FY2023-W51', 'FY2023-W52', 'FY2023-W53', 'FY2024-W01', 'FY2024-W02']
      const plain = await asked('fiscalWeek', false)
      expect(plain.rows.fields[0]?.periods).toEqual(weeks)
      expect(plain.rows.paths.flat()).toEqual(['FY2023-W51', 'FY2024-W02'])
      expect((await asked('fiscalWeek', true)).rows.paths.flat()).toEqual(weeks)
      const periods = await asked('fiscalPeriod', true)
      expect(periods.rows.paths.flat()).toEqual(['FY2023-P12', 'FY2024-P01'])
    }
  })
})
