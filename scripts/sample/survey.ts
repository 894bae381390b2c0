import type { Member } from './members.ts'
import { DAY_COUNT, epochMs } from './calendar/days.ts'
import type { Receipt } from './receipts.ts'
import { Random } from './rng.ts'
import { shopAt } from './shops.ts'
import { CHINESE_COMMENTS, ENGLISH_COMMENTS, type Mood } from './survey-words.ts'

export interface Answer {
  readonly no: string
  readonly member: number
  readonly shop: number
  readonly time: number
  /** 1 to 5 each. */
  readonly overall: number
  readonly service: number
  readonly goods: number
  /** 0 to 10. */
  readonly recommend: number
  readonly again: '会' | '不确定' | '不会'
  readonly comment: string
}

const ANSWERS = 4500

/** Answers by members a few days after a purchase; who is about to leave is less content. */
export function makeSurvey(
  seed: string,
  scale: number,
  members: readonly Member[],
  receipts: readonly Receipt[],
): Answer[] {
  const random = new Random(`${seed}/survey`)
  const bought = receipts.filter(
    (one) => one.member >= 0 && !one.isReturn && one.day < DAY_COUNT - 6,
  )
  const count = Math.min(bought.length, Math.ceil(ANSWERS * scale))
  const asked = Array.from({ length: count }, () => random.pick(bought))
  asked.sort((one, other) => one.time - other.time)
  return asked.map((receipt, i) => answer(random, receipt, members[receipt.member], i))
}

function answer(random: Random, receipt: Receipt, member: Member | undefined, i: number): Answer {
  const leaving = member?.lapseDay != null && member.lapseDay - receipt.day < 150
  const region = shopAt(receipt.shop).region
  const base = 4.25 - (leaving ? 1.2 : 0) - (region === '东北' ? 0.45 : 0)
  const score = (shift: number) =>
    Math.min(5, Math.max(1, Math.round(base + shift + 0.75 * random.normal())))
  const overall = score(0)
  const recommend = Math.min(10, Math.max(0, Math.round(overall * 2.1 - 1 + random.normal())))
  return {
    no: `WJ${String(200_001 + i)}`,
    member: receipt.member,
    shop: receipt.shop,
    time: epochMs(receipt.day + random.between(1, 5), 8 * 3600 + random.below(14 * 3600)),
    overall,
    service: score(0.05),
    goods: score(-0.05),
    recommend,
    again: overall >= 4 ? '会' : overall === 3 ? '不确定' : '不会',
    comment: random.chance(0.58) ? comment(random, overall) : '',
  }
}

function comment(random: Random, overall: number): string {
  const mood: Mood = overall >= 4 ? 'good' : overall === 3 ? 'fair' : 'bad'
  if (random.chance(0.13)) return random.pick(ENGLISH_COMMENTS[mood])
  const first = random.pick(CHINESE_COMMENTS[mood])
  if (!random.chance(0.22)) return first
  // Some people write two lines, and the file carries the line break.
  const second = random.pick(CHINESE_COMMENTS[mood])
  return second === first ? first : `${first}${random.chance(0.4) ? '\n' : ' '}${second}`
}
