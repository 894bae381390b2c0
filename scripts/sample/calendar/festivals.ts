import { DAY_COUNT, DAYS, dayOf } from './days.ts'

/** A stretch of days on which people buy more, or stay at home. */
export interface Festival {
  readonly name: string
  readonly first: number
  readonly last: number
  readonly factor: number
}

/** Festivals of the lunar calendar: dates of 2023, 2024, 2025. */
const SPRING = ['2023-01-22', '2024-02-10', '2025-01-29']
const MID_AUTUMN = ['2023-09-29', '2024-09-17', '2025-10-06']
const DRAGON_BOAT = ['2023-06-22', '2024-06-10', '2025-05-31']
const QIXI = ['2023-08-22', '2024-08-10', '2025-08-29']

function around(name: string, days: readonly string[], from: number, to: number, factor: number) {
  return days.map((iso): Festival => ({
    name,
    first: dayOf(iso) + from,
    last: dayOf(iso) + to,
    factor,
  }))
}

function yearly(name: string, first: string, last: string, factor: number): Festival[] {
  return ['2023', '2024', '2025'].map((year) => ({
    name,
    first: dayOf(`${year}-${first}`),
    last: dayOf(`${year}-${last}`),
    factor,
  }))
}

export const FESTIVALS: readonly Festival[] = [
  ...around('年货节', SPRING, -18, -3, 1.75),
  ...around('除夕', SPRING, -2, -1, 0.75),
  ...around('春节', SPRING, 0, 3, 0.4),
  ...around('春节返程', SPRING, 4, 10, 1.15),
  ...around('中秋', MID_AUTUMN, -6, 0, 1.35),
  ...around('端午', DRAGON_BOAT, -3, 1, 1.2),
  ...around('七夕', QIXI, -2, 0, 1.25),
  ...yearly('情人节', '02-12', '02-14', 1.2),
  ...yearly('三八节', '03-05', '03-08', 1.4),
  ...yearly('五一', '05-01', '05-05', 1.45),
  ...yearly('六一', '05-30', '06-01', 1.15),
  ...yearly('618', '06-14', '06-18', 1.7),
  ...yearly('开学季', '08-25', '09-02', 1.2),
  ...yearly('国庆', '10-01', '10-07', 1.5),
  ...yearly('双11', '11-08', '11-11', 2.1),
  ...yearly('双12', '12-11', '12-12', 1.35),
  ...yearly('圣诞元旦', '12-23', '12-31', 1.2),
]

const WEEKDAY = [1.28, 0.82, 0.8, 0.83, 0.88, 1.06, 1.36]
const MONTH = [1.04, 0.92, 0.94, 0.97, 1.02, 1.06, 0.97, 0.95, 1, 1.02, 1.08, 1.06]

/** How busy each day is against an ordinary one: week, season and festivals, before growth. */
export const BUSYNESS: readonly number[] = DAYS.map((day) => {
  return (WEEKDAY[day.weekday] ?? 1) * (MONTH[day.month - 1] ?? 1)
}).map((base, day) => {
  const found = FESTIVALS.filter((festival) => festival.first <= day && day <= festival.last)
  return found.reduce((factor, festival) => factor * festival.factor, base)
})

/** The busyness of every day with a yearly growth rate, added up from the first day on. */
export function growingBusyness(growthPerYear: number): Float64Array {
  let total = 0
  return Float64Array.from({ length: DAY_COUNT }, (_, day) => {
    total += (BUSYNESS[day] ?? 1) * (1 + growthPerYear) ** (day / 365)
    return total
  })
}
