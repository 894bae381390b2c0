import { DAY_COUNT, dayOf, epochMs } from './calendar/days.ts'
import type { Member } from './members.ts'
import { Random } from './rng.ts'

export interface Campaign {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly channel: string
  readonly first: number
  readonly last: number
  /** In fen. */
  readonly budget: number
  readonly audience: string
  /** Members chosen, both groups together, at full scale. */
  readonly size: number
  /** Share of treated members who come once more because of it. Zero is a campaign without effect. */
  readonly uplift: number
}

export interface Exposure {
  readonly campaign: string
  readonly member: number
  readonly treated: boolean
  /** Null in the control group. */
  readonly time: number | null
  readonly opened: boolean | null
  readonly clicked: boolean | null
}

/** Days on which members come because of a campaign, by member. */
export type ExtraVisits = ReadonlyMap<number, readonly number[]>

type Line = readonly [
  code: string,
  name: string,
  kind: string,
  channel: string,
  first: string,
  last: string,
  budgetYuan: number,
  audience: string,
  size: number,
  uplift: number,
]

const LINES: readonly Line[] = [
  [
    'HD2301',
    '春日焕新满减券',
    '优惠券',
    '短信',
    '2023-04-10',
    '2023-04-30',
    60_000,
    '全部会员',
    2600,
    0,
  ],
  [
    'HD2302',
    '夏日双倍积分',
    '积分',
    '小程序',
    '2023-07-10',
    '2023-07-31',
    35_000,
    '银卡及以上',
    2400,
    0,
  ],
  [
    'HD2303',
    '双11预热直播',
    '内容',
    '企业微信',
    '2023-10-20',
    '2023-11-07',
    90_000,
    '美妆护肤客群',
    3000,
    0,
  ],
  [
    'HD2401',
    '老客回馈专享券',
    '优惠券',
    '企业微信',
    '2024-03-11',
    '2024-04-07',
    75_000,
    '消费两次以上',
    3600,
    0.09,
  ],
  [
    'HD2402',
    '六一亲子礼包',
    '赠品',
    '短信',
    '2024-05-24',
    '2024-06-03',
    42_000,
    '母婴客群',
    2200,
    0,
  ],
  [
    'HD2403',
    '金秋生日礼',
    '积分',
    '小程序',
    '2024-09-05',
    '2024-09-30',
    28_000,
    '生日会员',
    2000,
    0,
  ],
  [
    'HD2501',
    '年货节抽奖',
    '抽奖',
    '小程序',
    '2025-01-06',
    '2025-01-24',
    80_000,
    '全部会员',
    3200,
    0,
  ],
  [
    'HD2502',
    '新品免费试用',
    '试用',
    '企业微信',
    '2025-05-12',
    '2025-06-08',
    66_000,
    '近一年活跃',
    3400,
    0.06,
  ],
]

export const CAMPAIGNS: readonly Campaign[] = LINES.map((line) => {
  const [code, name, kind, channel, first, last, budgetYuan, audience, size, uplift] = line
  const [from, to] = [dayOf(first), dayOf(last)]
  return {
    code,
    name,
    kind,
    channel,
    first: from,
    last: to,
    budget: budgetYuan * 100,
    audience,
    size,
    uplift,
  }
})

const CONTROL_SHARE = 0.3

/** Members are drawn and split by lot, so the two groups differ in nothing but the treatment. */
export function runCampaigns(
  seed: string,
  scale: number,
  members: readonly Member[],
): { exposures: Exposure[]; extra: ExtraVisits } {
  const random = new Random(`${seed}/campaigns`)
  const exposures: Exposure[] = []
  const extra = new Map<number, number[]>()
  for (const campaign of CAMPAIGNS) {
    const eligible = members.flatMap((member, i) => (isEligible(member, campaign) ? [i] : []))
    for (const member of random.shuffle(eligible).slice(0, Math.ceil(campaign.size * scale))) {
      const exposure = expose(random, campaign, member)
      exposures.push(exposure)
      if (!exposure.treated || !random.chance(campaign.uplift)) continue
      const day = random.between(campaign.first + 1, campaign.last)
      extra.set(member, [...(extra.get(member) ?? []), day])
    }
  }
  return { exposures, extra }
}

/** One-time customers stay one-time, and who has lapsed by the end is left in peace. */
function isEligible(member: Member, campaign: Campaign): boolean {
  return (
    member.kind !== 'oneTime' &&
    member.joinDay < campaign.first - 30 &&
    (member.lapseDay ?? DAY_COUNT) > campaign.last
  )
}

function expose(random: Random, campaign: Campaign, member: number): Exposure {
  const treated = !random.chance(CONTROL_SHARE)
  const second = 10 * 3600 + random.below(4 * 3600)
  const opened = random.chance(0.46)
  const clicked = opened && random.chance(0.31)
  if (!treated)
    return { campaign: campaign.code, member, treated, time: null, opened: null, clicked: null }
  return {
    campaign: campaign.code,
    member,
    treated,
    time: epochMs(campaign.first, second),
    opened,
    clicked,
  }
}
