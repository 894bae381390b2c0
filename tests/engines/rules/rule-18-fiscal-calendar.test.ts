import { describe, expect, it } from 'vitest'
import { othersMember } from '../../../shared/data/cell-value.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import { ask, casesOf, engines, expectCalendar } from '../../support/calendar-engines.ts'
import { plainCells } from '../../support/query-engines.ts'

describe('rule 18: years of the retail calendar, their quarters and periods', () => {
  it.each(casesOf(['fiscalYear', 'fiscalQuarter', 'fiscalPeriod']))(
    '$grain of $field by $calendar.id: every engine says what the calendar says, in its order',
    expectCalendar,
  )

  it('has no order of its own for Others, which come last', async () => {
    for (const { engine } of engines) {
      const result = await ask(engine, {
        ...{ dataset: 'sales', calendar: 'Weeks', measures: [{ aggregate: 'count', as: 'n' }] },
        rows: [
          {
            ...{ field: 'sold_at', grain: 'fiscalYear' },
            top: { count: 3, measure: 'n', direction: 'highest', others: true },
          },
        ],
      })
      const years = result.rows.paths.flat().slice(0, 3)
      expect(years).toEqual([...years].sort())
      expect(result.rows.paths.flat().at(-1)).toBe(othersMember)
    }
  })

  it('ranks the periods of the calendar that is named, not those of the first one', async () => {
    const engine = engines[0]?.engine
    if (!engine) throw new Error('no engine')
    const measures = [{ field: 'amount', aggregate: 'sum' as const, as: 'sum' }]
    const years = (top?: { count: number; measure: string }) =>
      ask(engine, {
        ...{ dataset: 'sales', calendar: 'Weeks', measures },
        rows: [{ field: 'sold_at', grain: 'fiscalWeekOfYear', ...(top ? { top } : {}) }],
        filters: [{ field: 'sold_at', grain: 'fiscalYear', op: 'in', values: ['FY2020'] }],
      })
    const [all, best] = [await years(), await years({ count: 3, measure: 'sum' })]
    const sums = (result: QueryResult) => plainCells(result).map(([line]) => Number(line?.[0]))
    expect(sums(all).length).toBeGreaterThan(50)
    expect(sums(best).sort()).toEqual(sums(all).sort((a, b) => b - a).slice(0, 3).sort()) // prettier-ignore
  })

  it('uses the first calendar where none is named, and refuses one nobody knows', async () => {
    const engine = engines[0]?.engine
    if (!engine) throw new Error('no engine')
    const query = { dataset: 'sales', rows: [{ field: 'sold_at', grain: 'fiscalYear' as const }] }
    const result = await ask(engine, query)
    expect(result.rows.paths.flat()).toContain('FY2026')
    await expect(ask(engine, { ...query, calendar: 'Moon' })).rejects.toThrow('unknownCalendar')
  })
})
