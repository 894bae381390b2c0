import { join } from 'node:path'
import type { CellValue, SheetColumn } from '../../electron/engine/exports/xlsx-stream/table.ts'
import { WorkbookWriter } from '../../electron/engine/exports/xlsx-stream/workbook-writer.ts'
import { calendarDay, FIRST_EPOCH_DAY, isoDay } from './calendar/days.ts'
import type { Chain } from './chain.ts'
import { receiptAmount } from './receipts.ts'
import { Random } from './rng.ts'
import { shopAt } from './shops.ts'

export const MEMBERS_FILE = '会员名单.xlsx'

const COLUMNS: readonly SheetColumn[] = [
  { title: '会员号', kind: 'text', width: 11 },
  { title: '姓名', kind: 'text', width: 10 },
  { title: '性别', kind: 'text', width: 6 },
  { title: '手机号', kind: 'text', width: 18 },
  { title: '生日', kind: 'date', width: 12 },
  { title: '注册日期', kind: 'date', format: 'yyyy/m/d', width: 14 },
  { title: '会员等级', kind: 'text', width: 10 },
  { title: '注册门店', kind: 'text', width: 10 },
  { title: '注册渠道', kind: 'text', width: 10 },
  { title: '城市', kind: 'text', width: 9 },
]

/** The list as a clerk keeps it: dates in four ways, phones as they were typed, cards twice. */
export async function writeMembers(folder: string, chain: Chain): Promise<void> {
  const random = new Random('write-members')
  const levels = memberLevels(chain)
  const rows = chain.members.map((member, i): CellValue[] => {
    const shop = shopAt(member.homeShop)
    return [
      member.no,
      member.name,
      member.gender === '' ? null : member.gender,
      member.typedMobile === '' ? null : member.typedMobile,
      member.birthDay === null ? null : mixedDate(random, member.birthDay, 0.9),
      mixedDate(random, member.joinDay, 0.7),
      levels[i] ?? '普通',
      shop.code,
      member.joinChannel,
      random.chance(0.03) ? `${shop.city}市` : shop.city,
    ]
  })
  const order = new Random('order-members').shuffle(rows)
  const book = await WorkbookWriter.create(join(folder, MEMBERS_FILE), { level: 6 })
  const sheet = await book.addSheet({ name: '会员名单', columns: COLUMNS, autoFilter: true })
  await sheet.writeRows(order)
  await book.finish()
}

/** A true Excel date, or one of three texts people write instead. */
function mixedDate(random: Random, day: number, trueShare: number): CellValue {
  if (random.chance(trueShare)) return day + FIRST_EPOCH_DAY
  const { year, month, day: date } = calendarDay(day)
  return random.pick([
    `${year}/${month}/${date}`,
    `${year}年${month}月${date}日`,
    isoDay(day).replaceAll('-', ''),
  ])
}

/** Levels by what was spent in three years, in yuan. */
function memberLevels(chain: Chain): string[] {
  const spent = new Float64Array(chain.members.length)
  for (const receipt of chain.receipts)
    if (receipt.member >= 0)
      spent[receipt.member] = (spent[receipt.member] ?? 0) + receiptAmount(receipt)
  return Array.from(spent, (fen) => {
    if (fen >= 500_000) return '钻石'
    if (fen >= 200_000) return '金卡'
    return fen >= 60_000 ? '银卡' : '普通'
  })
}
