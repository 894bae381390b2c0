import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isoTime } from './calendar/days.ts'
import type { Chain } from './chain.ts'
import { encodeGb18030 } from './gb18030.ts'
import { shopAt } from './shops.ts'

export const PRODUCTS_FILE = '商品资料.csv'
export const POINTS_FILE = '积分流水.csv'
export const SURVEY_FILE = '问卷.csv'

type Cell = string | number

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(quoted).join(',') + '\r\n').join('')
}

function quoted(cell: Cell): string {
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** As the old merchandise system exports it: GB18030. */
export async function writeProducts(folder: string, { range }: Chain): Promise<void> {
  const rows: Cell[][] = [
    ['商品编码', '条形码', '商品名称', '大类', '小类', '品牌', '单位', '零售价', '成本价'],
  ]
  for (const one of range.products)
    rows.push([
      one.code,
      one.barcode,
      one.name,
      one.category,
      one.subcategory,
      one.brand,
      one.unit,
      yuan(one.prices.at(-1) ?? 0),
      yuan(one.cost),
    ])
  await writeFile(join(folder, PRODUCTS_FILE), encodeGb18030(csv(rows)))
}

/** UTF-8 without a mark. */
export async function writePoints(folder: string, { members, postings }: Chain): Promise<void> {
  const rows: Cell[][] = [
    ['流水号', '会员号', '发生时间', '类型', '积分', '余额', '关联小票号', '操作员'],
  ]
  postings.forEach((one, i) => {
    rows.push([
      `JF${String(i + 1).padStart(8, '0')}`,
      members[one.member]?.no ?? '',
      isoTime(one.time),
      one.kind,
      one.points,
      one.balance,
      one.receipt,
      one.operator,
    ])
  })
  await writeFile(join(folder, POINTS_FILE), csv(rows))
}

/** UTF-8 with a byte order mark, as survey sites write it for Excel. */
export async function writeSurvey(folder: string, { members, answers }: Chain): Promise<void> {
  const rows: Cell[][] = [
    [
      '问卷编号',
      '会员号',
      '门店编码',
      '提交时间',
      '总体满意度',
      '服务满意度',
      '商品满意度',
      '推荐意愿',
      '是否再次光顾',
      '意见建议',
    ],
  ]
  for (const one of answers)
    rows.push([
      one.no,
      members[one.member]?.no ?? '',
      shopAt(one.shop).code,
      isoTime(one.time),
      one.overall,
      one.service,
      one.goods,
      one.recommend,
      one.again,
      one.comment,
    ])
  await writeFile(join(folder, SURVEY_FILE), `\uFEFF${csv(rows)}`)
}
