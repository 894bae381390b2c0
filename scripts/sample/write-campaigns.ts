import { join } from 'node:path'
import type { SheetColumn } from '../../electron/engine/exports/xlsx-stream/table.ts'
import { WorkbookWriter } from '../../electron/engine/exports/xlsx-stream/workbook-writer.ts'
import { FIRST_EPOCH_DAY } from './calendar/days.ts'
import { CAMPAIGNS } from './campaigns.ts'
import type { Chain } from './chain.ts'

export const CAMPAIGNS_FILE = '营销活动.xlsx'

const LIST_COLUMNS: readonly SheetColumn[] = [
  { title: '活动编码', kind: 'text', width: 11 },
  { title: '活动名称', kind: 'text', width: 20 },
  { title: '活动类型', kind: 'text', width: 10 },
  { title: '触达渠道', kind: 'text', width: 10 },
  { title: '开始日期', kind: 'date', width: 12 },
  { title: '结束日期', kind: 'date', width: 12 },
  { title: '预算', kind: 'number', format: '#,##0.00', width: 12 },
  { title: '目标人群', kind: 'text', width: 16 },
]
const EXPOSURE_COLUMNS: readonly SheetColumn[] = [
  { title: '活动编码', kind: 'text', width: 11 },
  { title: '会员号', kind: 'text', width: 11 },
  { title: '分组', kind: 'text', width: 9 },
  { title: '触达时间', kind: 'timestamp', width: 20 },
  { title: '是否打开', kind: 'boolean', width: 9 },
  { title: '是否点击', kind: 'boolean', width: 9 },
]

export async function writeCampaigns(folder: string, chain: Chain): Promise<void> {
  const book = await WorkbookWriter.create(join(folder, CAMPAIGNS_FILE), { level: 6 })
  const list = await book.addSheet({ name: '活动列表', columns: LIST_COLUMNS })
  await list.writeRows(
    CAMPAIGNS.map((one) => [
      one.code,
      one.name,
      one.kind,
      one.channel,
      one.first + FIRST_EPOCH_DAY,
      one.last + FIRST_EPOCH_DAY,
      one.budget / 100,
      one.audience,
    ]),
  )
  const exposures = await book.addSheet({
    name: '触达明细',
    columns: EXPOSURE_COLUMNS,
    autoFilter: true,
  })
  await exposures.writeRows(
    chain.exposures.map((one) => [
      one.campaign,
      chain.members[one.member]?.no ?? '',
      one.treated ? '实验组' : '对照组',
      one.time,
      one.opened,
      one.clicked,
    ]),
  )
  await book.finish()
}
