import type { Language } from '../../shared/text/language.ts'

const chinese = {
  unit: 'wan',
  report: '门店概览',
  sales: '销售额',
  orders: '订单数',
  buyers: '消费会员数',
  average: '平均每行金额',
  region: '区域',
  days: '销售日期',
  trend: '各渠道每月销售额',
  regions: '各区域销售额',
  categories: '各大类销售占比',
  formats: '各店型、渠道销售额',
  cities: '各区域、城市年度销售额',
  promotions: '促销活动销售额',
  members: '会员与商品',
  topGoods: '销售额前 20 名商品',
  shops: '门店销售额与消费会员数',
  levels: '各会员等级的销售额',
  satisfaction: '各门店总体满意度（1–5 分）',
  meanScore: '平均满意度',
  shopList: '门店一览',
  area: '面积（㎡）',
  overview: '经营总览',
  heading: '门店经营概览',
  timePath: '年 → 季 → 月 → 日',
  placePath: '区域 → 城市 → 门店',
  goodsPath: '大类 → 小类 → 商品',
} as const

/** Titles and captions of the overview; the sample's data, and with it every member on it, is Chinese. */
export type OverviewWords = Readonly<Record<Exclude<keyof typeof chinese, 'unit'>, string>> & {
  readonly unit: 'wan' | 'kmb'
}

const english: OverviewWords = {
  unit: 'kmb',
  report: 'Store overview',
  sales: 'Sales',
  orders: 'Receipts',
  buyers: 'Buying members',
  average: 'Sales per line',
  region: 'Region',
  days: 'Dates',
  trend: 'Monthly sales by channel',
  regions: 'Sales by region',
  categories: 'Share of sales by category',
  formats: 'Sales by format, channel',
  cities: 'Yearly sales by region and city',
  promotions: 'Sales by promotion',
  members: 'Members and products',
  topGoods: 'Top 20 products by sales',
  shops: 'Sales and buying members by store',
  levels: 'Sales by member level',
  satisfaction: 'Overall satisfaction by store (1–5)',
  meanScore: 'Average satisfaction',
  shopList: 'Stores',
  area: 'Area (m²)',
  overview: 'Overview',
  heading: 'Store performance',
  timePath: 'Year → quarter → month → day',
  placePath: 'Region → city → store',
  goodsPath: 'Category → subcategory → product',
}

export const overviewWords: Readonly<Record<Language, OverviewWords>> = {
  'zh-CN': chinese,
  en: english,
}
