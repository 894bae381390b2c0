import { farmerIndex, POINTS_FARMER } from './anomalies.ts'
import { dayOf, epochMs, YEARS } from './calendar/days.ts'
import { CAMPAIGNS, type Exposure } from './campaigns.ts'
import type { Member } from './members.ts'
import { receiptAmount, type Receipt } from './receipts.ts'
import { Random } from './rng.ts'

export type PostingKind =
  '期初结转' | '消费获得' | '退货扣回' | '积分兑换' | '活动赠送' | '人工调整' | '到期清零'

export interface Posting {
  readonly member: number
  readonly time: number
  readonly kind: PostingKind
  /** Negative when points leave the card. */
  readonly points: number
  /** On the card after this posting. */
  readonly balance: number
  readonly receipt: string
  readonly operator: string
}

type Wish =
  | { readonly time: number; readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly time: number; readonly kind: 'gift'; readonly points: number }
  | { readonly time: number; readonly kind: 'manual'; readonly points: number }
  | { readonly time: number; readonly kind: 'yearEnd' }

const CAMPAIGN_GIFT = 200

/** A point per yuan, spent by the hundred; points of a year lapse at the end of the next one. */
export function makePoints(
  seed: string,
  members: readonly Member[],
  receipts: readonly Receipt[],
  exposures: readonly Exposure[],
): Posting[] {
  const random = new Random(`${seed}/points`)
  const wishes = members.map((): Wish[] => [])
  for (const receipt of receipts)
    if (receipt.member >= 0)
      wishes[receipt.member]?.push({ time: receipt.time, kind: 'receipt', receipt })
  addGifts(wishes, exposures)
  addFarming(random, wishes[farmerIndex(members)] ?? [])
  const postings = members.flatMap((member, index) => {
    const own = wishes[index] ?? []
    if (own.length > 0 || member.joinDay < 0) addYearEnds(own)
    own.sort((one, other) => one.time - other.time)
    return new Card(random, index, member.joinDay < 0).run(own)
  })
  return postings.sort((one, other) => one.time - other.time || one.member - other.member)
}

function addGifts(wishes: readonly Wish[][], exposures: readonly Exposure[]): void {
  const gifts = new Set(CAMPAIGNS.filter((one) => one.kind === '积分').map((one) => one.code))
  for (const { campaign, member, time, clicked } of exposures)
    if (gifts.has(campaign) && time !== null && clicked === true)
      wishes[member]?.push({ time: time + 60_000, kind: 'gift', points: CAMPAIGN_GIFT })
}

function addFarming(random: Random, wishes: Wish[]): void {
  for (let i = 0; i < POINTS_FARMER.postings; i++) {
    const second = 2 * 3600 + random.below(3000)
    const time = epochMs(POINTS_FARMER.first + i, second)
    wishes.push({
      time,
      kind: 'manual',
      points: random.between(4, 10) * 50,
    })
  }
}

function addYearEnds(wishes: Wish[]): void {
  for (const year of YEARS)
    wishes.push({ time: epochMs(dayOf(`${year}-12-31`), 86_399), kind: 'yearEnd' })
}

/** One member's points, old ones spent first. */
class Card {
  readonly #random: Random
  readonly #member: number
  readonly #postings: Posting[] = []
  #old = 0
  #fresh = 0

  constructor(random: Random, member: number, hasOpening: boolean) {
    this.#random = random
    this.#member = member
    if (hasOpening && random.chance(0.7)) {
      this.#old = random.between(1, 60) * 10 + random.below(10)
      this.#post(epochMs(0), '期初结转', this.#old)
    }
  }

  run(wishes: readonly Wish[]): Posting[] {
    for (const wish of wishes) {
      if (wish.kind === 'receipt') this.#receipt(wish.receipt)
      else if (wish.kind === 'yearEnd') this.#yearEnd(wish.time)
      else {
        this.#fresh += wish.points
        const isGift = wish.kind === 'gift'
        this.#post(
          wish.time,
          isGift ? '活动赠送' : '人工调整',
          wish.points,
          '',
          isGift ? '' : POINTS_FARMER.operator,
        )
      }
    }
    return this.#postings
  }

  #receipt(receipt: Receipt): void {
    const points = Math.trunc(receiptAmount(receipt) / 100)
    if (points > 0) {
      this.#fresh += points
      this.#post(receipt.time, '消费获得', points, receipt.no, receipt.cashier)
      this.#redeem(receipt)
    } else if (points < 0) {
      const taken = this.#take(-points)
      if (taken > 0) this.#post(receipt.time, '退货扣回', -taken, receipt.no, receipt.cashier)
    }
  }

  #redeem(receipt: Receipt): void {
    const balance = this.#old + this.#fresh
    if (balance < 300 || !this.#random.chance(0.24)) return
    const taken = this.#take(this.#random.between(1, Math.floor(balance / 100)) * 100)
    this.#post(receipt.time + 45_000, '积分兑换', -taken, receipt.no, receipt.cashier)
  }

  #yearEnd(time: number): void {
    const lapsed = this.#old
    this.#old = this.#fresh
    this.#fresh = 0
    if (lapsed > 0) this.#post(time, '到期清零', -lapsed)
  }

  #take(points: number): number {
    const fromOld = Math.min(points, this.#old)
    const fromFresh = Math.min(points - fromOld, this.#fresh)
    this.#old -= fromOld
    this.#fresh -= fromFresh
    return fromOld + fromFresh
  }

  #post(time: number, kind: PostingKind, points: number, receipt = '', operator = ''): void {
    const balance = this.#old + this.#fresh
    this.#postings.push({ member: this.#member, time, kind, points, balance, receipt, operator })
  }
}
