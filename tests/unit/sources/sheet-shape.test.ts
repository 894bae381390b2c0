import { expect, test } from 'vitest'
import { findHeader } from '../../../electron/engine/sources/typing/header-row.ts'
import {
  monthsOf,
  periodColumns,
  periodNames,
} from '../../../electron/engine/sources/typing/period-columns.ts'
import { findTables } from '../../../electron/engine/sources/typing/sheet-tables.ts'
import { TotalRows } from '../../../electron/engine/sources/typing/total-rows.ts'
import { TurnedColumns } from '../../../electron/engine/sources/typing/turn-columns.ts'
import type { SheetCell as Cell } from '../../support/sheet-cells.ts'
import { namesOf, sheet } from '../../support/sheet-cells.ts'

function leftOut(rows: readonly (readonly Cell[])[]): (readonly [number, string])[] {
  const { chunk, pool } = sheet(rows)
  const from = (findHeader(chunk, pool)?.last ?? -1) + 1
  const { out: found } = new TotalRows(pool).review(chunk, from)
  return found.map(({ row, reason }) => [chunk.sourceRows[row] ?? 0, reason])
}

test('column names are found under a title and blank rows', () => {
  expect(
    namesOf([['2024年销售明细表'], [], ['日期', '门店', '金额'], ['2024-01-02', '人民路', 3]]),
  ).toEqual(['日期', '门店', '金额'])
})

test('names under merged heads are joined with the head that reaches over them', () => {
  const rows: Cell[][] = [
    ['门店', '2024年', null, '2025年', null, '备注'],
    [null, '销售额', '客数', '销售额', '客数', null],
    ['人民路', 120.5, 30, 99, 28, '好'],
    ['中山路', 80, 21, 75.5, 20, null],
  ]
  const joined = ['门店', '2024年 销售额', '2024年 客数', '2025年 销售额', '2025年 客数', '备注']
  expect(namesOf(rows)).toEqual(joined)
  expect(namesOf([['门店销售汇总'], ...rows])).toEqual(joined)
})

test('heads over fewer than half of the columns belong to the names below them', () => {
  const rows: Cell[][] = [
    [null, null, null, '上半年', null, '下半年', null],
    ['区域', '城市', '门店', '销售额', '客数', '销售额', '客数'],
    ['华东', '上海', '人民路', 1, 2, 3, 4],
  ]
  expect(namesOf(rows)).toEqual(
    ['区域', '城市', '门店', '上半年 销售额', '上半年 客数', '下半年 销售额', '下半年 客数'],
  ) // prettier-ignore
})

test('a first row of data that is all text is no second row of names', () => {
  const rows: Cell[][] = [
    ['姓名', '城市', '备注'],
    ['王芳', '上海', null],
    ['李伟', '北京', '老客户'],
  ]
  expect(namesOf(rows)).toEqual(['姓名', '城市', '备注'])
})

test('total rows are left out when they leave blank what other rows fill', () => {
  const rows: Cell[][] = [
    ['日期', '门店', '金额'],
    ['1月1日', '人民路', 10],
    ['1月1日', '中山路', 20],
    ['小计', null, 31],
    ['1月2日', '人民路', 5],
    ['合计：', null, 36],
    ['总 计', null, 36],
  ]
  expect(leftOut(rows)).toEqual([
    [4, 'total'],
    [6, 'total'],
    [7, 'total'],
  ])
})

test('a total in a narrow table is known by adding up', () => {
  const rows: Cell[][] = [
    ['门店', '金额'],
    ['人民路', 10.1],
    ['中山路', 20.2],
    ['Total', 30.3],
  ]
  expect(leftOut(rows)).toEqual([[4, 'total']])
})

test('subtotals of groups and the total over them are all known', () => {
  const rows: Cell[][] = [
    ['区域', '金额'],
    ['华东', 10],
    ['华东', 20],
    ['华东小计', 30],
    ['华南', 7],
    ['华南', 8],
    ['华南小计', 15],
    ['合计', 45],
  ]
  expect(leftOut(rows).map(([row]) => row)).toEqual([4, 7, 8])
})

