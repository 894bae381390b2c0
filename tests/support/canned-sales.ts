import { isoDay, parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type { CannedDataset, Row } from './naive-query.ts'

const shops = [
  ['华东', '上海南京路店'],
  ['华东', '杭州湖滨店'],
  ['华东', '苏州观前店'],
  ['华北', '北京王府井店'],
  ['华北', '天津滨江道店'],
  ['华南', '广州天河店'],
  ['华南', '深圳万象店'],
  ['西南', '成都春熙路店'],
] as const
const categories = ['饮料', '零食', '日化', '生鲜', '文具'] as const

export const cannedFields: readonly Field[] = [
  { name: '日期', type: 'date', role: 'dimension' },
  { name: '大区', type: 'text', role: 'dimension' },
  { name: '门店', type: 'text', role: 'dimension' },
  { name: '品类', type: 'text', role: 'dimension' },
  { name: '促销', type: 'boolean', role: 'dimension' },
  { name: '小票号', type: 'text', role: 'identifier' },
  { name: '会员号', type: 'text', role: 'identifier' },
  { name: '销售额', type: 'decimal', role: 'measure', scale: 2 },
  { name: '数量', type: 'integer', role: 'measure' },
]

/** Eighteen months of a small chain; the same numbers every time. */
function cannedRows(count: number): Row[] {
  let state = 42
  const random = (): number => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
  const first = parseIsoDay('2025-01-01') ?? 0
  return Array.from({ length: count }, (_, index) => {
    const [region, shop] = shops[Math.floor(random() ** 1.4 * shops.length)] ?? shops[0]
    const category = categories[Math.floor(random() ** 1.2 * categories.length)] ?? '饮料'
    const day = Math.floor(random() * 546)
    const season = 1 + 0.35 * Math.sin((day / 365) * Math.PI * 2)
    const quantity = 1 + Math.floor(random() * 5)
    return {
      日期: isoDay(first + day),
      大区: region,
      门店: shop,
      品类: category,
      促销: random() < 0.2,
      小票号: `R${String(100000 + index)}`,
      会员号: random() < 0.3 ? null : `M${String(1000 + Math.floor(random() * 300))}`,
      销售额: Math.round(quantity * (8 + random() * 60) * season * 100) / 100,
      数量: quantity,
    }
  })
}

export const cannedSales: CannedDataset = {
  id: 'ds_cannedsales',
  fields: cannedFields,
  rows: cannedRows(3000),
}

export const cannedInfo: DatasetInfo = {
  id: cannedSales.id,
  name: '销售明细',
  mode: 'extract',
  fields: [...cannedFields],
  rows: cannedSales.rows.length,
  rejected: 0,
  version: 1,
  dataAsOf: '2026-06-30T08:00:00',
  lastDay: '2026-06-30',
  sources: [],
  warnings: [],
}
