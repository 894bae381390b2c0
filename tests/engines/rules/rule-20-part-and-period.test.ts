import { describe, expect, it } from 'vitest'
import { plainCells } from '../../support/query-engines.ts'
import { ask, casesOf, engines, expectCalendar } from '../../support/calendar-engines.ts'

describe('rule 20: parts of a year', () => {
  it.each(casesOf(['fiscalQuarterOfYear', 'fiscalPeriodOfYear', 'fiscalWeekOfYear']))(
    '$grain of $field by $calendar.id: every engine says what the calendar says, in its order',
    expectCalendar,
  )

  it('keeps March of any year apart from March of one', async () => {
    for (const { engine, rows } of engines) {
      const asked = async (grain: 'month' | 'monthOfYear', values: (string | number)[]) => {
        const result = await ask(engine, {
          ...{ dataset: 'sales', rows: [{ field: 'sold_at', grain }] },
          measures: [{ field: 'amount', aggregate: 'sum' }],
          filters: [{ field: 'sold_at', grain, op: 'in', values }],
        })
        return result.rows.paths.map(([member], at) => [member, plainCells(result)[at]?.[0]?.[0]])
      }
      const sum = (pick: (day: string) => boolean): number =>
        rows.reduce(
          (total, { sold_at: day, amount }) => total + (day !== null && pick(day) ? amount : 0),
          0,
        )
      expect(await asked('monthOfYear', [3])).toEqual([[3, sum((day) => day.slice(5, 7) === '03')]])
      expect(await asked('month', ['2025-03'])).toEqual([
        ['2025-03', sum((day) => day.startsWith('2025-03'))],
      ])
    }
  })
})
