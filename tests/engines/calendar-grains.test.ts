import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Member } from '../../shared/data/cell-value.ts'
import { calendarGrains } from '../../shared/data/grain.ts'
import {
  ask,
  calendars,
  casesOf,
  engines,
  expectCalendar,
  expected,
  recent,
} from '../support/calendar-engines.ts'
import { plainCells } from '../support/query-engines.ts'

describe('kinds of days of the retail calendar', () => {
  it.each(casesOf(['festival', 'holiday', 'workday']))(
    '$grain of $field by $calendar.id: every engine says what the calendar says, in its order',
    expectCalendar,
  )

  it('filters by any of their members as the members are summed', async () => {
    const grain = fc.constantFrom(...calendarGrains)
    await fc.assert(
      fc.asyncProperty(
        grain,
        fc.constantFrom(...calendars),
        fc.nat(),
        async (by, calendar, pick) => {
          const members = expected(calendar, by, recent)
          const [member] = members[pick % members.length] ?? []
          for (const { engine, rows: own } of engines) {
            const whole = expected(calendar, by, own).find(([one]) => one === member)
            const result = await ask(engine, {
              ...{ dataset: 'sales', calendar: calendar.name === 'Weeks' ? 'Weeks' : calendar.id },
              measures: [{ field: 'amount', aggregate: 'sum' }],
              filters: [{ field: 'sold_at', grain: by, op: 'in', values: [member as Member] }],
            })
            expect(plainCells(result)[0]?.[0]?.[0]).toBe(whole?.[1])
          }
        },
      ),
      { numRuns: 20 },
    )
  })
})