test('totals add up as well where numbers are written with separators and signs', () => {
  const rows: Cell[][] = [
    ['区域', '门店', '金额', '毛利'],
    ['华东', '人民路', '1,000.50', '￥10'],
    ['华东', '中山路', '2,000.25', '￥1.2万'],
    ['华东小计', null, '3,000.75', '￥12,010'],
    ['华南', '环市路', '500', '￥5'],
    ['华南', '天河路', '(1,500.25)', '￥6'],
    ['华南小计', null, '-1,000.25', '￥11'],
    ['合计', null, '2,000.50', '￥12,021'],
  ]
  expect(leftOut(rows).map(([row]) => row)).toEqual([4, 7, 8])
  expect(
    leftOut([
      ['门店', '金额'],
      ['人民路', '￥10'],
      ['中山路', '￥20'],
      ['合计', '￥30'],
    ]),
  ).toEqual([[4, 'total']])
  expect(
    leftOut([
      ['商品', '金额'],
      ['牙膏', '￥10'],
      ['牙刷', '￥20'],
      ['合计', '￥5'],
    ]),
  ).toEqual([])
})

test('a written amount is no word: a total that leaves blank what other rows fill is found beside it', () => {
  const rows: Cell[][] = [
    ['门店', '日期', '金额', '客单价'],
    ['人民路', '1月1日', '1,200.50', 30],
    ['中山路', '1月2日', 300, 15],
    ['合计', null, '1,600.50', null],
  ]
  expect(leftOut(rows)).toEqual([[4, 'total']])
})

test('a product that is called Total is data', () => {
  const rows: Cell[][] = [
    ['日期', '商品', '金额'],
    ['1月1日', 'Total', 10],
    ['1月1日', '牙膏', 20],
    ['1月2日', '合计', 5],
    ['1月2日', 'Total', 9],
  ]
  expect(leftOut(rows)).toEqual([])
})

test('a row that merely ends in a total word stays unless it adds up', () => {
  const rows: Cell[][] = [
    ['商品', '类别', '品牌', '金额'],
    ['牙刷', '口腔', '高露洁', 10],
    ['漱口水', '口腔', '高露洁', 20],
    ['Colgate Total', null, null, 12],
    ['合计', '口腔', '合计牌', 5],
    ['Total', null, null, 4],
    ['口腔小计', null, null, 51],
  ]
  expect(leftOut(rows)).toEqual([[7, 'total']])
})

test('notes under a table are left out, notes beside its rows are not', () => {
  const rows: Cell[][] = [
    ['日期', '门店', '金额', '备注'],
    ['1月1日', '人民路', 10, '备注：补单'],
    ['1月1日', '中山路', 20, null],
    ['1月2日', '中山路', 5, null],
    ['制表人：张三', null, null, '打印时间：2024-02-01'],
    ['Note: without returns', null, null, null],
  ]
  expect(leftOut(rows)).toEqual([
    [5, 'footer'],
    [6, 'footer'],
  ])
})

test('under a table of three columns a note stands alone in its row', () => {
  const rows: Cell[][] = [
    ['门店', '日期', '金额'],
    ['人民路', '1月1日', 10],
    ['中山路', '1月1日', 20],
    ['备注：待定', null, 5],
    ['制表人：张三', null, null],
  ]
  expect(leftOut(rows)).toEqual([[5, 'footer']])
})

test('under a table of two columns that every row fills a note stands alone, in one with gaps it may be data', () => {
  const full: Cell[][] = [
    ['门店', '金额'],
    ['人民路', 10],
    ['中山路', 20],
    ['备注：不含团购', null],
    ['制表人：张三', null],
  ]
  expect(leftOut(full)).toEqual([
    [4, 'footer'],
    [5, 'footer'],
  ])
  expect(leftOut(full.toSpliced(2, 0, ['外滩', null]))).toEqual([])
})

const tablesOf = (rows: readonly (readonly Cell[])[]) => {
  const { chunk, pool } = sheet(rows)
  return findTables(chunk, pool)
}

test('tables one below the other are told apart, with their titles', () => {
  const rows: Cell[][] = [
    ['门店销售'],
    ['门店', '金额'],
    ['人民路', 10],
    ['中山路', 20],
    [],
    ['会员统计'],
    ['等级', '人数', '占比'],
    ['金卡', 12, 0.1],
    ['银卡', 108, 0.9],
  ]
  expect(tablesOf(rows)).toEqual([
    { title: '门店销售', range: { fromRow: 1, toRow: 4, fromColumn: 1, toColumn: 2 } },
    { title: '会员统计', range: { fromRow: 6, fromColumn: 1, toColumn: 3 } },
  ])
})

