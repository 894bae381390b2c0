/** The festivals shops live by: those of the Chinese calendar, the sun's, and those of a fixed date. */
import { civilDay, epochDayOf } from '../data/calendar-day.ts'
import { lunarDay, qingmingDay } from './lunar.ts'

type DayIn = (year: number) => number

const lunar =
  (month: number, day: number): DayIn =>
  (year) =>
    lunarDay(year, month, day)
const fixed =
  (month: number, day: number): DayIn =>
  (year) =>
    epochDayOf(year, month, day) ?? 0

/**
 * In the order of the common year. `moving` ones win where two fall on one day; the eighth of the twelfth month belongs to
 * the lunar year before.
 */
const table = {
  newYear: { zh: '元旦', en: "New Year's Day", moving: false, day: fixed(1, 1) },
  laba: { zh: '腊八节', en: 'Laba Festival', moving: true, day: (y) => lunarDay(y - 1, 12, 8) },
  springEve: { zh: '除夕', en: 'Spring Festival Eve', moving: true, day: (y) => lunarDay(y, 1, 0) },
  spring: { zh: '春节', en: 'Spring Festival', moving: true, day: lunar(1, 1) },
  valentines: { zh: '情人节', en: "Valentine's Day", moving: false, day: fixed(2, 14) },
  lantern: { zh: '元宵节', en: 'Lantern Festival', moving: true, day: lunar(1, 15) },
  womens: { zh: '妇女节', en: "Women's Day", moving: false, day: fixed(3, 8) },
  qingming: { zh: '清明节', en: 'Qingming', moving: true, day: qingmingDay },
  labour: { zh: '劳动节', en: 'Labour Day', moving: false, day: fixed(5, 1) },
  childrens: { zh: '儿童节', en: "Children's Day", moving: false, day: fixed(6, 1) },
  dragonBoat: { zh: '端午节', en: 'Dragon Boat Festival', moving: true, day: lunar(5, 5) },
  june18: { zh: '618', en: '6.18', moving: false, day: fixed(6, 18) },
  qixi: { zh: '七夕', en: 'Qixi Festival', moving: true, day: lunar(7, 7) },
  midAutumn: { zh: '中秋节', en: 'Mid-Autumn Festival', moving: true, day: lunar(8, 15) },
  national: { zh: '国庆节', en: 'National Day', moving: false, day: fixed(10, 1) },
  doubleNinth: { zh: '重阳节', en: 'Double Ninth Festival', moving: true, day: lunar(9, 9) },
  double11: { zh: '双11', en: '11.11', moving: false, day: fixed(11, 11) },
  double12: { zh: '双12', en: '12.12', moving: false, day: fixed(12, 12) },
  christmas: { zh: '圣诞节', en: 'Christmas', moving: false, day: fixed(12, 25) },
} as const satisfies Record<string, { zh: string; en: string; moving: boolean; day: DayIn }>

export type FestivalId = keyof typeof table
export const festivalIds = Object.keys(table) as FestivalId[]
export type NameLanguage = 'zh-CN' | 'en'

/** Dates are computed for these years; outside them no day is a festival. */
export const festivalYears: { readonly first: number; readonly last: number } = {
  first: 2000,
  last: 2050,
}

export function festivalName(id: FestivalId, language: NameLanguage): string {
  return table[id][language === 'en' ? 'en' : 'zh']
}

export function isMoving(id: FestivalId): boolean {
  return table[id].moving
}

const days = new Map<string, number>()

/** The epoch day of a festival in a common year, or undefined outside the years that are computed. */
export function festivalDay(id: FestivalId, year: number): number | undefined {
  if (year < festivalYears.first || year > festivalYears.last) return undefined
  const key = `${id}${year}`
  const day = days.get(key) ?? table[id].day(year)
  days.set(key, day)
  return day
}

/** The occurrence of a festival nearest to a day, and the year it is of. */
export function nearestFestival(
  id: FestivalId,
  day: number,
): { readonly day: number; readonly year: number } | undefined {
  const { year } = civilDay(day)
  const found = [year - 1, year, year + 1].flatMap((one) => {
    const at = festivalDay(id, one)
    return at === undefined ? [] : [{ day: at, year: one }]
  })
  return found.sort((a, b) => Math.abs(a.day - day) - Math.abs(b.day - day))[0]
}
