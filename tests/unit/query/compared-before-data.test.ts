import { expect, test } from 'vitest'
import { ComparedDays } from '../../../electron/engine/query/compare/compared-days.ts'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'

const day = (text: string): number => parseIsoDay(text) ?? NaN

/** Years beside the year before them, of rows from 2023 on. */
function warningsOf(years: readonly string[], firstDay: number | undefined) {
  const query = ReportQuery.parse({
    dataset: 'sales',
    rows: [{ field: 'day', grain: 'year' }],
    measures: [{ field: 'amount', aggregate: 'sum', as: 'sales' }],
  })
  const facts = {
    ...{ query, calendar: plainCalendar, lastDay: day('2025-12-31'), today: day('2026-01-05') },
    compare: { field: 'day', with: { with: 'year' as const } },
    ...(firstDay === undefined ? {} : { firstDay }),
  }
  const days = new ComparedDays(facts, undefined)
  for (const year of years) days.path([{ axis: 'rows', index: 0, grain: 'year' }], [year])
  return days.warnings
}

test('a comparison says where some of its days lie before the data, as totals cover them too', () => {
  expect(warningsOf(['2023', '2024', '2025'], day('2023-01-01'))).toEqual([
    { code: 'comparedBeforeData', until: '2023-01-01' },
  ])
  expect(warningsOf(['2024', '2025'], day('2023-03-15'))).toEqual([
    { code: 'comparedBeforeData', until: '2023-03-15' },
  ])
})

test('nothing is said where all days have data, none has, or nobody looked', () => {
  expect(warningsOf(['2024', '2025'], day('2023-01-01'))).toEqual([])
  expect(warningsOf(['2023'], day('2023-01-01'))).toEqual([])
  expect(warningsOf(['2023', '2024'], undefined)).toEqual([])
})
