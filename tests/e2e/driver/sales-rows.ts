import exceljs from 'exceljs'

/** One sale line as the test knows it: money in whole cents, so that its sums are exact. */
export interface SaleRow {
  readonly region: string
  readonly shop: string
  readonly day: Date
  readonly channel: string
  readonly member: string
  readonly quantity: number
  readonly cents: number
}

export interface SalesHeads {
  readonly region: string
  readonly shop: string
  readonly day: string
  readonly channel: string
  readonly member: string
  readonly quantity: string
  readonly amount: string
}

export const salesHeads: SalesHeads = {
  region: '大区',
  shop: '门店',
  day: '日期',
  channel: '渠道',
  member: '会员号',
  quantity: '数量',
  amount: '金额',
}

const shops: Readonly<Record<string, readonly string[]>> = {
  华东: ['上海一店', '杭州店', '南京店'],
  华南: ['广州店', '深圳店'],
  华北: ['北京店', '天津店', '青岛店'],
  西南: ['成都店', '重庆店'],
}
const channels = ['门店', '小程序', '外卖'] as const

/** The same rows for the same seed: every region, shop and channel occurs, some lines are returns. */
export function salesRows(count: number, seed: number): SaleRow[] {
  let state = seed
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const regions = Object.keys(shops)
  return Array.from({ length: count }, (_, index) => {
    const region = regions[next(regions.length)] ?? '华东'
    const own = shops[region] ?? []
    const back = next(40) === 0
    const quantity = (back ? -1 : 1) * (1 + next(4))
    return {
      region,
      shop: own[next(own.length)] ?? '',
      day: new Date(Date.UTC(2024, 0, 1 + next(700))),
      channel: channels[next(channels.length)] ?? '门店',
      member: `00${1000 + next(600)}${index % 10}`,
      quantity,
      cents: quantity * (500 + next(20_000)),
    }
  })
}

/** Writes the rows as an analyst's workbook has them: one sheet, one head row. */
export async function writeSales(
  path: string,
  rows: readonly SaleRow[],
  heads: SalesHeads,
): Promise<void> {
  const workbook = new exceljs.Workbook()
  const sheet = workbook.addWorksheet('明细')
  sheet.addRow([
    heads.region,
    heads.shop,
    heads.day,
    heads.channel,
    heads.member,
    heads.quantity,
    heads.amount,
  ])
  for (const row of rows) {
    const { region, shop, day, channel, member, quantity, cents } = row
    sheet.addRow([region, shop, day, channel, member, quantity, cents / 100])
  }
  await workbook.xlsx.writeFile(path)
}

export type Match = Partial<Pick<SaleRow, 'region' | 'shop' | 'channel'>>

/** The rows behind a mark or a cell, found without the product. */
export function matching(rows: readonly SaleRow[], { region, shop, channel }: Match): SaleRow[] {
  return rows.filter(
    (row) =>
      (region === undefined || row.region === region) &&
      (shop === undefined || row.shop === shop) &&
      (channel === undefined || row.channel === channel),
  )
}

/** Cents summed over some rows: the independent answer everything shown is compared with. */
export function centsOf(rows: readonly SaleRow[], match: Match = {}): number {
  return matching(rows, match).reduce((sum, { cents }) => sum + cents, 0)
}

/** Money as the screen writes it. */
export function money(cents: number): string {
  return new Intl.NumberFormat('zh-CN', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(cents / 100)
}
