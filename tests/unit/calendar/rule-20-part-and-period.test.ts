import { describe, expect, it } from 'vitest'
import { parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { dayKeys } from '../../../shared/calendar/calendar-grains.ts'
import { keyOfDay } from '../../../shared/calendar/day-map.ts'
import { plainCalendar } from '../../../shared/calendar/retail-calendar.ts'
import type { CalendarGrain } from '../../../shared/data/grain.ts'

const april = { ...plainCalendar, fiscal: { by: 'month' as const, startMonth: 4 } }
const member = (text: string, grain: CalendarGrain) => {
  const keys = dayKeys(april, grain)
  return keys.memberOf(keyOfDay(keys.map, parseIsoDay(text) ?? NaN) ?? NaN)
}

describe('rule 20: part and period', () => {
  it('keeps the second fiscal quarter of every year apart from that of one', () => {
    expect(member('2024-07-01', 'fiscalQuarterOfYear')).toBe(2)
    expect(member('2025-07-01', 'fiscalQuarterOfYear')).toBe(2)
    expect(member('2024-07-01', 'fiscalQuarter')).toBe('FY2025-Q2')
    expect(member('2025-07-01', 'fiscalQuarter')).toBe('FY2026-Q2')
  })

  it('counts fiscal periods and weeks from 1', () => {
    expect(member('2025-04-01', 'fiscalPeriodOfYear')).toBe(1)
    expect(member('2026-03-31', 'fiscalPeriodOfYear')).toBe(12)
    expect(member('2025-04-01', 'fiscalWeekOfYear')).toBe(1)
  })
})
