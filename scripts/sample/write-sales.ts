import { join } from 'node:path'
import type { CellValue, SheetColumn } from '../../electron/engine/exports/xlsx-stream/table.ts'
import { WorkbookWriter } from '../../electron/engine/exports/xlsx-stream/workbook-writer.ts'
import { DOUBLE_LOAD } from './anomalies.ts'
import { DAYS, type CalendarDay } from './calendar/days.ts'
import type { Chain } from './chain.ts'
import type { Receipt } from './receipts.ts'
import { shopAt } from './shops.ts'

const MONEY = '#,##0.00'

export const SALES_COLUMNS: readonly SheetColumn[] = [
  { title: '小票号', kind: 'text', width: 19 },
  { title: '行号', kind: 'number', width: 6 },
  { title: '销售时间', kind: 'timestamp', width: 20 },
  { title: '门店编码', kind: 'text', width: 10 },
  { title: '会员号', kind: 'text', width: 11 },
  { title: '商品编码', kind: 'text', width: 12 },
  { title: '渠道', kind: 'text', width: 10 },
  { title: '数量', kind: 'number', width: 7 },
  { title: '单价', kind: 'number', format: MONEY, width: 10 },
  { title: '折扣', kind: 'number', format: MONEY, width: 10 },
  { title: '金额', kind: 'number', format: MONEY, width: 11 },
  { title: '促销活动', kind: 'text', width: 16 },
  { title: '支付方式', kind: 'text', width: 10 },
  { title: '收银员', kind: 'text', width: 9 },
]

export function salesFile(year: number): string {
  return `销售明细_POS_${year}.xlsx`
}

/** One workbook per year with a sheet per half-year. */
export async function writeSales(folder: string, chain: Chain, year: number): Promise<void> {
  const book = await WorkbookWriter.create(join(folder, salesFile(year)), { level: 6 })
  for (const half of [0, 1]) {
    const name = `${year}${half === 0 ? '上半年' : '下半年'}`
    const sheet = await book.addSheet({ name, columns: SALES_COLUMNS, autoFilter: true })
    const isWanted = ({ day }: Receipt) => isIn(DAYS[day], year, half)
    await sheet.writeRows(saleRows(chain, asLoaded(chain.receipts).filter(isWanted)))
  }
  await book.finish()
}

function isIn(day: CalendarDay | undefined, year: number, half: number): boolean {
  return day?.year === year && Math.floor((day.month - 1) / 6) === half
}

/** The receipts as the files hold them: one shop's day stands there twice. */
export function asLoaded(receipts: readonly Receipt[]): Receipt[] {
  const isTwice = (one: Receipt) =>
    one.day === DOUBLE_LOAD.day && shopAt(one.shop).code === DOUBLE_LOAD.shop
  const after = receipts.findIndex((one) => one.day > DOUBLE_LOAD.day)
  const at = after < 0 ? receipts.length : after
  return [...receipts.slice(0, at), ...receipts.filter(isTwice), ...receipts.slice(at)]
}

function* saleRows(
  { members, range }: Chain,
  receipts: readonly Receipt[],
): Generator<CellValue[]> {
  for (const receipt of receipts) {
    const member = members[receipt.member]?.no ?? null
    let number = 0
    for (const line of receipt.lines) {
      yield [
        receipt.no,
        ++number,
        receipt.time,
        shopAt(receipt.shop).code,
        member,
        range.products[line.product]?.code ?? '',
        receipt.channel,
        line.quantity,
        line.price / 100,
        line.discount / 100,
        line.amount / 100,
        line.promotion === '' ? null : line.promotion,
        receipt.payment,
        receipt.cashier === '' ? null : receipt.cashier,
      ]
    }
  }
}
