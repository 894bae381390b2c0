import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../../../scripts/sample/rng.ts'
import type { Row } from '../../support/review-totals.ts'
import { review } from '../../support/review-totals.ts'

test('of many people called Max none is left out, nor are lines of an indicator called a mean', () => {
  const random = new Random('names')
  const pick = (most: number): number => random.between(1, most)
  const people: Row[] = Array.from({ length: 2000 }, () => [['Max', 'Anna', 'Bob', 'Carl'][pick(4) - 1] ?? '', pick(10), pick(500)]) // prettier-ignore
  expect(review(people)).toEqual({ out: [], kept: [] })
  const lines: Row[] = Array.from({ length: 400 }, (_, n) => [`店${String(n >> 1)}`, n % 2 ? '平均' : '客流', pick(10), pick(500)]) // prettier-ignore
  expect(review(lines).out.length).toBeLessThan(4)
})

test('named subtotals above their groups are left out though the sheet has one column of names', () => {
  const rows: Row[] = [
    ['华东小计', 600, 60],
    ['上海', 100, 10],
    ['杭州', 200, 20],
    ['南京', 300, 30],
    ['华北小计', 900, 90],
    ['北京', 400, 40],
    ['天津', 500, 50],
    ['西南小计', 70, 7],
    ['成都', 70, 7],
  ]
  const found = [[1, 'total'], [5, 'total'], [8, 'total']] // prettier-ignore
  expect(review(rows)).toEqual({ out: found, kept: [] })
  const further = found.map(([row, reason]) => [Number(row) + 1, reason])
  expect(review([['总计', 1570, 157], ...rows])).toEqual({ out: [[1, 'total'], ...further], kept: [] }) // prettier-ignore
  expect(review([...rows, ['总计', 1570, 157]])).toEqual({ out: [...found, [10, 'total']], kept: [] }) // prettier-ignore
})

test('a mean below counts a first row that only bears the name of a total', () => {
  const rows: Row[] = [
    ['Total 牙膏', 253],
    ['A', 12.5],
    ['B', 300],
    ['C', 554.5],
  ]
  expect(review([...rows, ['平均值', 280]]).out).toEqual([[5, 'derived']])
})

test('goods called a total stay where nothing below adds up to them', () => {
  const rows: Row[] = [['Colgate Total', 12.5, 3], ['Colgate Max', 9, 2], ['Signal', 3.5, 1], ['Crest Total', 8, 4], ['Oral B', 7, 5]] // prettier-ignore
  expect(review([...rows, ...rows])).toEqual({ out: [], kept: [] })
})

const outline = fc.array(fc.array(fc.integer({ min: 11, max: 9999 }), { minLength: 2, maxLength: 5 }), { minLength: 2, maxLength: 6 }) // prettier-ignore

test('whatever the groups, what is left of an outline adds up to its own numbers', () => {
  fc.assert(
    fc.property(outline, fc.constantFrom('none', 'above', 'below'), (groups, grand) => {
      const group = (own: readonly number[], at: number): Row[] => [
        [`${String.fromCharCode(65 + at)}区小计`, sum(own), sum(own) * 3],
        ...own.map((value, shop): Row => [`${String(at)}号店${String(shop)}`, value, value * 3]),
      ]
      const rows = groups.flatMap(group)
      const all = sum(groups.flat())
      const total: Row = ['总计', all, all * 3]
      const sheet = grand === 'none' ? rows : grand === 'above' ? [total, ...rows] : [...rows, total] // prettier-ignore
      const left = new Set(review(sheet).out.map(([row]) => row))
      const stays = sheet.filter((_, row) => !left.has(row + 1)).map(([, value]) => Number(value))
      expect(sum(stays)).toBe(all)
    }),
  )
})

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
