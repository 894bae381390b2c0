import {
  DOUBLE_LOAD,
  farmerIndex,
  OUTAGE,
  POINTS_FARMER,
  RETURNS_CASHIER,
  WRONG_PRICE,
} from './anomalies.ts'
import { calendarDay, DAY_COUNT, DAYS, isoDay } from './calendar/days.ts'
import { CAMPAIGNS, type Campaign } from './campaigns.ts'
import type { Chain } from './chain.ts'
import type { Receipt } from './receipts.ts'
import { REGIONS, shopAt } from './shops.ts'
import { asLoaded } from './write-sales.ts'

/** Sums over sale lines as the files hold them. Money in fen, so that sums are exact. */
export interface Totals {
  lines: number
  receipts: number
  quantity: number
  discountFen: number
  amountFen: number
}

/** What is true of the sample, for tests and for judging methods. */
export interface Truth {
  readonly note: string
  readonly counts: Readonly<Record<string, number>>
  readonly total: Totals
  readonly byYear: Readonly<Record<string, Totals>>
  readonly byRegion: Readonly<Record<string, Totals>>
  /** Keys such as `2024/华东` and `2024-05`. */
  readonly byYearRegion: Readonly<Record<string, Totals>>
  readonly byMonth: Readonly<Record<string, Totals>>
  readonly returns: Totals
  readonly withoutMember: Totals
  readonly regionInDecline: string
  readonly lapsed: readonly { readonly member: string; readonly lastVisit: string }[]
  readonly duplicateCards: readonly { readonly member: string; readonly sameAs: string }[]
  readonly campaigns: readonly CampaignTruth[]
  readonly anomalies: Readonly<Record<string, unknown>>
}

export interface CampaignTruth {
  readonly code: string
  readonly works: boolean
  /** Share of the treated that comes once more because of the campaign. */
  readonly plantedUplift: number
  readonly treated: number
  readonly control: number
  /** Members with at least one sale between the first and the last day. */
  readonly treatedBuyers: number
  readonly controlBuyers: number
}

export function makeTruth(chain: Chain): Truth {
  const loaded = asLoaded(chain.receipts)
  const year = (one: Receipt) => String(DAYS[one.day]?.year)
  const region = (one: Receipt) => shopAt(one.shop).region
  const one = (all: Record<string, Totals>) => all['all'] ?? emptyTotals()
  return {
    note: '演示数据的标准答案。金额单位:分。All names, phones and cards are invented.',
    counts: counts(chain),
    total: one(totalsBy(loaded, () => 'all')),
    byYear: totalsBy(loaded, year),
    byRegion: totalsBy(loaded, region),
    byYearRegion: totalsBy(loaded, (r) => `${year(r)}/${region(r)}`),
    byMonth: totalsBy(loaded, (r) => monthOf(r)),
    returns: one(
      totalsBy(
        loaded.filter((r) => r.isReturn),
        () => 'all',
      ),
    ),
    withoutMember: one(
      totalsBy(
        loaded.filter((r) => r.member < 0),
        () => 'all',
      ),
    ),
    regionInDecline: REGIONS.reduce((low, r) => (r.growth < low.growth ? r : low)).name,
    lapsed: lapsed(chain),
    duplicateCards: chain.members.flatMap((member) =>
      member.duplicateOf === null ? [] : [{ member: member.no, sameAs: member.duplicateOf }],
    ),
    campaigns: CAMPAIGNS.map((campaign) => campaignTruth(chain, campaign)),
    anomalies: anomalies(chain),
  }
}

function monthOf({ day }: Receipt): string {
  const { year, month } = calendarDay(day)
  return `${year}-${String(month).padStart(2, '0')}`
}

function emptyTotals(): Totals {
  return { lines: 0, receipts: 0, quantity: 0, discountFen: 0, amountFen: 0 }
}

function totalsBy(
  receipts: readonly Receipt[],
  key: (receipt: Receipt) => string,
): Record<string, Totals> {
  const found: Record<string, Totals> = {}
  const seen = new Set<string>()
  for (const receipt of receipts) {
    const sums = (found[key(receipt)] ??= emptyTotals())
    // A receipt loaded twice is still one receipt.
    if (!seen.has(receipt.no)) sums.receipts++
    seen.add(receipt.no)
    for (const line of receipt.lines) {
      sums.lines++
      sums.quantity += line.quantity
      sums.discountFen += line.discount
      sums.amountFen += line.amount
    }
  }
  return found
}

function counts(chain: Chain): Record<string, number> {
  const buyers = new Set(chain.receipts.map((one) => one.member))
  buyers.delete(-1)
  return {
    members: chain.members.length,
    persons: chain.members.filter((one) => one.duplicateOf === null).length,
    buyingMembers: buyers.size,
    products: chain.range.products.length,
    postings: chain.postings.length,
    exposures: chain.exposures.length,
    answers: chain.answers.length,
  }
}

/** Members who stayed away for good, with the month of their last purchase. */
function lapsed({ members, receipts }: Chain): { member: string; lastVisit: string }[] {
  const last = new Map<number, number>()
  for (const one of receipts) if (one.member >= 0 && !one.isReturn) last.set(one.member, one.day)
  return members.flatMap((member, index) => {
    const day = last.get(index)
    const isLapsed = member.lapseDay !== null && member.lapseDay < DAY_COUNT
    return isLapsed && day !== undefined
      ? [{ member: member.no, lastVisit: isoDay(day).slice(0, 7) }]
      : []
  })
}

function campaignTruth({ exposures, receipts }: Chain, campaign: Campaign): CampaignTruth {
  const buyers = new Set(
    receipts
      .filter((one) => !one.isReturn && one.day >= campaign.first && one.day <= campaign.last)
      .map((one) => one.member),
  )
  const own = exposures.filter((one) => one.campaign === campaign.code)
  const treated = own.filter((one) => one.treated)
  const control = own.filter((one) => !one.treated)
  return {
    code: campaign.code,
    works: campaign.uplift > 0,
    plantedUplift: campaign.uplift,
    treated: treated.length,
    control: control.length,
    treatedBuyers: treated.filter((one) => buyers.has(one.member)).length,
    controlBuyers: control.filter((one) => buyers.has(one.member)).length,
  }
}

function anomalies(chain: Chain): Record<string, unknown> {
  const farmer = farmerIndex(chain.members)
  const twice = totalsBy(
    chain.receipts.filter(
      (one) => one.day === DOUBLE_LOAD.day && shopAt(one.shop).code === DOUBLE_LOAD.shop,
    ),
    () => 'all',
  )
  return {
    outage: { shop: OUTAGE.shop, first: isoDay(OUTAGE.first), last: isoDay(OUTAGE.last) },
    doubleLoad: {
      shop: DOUBLE_LOAD.shop,
      day: isoDay(DOUBLE_LOAD.day),
      surplus: twice['all'] ?? emptyTotals(),
    },
    returnsCashier: {
      shop: RETURNS_CASHIER.shop,
      cashier: RETURNS_CASHIER.cashier,
      first: isoDay(RETURNS_CASHIER.first),
      last: isoDay(RETURNS_CASHIER.last),
    },
    wrongPrice: { ...WRONG_PRICE, day: isoDay(WRONG_PRICE.day) },
    pointsFarmer: {
      member: chain.members[farmer]?.no ?? null,
      operator: POINTS_FARMER.operator,
      postings: POINTS_FARMER.postings,
      first: isoDay(POINTS_FARMER.first),
    },
  }
}
