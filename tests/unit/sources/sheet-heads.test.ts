/** Heads that are more than one row of names: units below them, groups written over each column, names once more. */
import { expect, test } from 'vitest'
import { findHeader, usableNames } from '../../../electron/engine/sources/typing/header-row.ts'
import { unitIn } from '../../../electron/engine/sources/typing/number-text.ts'
import { RepeatedHeads } from '../../../electron/engine/sources/typing/repeated-heads.ts'
import { findTables } from '../../../electron/engine/sources/typing/sheet-tables.ts'
import type { SheetCell } from '../../support/sheet-cells.ts'
import { namesOf, sheet } from '../../support/sheet-cells.ts'

const body: SheetCell[][] = [
  ['A', 1.5, 2],
  ['B', 3.5, 4],
]

test('units below the names join them', () => {
  const named = (...rows: SheetCell[][]) => namesOf([...rows, ...body])
  const joined = ['门店', '销售额（元）', '客数（人）']
  expect(named(['门店', '销售额', '客数'], [null, '元', '人'])).toEqual(joined)
  expect(named(['门店', '销售额(元)', '客数'], [null, '（元）', '（人次）'])).toEqual(['门店', '销售额(元)', '客数（人次）'])
  expect(named(['Store', 'Weight', 'Share'], [null, 'kg', '%'])).toEqual(['Store', 'Weight (kg)', 'Share (%)'])
  expect(named(['门店', '线上', null], [null, '销售额', '客数'], [null, '万元', '人'])).toEqual(['门店', '线上 销售额（万元）', '线上 客数（人）'])
}) // prettier-ignore

test('a row of data is no row of units', () => {
  const last = (rows: SheetCell[][]) => {
    const { chunk, pool } = sheet(rows)
    return findHeader(chunk, pool)?.last
  }
  expect(last([['商品', '单位', '数量'], ['苹果', 'kg', 3], ['梨', '个', 4]])).toBe(0)
  expect(last([['单位', '备注'], ['元', '件'], ['元', '件']])).toBe(0)
  expect(['元', '（万元）', '单位：%', 'kg', '人次', '元/件'].map(unitIn)).toEqual(['元', '万元', '%', 'kg', '人次', '元/件'])
  expect(['', '-', '12', '徐汇店', '元旦', 'e5', '1件'].map(unitIn)).toEqual(Array(7).fill(undefined))
}) // prettier-ignore

test('groups written over each column instead of merged are heads of the names below', () => {
  const rows: SheetCell[][] = [['销售', '销售', '库存', '库存'], ['门店', '金额', '门店', '数量'], ['A', 1, 'A', 5], ['B', 2, 'B', 6]]
  expect(namesOf(rows)).toEqual(['销售 门店', '销售 金额', '库存 门店', '库存 数量'])
  const shops: SheetCell[][] = [['门店', '线上', '线上'], ['门店', '金额', '客数'], ...body]
  expect(namesOf(shops)).toEqual(['门店', '线上 金额', '线上 客数'])
  expect(namesOf([['门店', '金额', '金额'], ['A', '待定', '待定'], ...body])).toEqual(['门店', '金额', '金额 2'])
}) // prettier-ignore

test('names that stand among the data once more are found, each row of them', () => {
  const found = (rows: SheetCell[][]) => {
    const { chunk, pool } = sheet(rows)
    const header = findHeader(chunk, pool)
    return new RepeatedHeads(chunk, header).find(chunk, (header?.last ?? -1) + 1)
  }
  const heads: SheetCell[][] = [['门店', '线上', '线上'], [null, '金额', '客数']]
  expect(found([...heads, ...body, ...heads, ...body])).toEqual([4, 5])
  expect(found([['门店', '2024', '2025'], ...body, ['门店', '2024', null], ['门店', '2024', 7]])).toEqual([])
}) // prettier-ignore

test('names once more after a blank row begin no table, but with a title of their own they do', () => {
  const names = ['门店', '金额', '客数']
  const tables = (rows: SheetCell[][]) => {
    const { chunk, pool } = sheet(rows)
    return findTables(chunk, pool).map(({ title }) => title)
  }
  expect(tables([names, ...body, [], names, ...body])).toEqual([])
  expect(tables([['一店'], names, ...body, [], ['二店'], names, ...body])).toEqual(['一店', '二店'])
})

const notes = Array.from({ length: 60 }, (_, index): string[] => [
  `第${index + 1}条：数据来自收银系统`,
])

test('names below many lines of notes are found', () => {
  expect(namesOf([...notes, ['店', '品', '额'], ['A', 'x', 1], ['B', 'y', 2]])).toEqual(['店', '品', '额']) // prettier-ignore
  expect(namesOf([...notes, ['店', '额'], ['A', 1], ['B', 2]])).toEqual(['店', '额'])
})

test('a list with a few wider lines far down keeps its own names', () => {
  const list = Array.from({ length: 60 }, (_, index): string[] => [`店${index}`, `区${index % 3}`])
  const wide = ['店x', '区1', '备注', '待查']
  expect(namesOf([['店', '区'], ...list, wide, ...list]).slice(0, 2)).toEqual(['店', '区'])
})

