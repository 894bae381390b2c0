import { isDark } from './anomalies.ts'
import { DAY_COUNT } from './calendar/days.ts'
import { BUSYNESS } from './calendar/festivals.ts'
import type { ExtraVisits } from './campaigns.ts'
import type { Member } from './members.ts'
import { Random } from './rng.ts'
import { SHOP_REGION, SHOPS, shopAt } from './shops.ts'

/** Somebody comes to a shop, or orders from it. */
export interface Visit {
  readonly day: number
  readonly shop: number
  /** Index of the member, -1 for a customer without a card. */
  readonly member: number
}

/** Visits an average year of an average shop has by customers without a card, at full scale. */
const PASSERS_BY = 560
const AVERAGE_YEAR = BUSYNESS.reduce((sum, one) => sum + one, 0) / 3

/** All visits of the sample, in no particular order. */
export function makeVisits(
  seed: string,
  scale: number,
  members: readonly Member[],
  extra: ExtraVisits,
): Visit[] {
  const random = new Random(`${seed}/visits`)
  const visits: Visit[] = []
  const add = (visit: Visit) => {
    if (!isDark(shopAt(visit.shop).code, visit.day)) visits.push(visit)
  }
  members.forEach((member, index) => {
    for (const day of memberDays(random, member))
      add({ day, member: index, shop: visitedShop(random, member, day) })
    for (const day of extra.get(index) ?? []) add({ day, member: index, shop: member.homeShop })
  })
  SHOPS.forEach((shop, index) => {
    for (const day of busyDays(
      random,
      index,
      shop.openDay,
      DAY_COUNT,
      PASSERS_BY * scale * shop.size,
    ))
      add({ day, member: -1, shop: index })
  })
  return visits
}

/** The first visit is when the card is made out; a one-time customer never comes again. */
function memberDays(random: Random, member: Member): number[] {
  const end = Math.min(member.lapseDay ?? DAY_COUNT, DAY_COUNT)
  const days = busyDays(random, member.homeShop, member.joinDay, end, member.rate)
  if (member.joinDay >= 0 && member.joinDay < end) days.push(member.joinDay)
  return days
}

/** Days from `first` to before `end`, as many and as spread as the shop's region is busy. */
function busyDays(
  random: Random,
  shop: number,
  first: number,
  end: number,
  perYear: number,
): number[] {
  const busyness = SHOP_REGION[shop]?.busyness
  const start = Math.max(first, 0)
  if (busyness === undefined || start >= end || perYear === 0) return []
  const mass = (busyness[end - 1] ?? 0) - (start > 0 ? (busyness[start - 1] ?? 0) : 0)
  const count = manyOf(random, (perYear * mass) / AVERAGE_YEAR)
  return Array.from({ length: count }, () => random.index(busyness, start, end - 1))
}

/** A poisson count; large means are split, for the plain method underflows beyond 500. */
function manyOf(random: Random, mean: number): number {
  let count = 0
  let rest = mean
  for (; rest > 200; rest -= 200) count += random.poisson(200)
  return count + random.poisson(rest)
}

/** Mostly the own shop, now and then another of the region, seldom one elsewhere. */
function visitedShop(random: Random, member: Member, day: number): number {
  const dice = random.next()
  if (dice < 0.84) return member.homeShop
  const region = shopAt(member.homeShop).region
  for (let attempt = 0; attempt < 8; attempt++) {
    const other = random.below(SHOPS.length)
    const shop = shopAt(other)
    if (shop.openDay <= day && (dice > 0.97 || shop.region === region)) return other
  }
  return member.homeShop
}
