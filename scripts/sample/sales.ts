import { isDark, RETURNS_CASHIER, WRONG_PRICE } from './anomalies.ts'
import { DAY_COUNT, DAYS, epochMs, isoDay } from './calendar/days.ts'
import { CATEGORIES } from './product-words.ts'
import type { ProductRange } from './products.ts'
import { bestPromotion } from './promotions.ts'
import { saleLine, type Receipt, type SaleLine } from './receipts.ts'
import { cumulate, Random } from './rng.ts'
import { shopAt } from './shops.ts'
import type { Visit } from './visits.ts'

const CHANNELS = ['门店', '小程序', '外卖平台', '线上商城']
/** By year for members, then for everybody else. */
const MEMBER_CHANNELS = [
  [0.74, 0.14, 0.06, 0.06],
  [0.68, 0.19, 0.07, 0.06],
  [0.61, 0.25, 0.08, 0.06],
].map(cumulate)
const OTHER_CHANNELS = cumulate([0.9, 0, 0.07, 0.03])
/** Hours 9 to 22 in a shop and online. */
const SHOP_HOURS = cumulate([1, 4, 6, 6, 5, 5, 6, 7, 8, 10, 11, 9, 5, 1])
const ONLINE_HOURS = cumulate([3, 5, 6, 7, 6, 5, 5, 5, 5, 5, 7, 9, 11, 9])
const LINE_COUNTS = cumulate([0.5, 0.28, 0.13, 0.06, 0.03])
const RETURN_RATE = 0.018

const CATEGORY_BY_MONTH = Array.from({ length: 12 }, (_, month) =>
  cumulate(
    CATEGORIES.map(({ weight, strongMonths }) =>
      strongMonths.includes(month + 1) ? weight * 1.55 : weight,
    ),
  ),
)

/** Receipts and the returns that follow from them, in order of time and numbered. */
export function makeReceipts(
  seed: string,
  visits: readonly Visit[],
  range: ProductRange,
): Receipt[] {
  const random = new Random(`${seed}/sales`)
  const receipts: Receipt[] = []
  for (const visit of visits) {
    const receipt = sell(random, visit, range)
    receipts.push(receipt)
    const back = bringBack(random, receipt)
    if (back !== null) receipts.push(back)
  }
  // A stable sort: equal times keep the order in which they were made.
  receipts.sort((one, other) => one.time - other.time || one.shop - other.shop)
  numberReceipts(receipts)
  return receipts
}

function numberReceipts(receipts: readonly Receipt[]): void {
  const last = new Map<string, number>()
  for (const receipt of receipts) {
    const start = shopAt(receipt.shop).code + isoDay(receipt.day).replaceAll('-', '')
    const number = (last.get(start) ?? 0) + 1
    last.set(start, number)
    receipt.no = start + String(number).padStart(5, '0')
  }
}

function sell(random: Random, visit: Visit, range: ProductRange): Receipt {
  const year = (DAYS[visit.day]?.year ?? 2023) - 2023
  const isMember = visit.member >= 0
  const mix = isMember ? MEMBER_CHANNELS[year] : OTHER_CHANNELS
  const channel = CHANNELS[random.index(mix ?? OTHER_CHANNELS)] ?? ''
  const inShop = channel === '门店'
  const hour = 9 + random.index(inShop ? SHOP_HOURS : ONLINE_HOURS)
  const second = hour * 3600 + random.below(3600)
  const count = 1 + random.index(LINE_COUNTS)
  const lines: SaleLine[] = []
  while (lines.length < count) {
    const line = sellOne(random, visit, year, range)
    if (!lines.some((other) => other.product === line.product)) lines.push(line)
  }
  return {
    no: '',
    day: visit.day,
    time: epochMs(visit.day, second),
    shop: visit.shop,
    member: visit.member,
    channel,
    payment: inShop
      ? random.pick(['微信', '微信', '微信', '支付宝', '支付宝', '银行卡', '现金'])
      : random.pick(['微信', '支付宝']),
    cashier: inShop
      ? `${shopAt(visit.shop).code}${String(random.between(1, 5)).padStart(2, '0')}`
      : '',
    lines,
    isReturn: false,
  }
}

function sellOne(random: Random, visit: Visit, year: number, range: ProductRange): SaleLine {
  const month = DAYS[visit.day]?.month ?? 1
  const category = random.index(CATEGORY_BY_MONTH[month - 1] ?? [1])
  const shelf = range.byCategory[category]
  const index = shelf === undefined ? 0 : shelf.first + random.index(shelf.popularity)
  const product = range.products[index]
  if (product === undefined) throw new RangeError(`no product ${index}`)
  const price = keyedPrice(visit, product.category, product.prices[year] ?? 0)
  const quantity = soldQuantity(random, price)
  const offer = bestPromotion(visit.day, product.category, visit.member >= 0)
  if (offer === null || random.chance(0.25)) return saleLine(index, quantity, price, 0, '')
  // Tills round a discount to ten fen.
  const discount = Math.round((quantity * price * offer.rate) / 10) * 10
  return saleLine(index, quantity, price, discount, offer.name)
}

function keyedPrice(visit: Visit, category: string, price: number): number {
  const wrong =
    visit.day === WRONG_PRICE.day &&
    category === WRONG_PRICE.category &&
    shopAt(visit.shop).region === WRONG_PRICE.region
  return wrong ? Math.max(1, Math.floor(price / 100)) : price
}

function soldQuantity(random: Random, price: number): number {
  const dice = random.next() * (price > 10_000 ? 0.85 : 1)
  if (dice < 0.74) return 1
  if (dice < 0.91) return 2
  return dice < 0.97 ? 3 : random.between(4, 8)
}

/** Some goods come back within three weeks, all or in part, to the shop they came from. */
function bringBack(random: Random, receipt: Receipt): Receipt | null {
  const rate = isReturnsTill(receipt) ? RETURNS_CASHIER.rate : RETURN_RATE
  const lines: SaleLine[] = []
  for (const line of receipt.lines) {
    if (!random.chance(rate)) continue
    const quantity = random.between(1, line.quantity)
    const discount = Math.round((line.discount * quantity) / line.quantity)
    lines.push(saleLine(line.product, -quantity, line.price, -discount, line.promotion))
  }
  const day = receipt.day + random.between(1, 20)
  if (lines.length === 0 || day >= DAY_COUNT || isDark(shopAt(receipt.shop).code, day)) return null
  const second = 10 * 3600 + random.below(10 * 3600)
  return { ...receipt, no: '', day, time: epochMs(day, second), lines, isReturn: true }
}

function isReturnsTill({ cashier, day }: Receipt): boolean {
  const { first, last } = RETURNS_CASHIER
  return cashier === RETURNS_CASHIER.cashier && day >= first && day <= last
}
