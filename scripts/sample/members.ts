import { DAY_COUNT, dayOf } from './calendar/days.ts'
import { mobile, personName, typedMobile, type Gender } from './member-names.ts'
import { cumulate, Random } from './rng.ts'
import { SHOPS, shopAt } from './shops.ts'

export type MemberKind = 'loyal' | 'regular' | 'lapsing' | 'oneTime'

export interface Member {
  /** Eight digits with leading zeros. */
  readonly no: string
  readonly name: string
  readonly gender: Gender | ''
  readonly mobile: string
  /** The mobile number as the list shows it. */
  readonly typedMobile: string
  /** Day number, null where unknown. */
  readonly birthDay: number | null
  readonly joinDay: number
  readonly homeShop: number
  readonly joinChannel: string
  readonly kind: MemberKind
  /** Visits a year in an average year. */
  readonly rate: number
  /** No visit on or after this day. */
  readonly lapseDay: number | null
  /** Number of the card the same person already has. */
  readonly duplicateOf: string | null
}

const DUPLICATES = 0.02
const RATES: Record<MemberKind, readonly [least: number, spread: number]> = {
  loyal: [3.1, 3.6],
  regular: [0.55, 0.9],
  lapsing: [1.3, 1.5],
  oneTime: [0, 0],
}

/** Persons first, then second cards of some of them. */
export function makeMembers(seed: string, count: number): Member[] {
  const random = new Random(`${seed}/members`)
  const members: Member[] = []
  for (let i = 0; i < count; i++) members.push(makeMember(random, i))
  const twice = random.shuffle(members).slice(0, Math.round(count * DUPLICATES))
  const second = new Random(`${seed}/duplicates`)
  for (const original of twice) members.push(secondCard(second, original, members.length))
  return members
}

function makeMember(random: Random, index: number): Member {
  const gender: Gender = random.chance(0.68) ? '女' : '男'
  const joinDay = makeJoinDay(random)
  const kind = makeKind(random, joinDay)
  const [least, spread] = RATES[kind]
  const age = Math.min(72, Math.max(16, 34 + 11 * random.normal()))
  const digits = mobile(random)
  return {
    no: memberNo(index),
    name: personName(random, gender),
    gender: random.chance(0.04) ? '' : gender,
    mobile: digits,
    typedMobile: random.chance(0.015) ? '' : typedMobile(random, digits),
    birthDay: random.chance(0.12) ? null : Math.round(-age * 365.25) + random.below(365),
    joinDay,
    homeShop: pickShop(random, joinDay),
    joinChannel: random.pick(['门店', '门店', '门店', '小程序', '小程序', '线上商城']),
    kind,
    rate: least + spread * random.next(),
    lapseDay: kind === 'lapsing' ? makeLapseDay(random, joinDay) : null,
    duplicateOf: null,
  }
}

function memberNo(index: number): string {
  return String(10_007 + index * 7).padStart(8, '0')
}

/** Half of them joined before the sample begins; the rest come in evenly. */
function makeJoinDay(random: Random): number {
  return random.chance(0.5) ? -random.between(1, 1000) : random.below(DAY_COUNT - 5)
}

function makeKind(random: Random, joinDay: number): MemberKind {
  const dice = random.next()
  if (dice < 0.14) return 'loyal'
  if (dice < 0.5) return 'regular'
  // Who joined lately has had no time to drift away.
  if (dice < 0.74) return joinDay < dayOf('2025-03-01') ? 'lapsing' : 'regular'
  return joinDay < 0 && dice < 0.95 ? 'regular' : 'oneTime'
}

/** At least four months after joining, and early enough that the silence can be seen. */
function makeLapseDay(random: Random, joinDay: number): number {
  const first = Math.max(joinDay, 0) + 120
  return random.between(first, Math.max(first, dayOf('2025-08-31')))
}

const SHOP_SIZES = cumulate(SHOPS.map((shop) => shop.size))

function pickShop(random: Random, joinDay: number): number {
  for (;;) {
    const shop = random.index(SHOP_SIZES)
    if (shopAt(shop).openDay <= joinDay) return shop
  }
}

/** The same person at the till again: another card, the number typed differently. */
function secondCard(random: Random, original: Member, index: number): Member {
  const joinDay = random.between(Math.max(original.joinDay, 0), DAY_COUNT - 2)
  const digits = original.mobile
  return {
    ...original,
    no: memberNo(index),
    name: random.chance(0.25) ? ` ${original.name}` : original.name,
    typedMobile: random.pick([
      `+86 ${digits}`,
      `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
      digits,
    ]),
    birthDay: random.chance(0.5) ? original.birthDay : null,
    joinDay,
    kind: 'oneTime',
    rate: 0,
    lapseDay: null,
    duplicateOf: original.no,
  }
}