test('a first line of data gives no names, and years, sizes and names printed again are names', () => {
  const lines: SheetCell[][] = [
    ['A店', '可乐', '饮料', '瓶', 3, 12],
    ['B店', '可乐', '饮料', '瓶', 4, 10],
  ]
  expect(namesOf(lines)[0]).toBe('列1')
  expect(namesOf([['A', 'x', 'c', 4.5], ['B', 'y', 'd', 5.5]])[0]).toBe('Column 1') // prettier-ignore
  expect(namesOf([['店', '品', '类', 2024], ['A', 'x', 'c', 3], ['店', '品', '类', 2024], ['A', 'y', 'c', 4]])).toEqual(['店', '品', '类', '2024']) // prettier-ignore
  expect(namesOf([['款', '色', '名', 36, 38], ['A', '红', 'c', 3, 3], ['A', '蓝', 'c', 4, 5]])).toEqual(['款', '色', '名', '36', '38']) // prettier-ignore
})

test('sizes with halves, sizes that go down and months written as numbers are names', () => {
  const named = (texts: readonly string[], heads: readonly SheetCell[]): readonly string[] =>
    namesOf([
      [...texts, ...heads],
      ...[[3, 0, 2], [4, 5, 1], [2, 2, 2]].map((counts, row) => [...texts.map((text) => `${text}${String(row)}`), ...counts.slice(0, heads.length)]),
    ])
  const few = ['款号', '颜色']
  const many = [...few, '品牌', '季节', '类别']
  for (const heads of [[36, 37, 38], [36, 36.5, 37], [2024.8, 2024.9, 2024.1], [2024.11, 2024.12]])
    expect(named(few, heads)).toEqual([...few, ...heads.map(String)])
  for (const heads of [[0.5, 1, 2], [2.5, 1, 0.5], [36, 36.5, 38]])
    expect(named(many, heads)).toEqual([...many, ...heads.map(String)])
}) // prettier-ignore

test('one number among names is a name where words stand over values, or no row has such a number', () => {
  const rows: SheetCell[][] = [['2025/1/1', 3, 'D1', 'x', 'A店'], ['2025/1/2', 4, 'D2', 'y', 'B店'], ['2025/1/3', 5, 'D3', 'z', 'C店']]
  expect(namesOf([['店', 36.5, '单', '注', '铺'], ...rows])).toEqual(['店', '36.5', '单', '注', '铺'])
  expect(namesOf([['Shop', 'Qty', 36.5], ['A', 1, 2.5], ['B', 2, 3.5], ['C', 2, 4.5]])).toEqual(['Shop', 'Qty', '36.5'])
  expect(namesOf([['门店', 2024], ['A', 1200], ['B', 800], ['C', 950]])).toEqual(['门店', '2024'])
  expect(namesOf([['A', 2024], ['B', 2023], ['C', 2025]])[0]).toBe('Column 1')
}) // prettier-ignore

test('a first row of amounts is data, whichever way its numbers go', () => {
  const rows: SheetCell[][] = [['苹果', 3, 12.5, 37.5], ['梨', 2, 8.9, 17.8], ['桃', 1, 15.5, 15.5]]
  expect(namesOf(rows)[0]).toBe('列1')
  expect(namesOf([rows[1] ?? [], ...rows])[0]).toBe('列1')
}) // prettier-ignore

test('a column without a name is numbered in the language of the others, and as it was before', () => {
  expect(namesOf([['店', null, '额'], ['A', 'x', 1]])).toEqual(['店', '列2', '额']) // prettier-ignore
  expect(namesOf([['Store', null, 'Sales'], ['甲', 'x', 1]])).toEqual(['Store', 'Column 2', 'Sales']) // prettier-ignore
  expect(usableNames(['店', ''], ['店', 'Column 2']).names).toEqual(['店', 'Column 2'])
  expect(usableNames(['Store', ''], ['Store', '列2']).names).toEqual(['Store', '列2'])
})

test('a title printed again on every page is no data', () => {
  const { chunk, pool } = sheet([
    ['日报'],
    ['店', '品', '额'],
    ['A', 'x', 1],
    ['日报'],
    ['店', '品', '额'],
    ['B', 'y', 2],
  ])
  const header = findHeader(chunk, pool)
  expect(new RepeatedHeads(chunk, header).find(chunk, (header?.last ?? -1) + 1)).toEqual([3, 4])
})

test('a word for a missing value below a blank line names no column of a second table', () => {
  const tablesOf = (word: string) => {
    const { chunk, pool } = sheet([['店', '额'], ['A', 1], ['B', 2], [], ['C', word], ['D', 3]]) // prettier-ignore
    return findTables(chunk, pool).length
  }
  expect(['待定', '缺货', '—', 'N/A'].map(tablesOf)).toEqual([0, 0, 0, 0])
  expect(tablesOf('人数')).toBe(2)
})
