import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilDay, epochDayOf, isoDay, isoSecond } from '../../../shared/data/calendar-day.ts'
import { dayParts } from '../../../electron/engine/extracts/day-parts.ts'

const days = fc.integer({ min: -700_000, max: 2_900_000 })

test('days agree with the built-in calendar', () => {
  fc.assert(
    fc.property(days, (day) => {
      const date = new Date(day * 86_400_000)
      expect(civilDay(day)).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      })
    }),
  )
})

test('a day survives the way to year, month and day and back', () => {
  fc.assert(
    fc.property(days, (day) => {
      const civil = civilDay(day)
      expect(epochDayOf(civil.year, civil.month, civil.day)).toBe(day)
    }),
  )
})

test('days that do not exist are refused', () => {
  expect(epochDayOf(2023, 2, 29)).toBeUndefined()
  expect(epochDayOf(1900, 2, 29)).toBeUndefined()
  expect(epochDayOf(2024, 4, 31)).toBeUndefined()
  expect(epochDayOf(2024, 13, 1)).toBeUndefined()
  expect(epochDayOf(2024, 2, 29)).toBe(19_782)
})

test('parts index year, quarter, month and ISO week', () => {
  const day = epochDayOf(2024, 12, 30) ?? 0
  const parts = dayParts(day)
  expect(parts).toMatchObject({ y: 2024, q: 2024 * 4 + 3, m: 2024 * 12 + 11, d: day })
  expect(isoDay(parts.w * 7 - 3)).toBe('2024-12-30')
  expect(dayParts(day - 1).w).toBe(parts.w - 1)
})

test('seconds are written as wall-clock time', () => {
  expect(isoSecond((epochDayOf(2025, 1, 31) ?? 0) * 86_400 + 8 * 3600 + 30 * 60 + 5)).toBe(
    '2025-01-31T08:30:05',
  )
})