test('a line of data after a gap is no row of names, however many texts it has', () => {
  const line = (n: number): Cell[] => [`00${n}`, `王${n}`, '徐汇店', '金卡', n]
  const rows: Cell[][] = [
    ['会员号', '姓名', '门店', '等级', '积分'],
    ...[line(10), line(11), [], line(12), line(13), line(14), [], line(15), line(16)],
  ]
  expect(tablesOf(rows)).toEqual([])
  const words: Cell[][] = [['门店', '店长', '面积'], ['甲', '张', 80], [], ['乙', '李', null], ['丙', '赵', 90]] // prettier-ignore
  expect(tablesOf(words)).toEqual([])
})

test('a table of days and numbers kept as text is one of its own', () => {
  const rows: Cell[][] = [
    ...[['门店', '金额'], ['人民路', 10], ['中山路', 20], [], ['附：促销活动']],
    ...[
      ['活动', '开始', '结束'],
      ['双十一', '2025-11-01', '2025-11-11'],
      ['年货节', '2026-01-05', '2026-01-20'],
    ],
  ]
  expect(tablesOf(rows)).toEqual([
    { title: undefined, range: { fromRow: 1, toRow: 3, fromColumn: 1, toColumn: 2 } },
    { title: '附：促销活动', range: { fromRow: 5, fromColumn: 1, toColumn: 3 } },
  ])
})

test('tables side by side are told apart', () => {
  const rows: Cell[][] = [
    ['门店', '金额', null, '等级', '人数'],
    ['人民路', 10, null, '金卡', 12],
    ['中山路', 20, null, null, null],
  ]
  expect(tablesOf(rows).map(({ range }) => range)).toEqual([
    { fromRow: 1, fromColumn: 1, toColumn: 2 },
    { fromRow: 1, fromColumn: 4, toColumn: 5 },
  ])
})

test('blank rows and blank columns inside one table do not split it', () => {
  const rows: Cell[][] = [
    ['2024年销售'],
    [],
    ['门店', '金额', null, '备注'],
    ['人民路', 10, null, '好'],
    [],
    ['中山路', 20, null, null],
    ['西湖店', 30, null, null],
  ]
  expect(tablesOf(rows)).toEqual([])
})

test('columns for months, quarters, weeks and years are seen', () => {
  const found = (names: readonly string[]) => periodColumns(names)?.columns
  expect(found(['门店', '1月', '2月', '3月', '合计'])).toEqual(['1月', '2月', '3月'])
  expect(found(['shop', 'Jan 2024', 'Feb 2024', 'March 2024'])).toEqual(['Jan 2024', 'Feb 2024', 'March 2024'])
  expect(found(['门店', '2024-01', '2024-02', '2024-03'])).toHaveLength(3)
  expect(found(['门店', 'Q1', 'Q2', 'Q3', 'Q4'])).toHaveLength(4)
  expect(found(['门店', '2023年', '2024年', '2025年'])).toHaveLength(3)
  expect(found(['门店', '1月', '2月'])).toBeUndefined()
  expect(found(['May', 'amount', 'qty'])).toBeUndefined()
}) // prettier-ignore

test('columns for periods are found under the heads joined before their names', () => {
  const halves = ['一季度 1月', '一季度 2月', '一季度 3月', '二季度 4月']
  const found = (names: readonly string[]) => periodColumns(names)?.columns
  expect(found(['门店', ...halves, '合计'])).toEqual(halves)
  expect(periodNames(halves)).toEqual(['1月', '2月', '3月', '4月'])
  const years = ['2024年上半年 1月', '2024年上半年 2月', '2025年上半年 1月']
  expect(monthsOf(periodNames(years))).toEqual([19_723, 19_754, 20_089])
  expect(monthsOf(periodNames(['Q1 2024 Jan', 'Q1 2024 Feb', 'Q2 2024 Apr']))).toEqual([19_723, 19_754, 19_814])
  const sales = ['销售额 1月', '销售额 2月', '销售额 3月']
  expect(found(['门店', ...sales, '客数 1月', '客数 2月'])).toEqual(sales)
  expect(periodNames(sales)).toEqual(['1月', '2月', '3月'])
  expect(periodNames(['销售额 1月', '客数 1月'])).toEqual(['销售额 1月', '客数 1月'])
  expect(found(['门店', '1月 销售额', '1月 客数', '2月 销售额'])).toBeUndefined()
}) // prettier-ignore

const quarters = [
  '一月',
  '二月',
  '三月',
  '一季度',
  '四月',
  '五月',
  '六月',
  '二季度',
  '上半年',
  '合计',
]

