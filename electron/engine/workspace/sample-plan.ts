/** Which sample files become which datasets; they come in through the ordinary import. */
import { join } from 'node:path'
import type { JobPart } from '../runner/import/import-order.ts'

export interface SampleDataset {
  readonly name: string
  readonly parts: readonly JobPart[]
  /** Name of the shipped recipe that cleans it. */
  readonly recipe?: string
}

const years = [2023, 2024, 2025]

/** `folder` holds the generated sample chain. The largest comes last, so that the gallery counts up evenly. */
export function samplePlan(folder: string): readonly SampleDataset[] {
  const file = (name: string, part?: string): JobPart => ({
    path: join(folder, name),
    name,
    ...(part === undefined ? {} : { part }),
  })
  return [
    { name: '门店', parts: [file('门店.sqlite', '门店')] },
    { name: '月度目标', parts: [file('门店.sqlite', '月度目标')] },
    { name: '商品', parts: [file('商品资料.csv')] },
    { name: '营销活动', parts: [file('营销活动.xlsx', '活动列表')] },
    { name: '活动触达', parts: [file('营销活动.xlsx', '触达明细')] },
    { name: '问卷', parts: [file('问卷.csv')] },
    {
      name: '会员',
      parts: [file('会员名单.xlsx', '会员名单')],
      recipe: 'members.recipe.json',
    },
    { name: '积分流水', parts: [file('积分流水.csv')] },
    {
      name: '销售明细',
      parts: years.flatMap((year) =>
        ['上半年', '下半年'].map((half) => file(`销售明细_POS_${year}.xlsx`, `${year}${half}`)),
      ),
    },
  ]
}
