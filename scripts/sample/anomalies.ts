import { dayOf } from './calendar/days.ts'
import type { Member } from './members.ts'

/** What is wrong in the data on purpose, for methods to find and tests to check. */
export const OUTAGE = {
  shop: '011',
  first: dayOf('2024-07-15'),
  last: dayOf('2024-07-19'),
} as const

/** A day's upload that was loaded twice: every row of the shop stands in the file two times. */
export const DOUBLE_LOAD = { shop: '005', day: dayOf('2025-03-15') } as const

/** A till whose goods come back far too often. */
export const RETURNS_CASHIER = {
  shop: '016',
  cashier: '01603',
  first: dayOf('2025-04-01'),
  last: dayOf('2025-06-30'),
  rate: 0.3,
} as const

/** A price keyed without its last two digits, for one day, in one region's shops. */
export const WRONG_PRICE = {
  region: '西南',
  day: dayOf('2023-08-19'),
  category: '母婴用品',
} as const

/** A card that collects points by nightly manual postings. */
export const POINTS_FARMER = {
  first: dayOf('2025-08-04'),
  postings: 64,
  operator: '01203',
} as const

/** True when a shop's till was dark that day. */
export function isDark(shop: string, day: number): boolean {
  return shop === OUTAGE.shop && day >= OUTAGE.first && day <= OUTAGE.last
}

/** The farmer's place in the list: an old, busy customer. */
export function farmerIndex(members: readonly Member[]): number {
  return members.findIndex((member, i) => i > 100 && member.kind === 'loyal' && member.joinDay < 0)
}