test('subtotals between periods end no run of them', () => {
  const found = (names: readonly string[]) => periodColumns(names)?.columns
  const months = ['一月', '二月', '三月', '四月', '五月', '六月']
  expect(found(['门店', ...quarters])).toEqual(months)
  expect(found(['Shop', 'Jan', 'Feb', 'Mar', 'Q1', 'Apr', 'Total', 'May'])).toEqual(['Jan', 'Feb', 'Mar', 'Apr', 'May'])
  expect(found(['门店', '1月', '2月', '小计', '3月', '一季度小计', '4月'])).toEqual(['1月', '2月', '3月', '4月'])
  expect(found(['门店', '一季度 1月', '一季度 2月', '一季度 小计', '二季度 4月'])).toHaveLength(3)
  expect(found(['门店', 'Q1', 'Q2', 'H1', 'Q3', 'Q4', '2024'])).toEqual(['Q1', 'Q2', 'Q3', 'Q4'])
  expect(found(['门店', '销售额 1月', '销售额 2月', '客数 一季度', '销售额 3月'])).toBeUndefined()
  expect(found(['门店', '1月', '2月', '备注', '3月'])).toBeUndefined()
  expect(found(['门店', '一月', '一季度', '二季度'])).toBeUndefined()
}) // prettier-ignore

test('subtotals of turned months are left out by their names, or stay where they are to', () => {
  const head = ['门店', ...quarters, '面积']
  const { chunk, pool } = sheet([head, ['人民路', 1, 2, 3, 99, 4, 5, 6, null, 21, 21, 80]])
  const columns = quarters.filter((name) => name.endsWith('月'))
  const plan = { columns, name: '月份', value: '销售额' }
  const turned = new TurnedColumns(head, plan, pool, chunk, 1)
  expect(turned.leftOut).toEqual(['一季度', '二季度', '上半年', '合计'])
  expect(turned.names).toEqual(['门店', '面积', '月份', '销售额'])
  const kept = new TurnedColumns(head, { ...plan, keepTotals: true }, pool, chunk, 1)
  expect(kept.leftOut).toEqual([])
  expect(kept.names).toEqual(['门店', '一季度', '二季度', '上半年', '合计', '面积', '月份', '销售额'])
}) // prettier-ignore

test('names that say year and month become months', () => {
  expect(monthsOf(['2024年1月', '202402', 'Mar 2024'])).toEqual([19_723, 19_754, 19_783])
  expect(monthsOf(['1月', '2月'])).toBeUndefined()
})

test.each<[string, string, readonly (readonly number[])[], boolean]>([
  ['a total by its word alone', '合计', [[1, 2, 9], [3, 4, 1]], true],
  ['a total that adds up', 'Year total', [[1, 2, 3], [3, 4, 7]], true],
  ['a product called so', 'Colgate Total', [[1, 2, 30], [3, 4, 12]], false],
  ['a product equal in one row by chance', 'Colgate Total', [[1, 2, 3], [3, 4, 12], [5, 6, 2]], false],
  ['nothing but zeros', 'Colgate Total', [[0, 0, 0], [0, 0, 0]], false],
  ['one row proves nothing', '华东小计', [[1, 2, 3]], false],
])('beside turned months: %s', (_, name, rows, out) => {
  const head = ['Product', 'Jan', 'Feb', name]
  const { chunk, pool } = sheet([head, ...rows.map((row) => ['x', ...row])])
  const plan = { columns: ['Jan', 'Feb'], name: 'Month', value: 'Sales' }
  const turned = new TurnedColumns(head, plan, pool, chunk, 1)
  expect(turned.leftOut).toEqual(out ? [name] : [])
  expect(turned.names).toEqual(out ? ['Product', 'Month', 'Sales'] : ['Product', name, 'Month', 'Sales'])
}) // prettier-ignore

test('a total of the months right before it is one, though a year of them is turned', () => {
  const head = ['Shop', 'Jan', 'Feb', 'H1 total', 'Mar', 'Apr', 'H2 total']
  const { chunk, pool } = sheet([head, ['a', 1, 2, 3, 4, 5, 9], ['b', 2, 2, 4, 3, 3, 6]])
  const plan = { columns: ['Jan', 'Feb', 'Mar', 'Apr'], name: 'Month', value: 'Sales' }
  expect(new TurnedColumns(head, plan, pool, chunk, 1).leftOut).toEqual(['H1 total', 'H2 total'])
})
