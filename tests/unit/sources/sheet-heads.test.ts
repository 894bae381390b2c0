/** Heads that are more than one row of names: units below them, groups written over each column, names once more. */
import { expect, test } from 'vitest'
import { findHeader } from '../../../electron/engine/sources/typing/header-row.ts'
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
