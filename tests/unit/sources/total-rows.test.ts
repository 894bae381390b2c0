import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LabelKind } from '../../../electron/engine/sources/typing/total-labels.ts'
import { labelKindOf } from '../../../electron/engine/sources/typing/total-labels.ts'
import type { Row } from '../../support/review-totals.ts'
import { review } from '../../support/review-totals.ts'

const totalsOf = (rows: readonly Row[]): number[] => review(rows).out.map(([row]) => row)

test.each<[string, LabelKind]>([
  ...(['合计', '合 计：', '合计（元）', '总计(3家门店)', '【小计】', '** 合计 **', '本月累计', '共计 3 笔', '（合计）', 'Total:', 'TOTAL', 'Grand Total', 'Sub-total', 'Total (3 stores)', '合计 / 去重计数', 'Total / Distinct count', '公式合计', '合计（含已筛除）'] as const).map((text): [string, LabelKind] => [text, 'total']),
  ...(['上海小计', '徐汇 合计', '2026-01-01 合计', 'E Total', 'Total E', 'Total for East', 'Total Care', 'Colgate Total', '全部'] as const).map((text): [string, LabelKind] => [text, 'group']),
  ...(['平均', '均值', '日均值', 'Average', '平均值', '去重计数', 'Distinct count', 'Median / Maximum'] as const).map((text): [string, LabelKind] => [text, 'mean']),
  ...(['其中：直营', '其中: 加盟', 'of which: online'] as const).map((text): [string, LabelKind] => [text, 'part']),
  ...(['同比', '环比增长率', '占比', 'YoY', '完成率（%）'] as const).map((text): [string, LabelKind] => [text, 'ratio']),
  ...(['注：1. 数据来自POS', '制表人：张三', 'Note: x'] as const).map((text): [string, LabelKind] => [text, 'footer']),
  ...(['合计牌牙膏', 'Totally Fresh', '小计算器', 'Totalcare', '平均律唱片', '注塑件', '占比亚'] as const).map((text): [string, LabelKind] => [text, 'plain']),
])('the label %s is one of kind %s', (text, kind) => {
  expect(labelKindOf(text)).toBe(kind)
}) // prettier-ignore

test('a group of one line has its subtotal left out', () => {
  expect(totalsOf([
    ['上海', '徐汇', 100, 1],
    ['上海小计', null, 100, 1],
    ['江苏', '南京', 200, 2],
    ['江苏', '苏州', 50, 3],
    ['江苏小计', null, 250, 5],
    ['合计', null, 350, 6],
  ])).toEqual([2, 5, 6])
  expect(totalsOf([['上海', 100], ['上海小计', 100], ['江苏', 200], ['小计', 200], ['总计', 300]])).toEqual([2, 4, 5])
}) // prettier-ignore

test('totals of two levels add up the groups below them', () => {
  expect(totalsOf([
    ['上海', '徐汇', 100, 1],
    ['上海', '徐汇', 110, 1],
    [null, '小计', 210, 2],
    ['上海', '浦东', 20, 1],
    ['上海', '浦东', 30, 1],
    [null, '小计', 50, 2],
    ['上海合计', null, 260, 4],
    ['江苏', '南京', 200, 2],
    ['江苏', '南京', 50, 3],
    [null, '小计', 250, 5],
    ['江苏', '无锡', 7, 2],
    ['江苏', '无锡', 8, 3],
    [null, '小计', 15, 5],
    ['江苏合计', null, 265, 10],
    ['总计', null, 525, 14],
  ])).toEqual([3, 6, 7, 10, 13, 14, 15])
}) // prettier-ignore

const shops: readonly Row[] = [
  ['上海', '徐汇', 100, 1],
  ['江苏', '南京', 200, 2],
  ['江苏', '苏州', 60, 3],
]

test('a total above its rows is left out, however many chunks they come in', () => {
  const rows = [['合计', null, 360, 6], ['平均', null, 120, 2], ...shops] as const
  for (const capacity of [8192, 2, 3])
    expect(review(rows, capacity)).toEqual({ out: [[1, 'total'], [2, 'derived']], kept: [] })
}) // prettier-ignore

test('a first row that is called total and adds nothing up stays, and is told', () => {
  const rows: readonly Row[] = [['Total', '牙膏', 70, 9], ...shops]
  for (const capacity of [8192, 2]) expect(review(rows, capacity)).toEqual({ out: [], kept: [1] })
})

test.each(['合计（元）', '总计(3家门店)', 'Total:', '全部', '全部门店合计', '合计 / 去重计数'])(
  'a total labelled %s is left out',
  (label) => {
    expect(totalsOf([...shops, [label, null, 360, 6]])).toEqual([4])
  },
)

test('a total is found by its word in a column far right only where it adds up', () => {
  const rows: readonly Row[] = [
    ['2026-01-01', '单1', '甲', '牙膏', 'x', 10, 1],
    ['2026-01-01', '单2', '甲', '牙膏', '合计', 20, 1],
    ['2026-01-02', '单3', '甲', '牙刷', 'y', 30, 1],
  ]
  expect(totalsOf([...rows, [null, null, null, null, '合计', 60, 3]])).toEqual([4])
  expect(totalsOf([...rows, [null, null, null, null, '合计', 61, 5]])).toEqual([])
})

test('a subtotal with its date filled in is left out where word and sums agree', () => {
  const [first, second] = [{ day: 1 }, { day: 2 }]
  expect(review([
    [first, '甲', 1, 1],
    [first, '乙', 2, 1],
    [first, '小计', 3, 2],
    [second, '甲', 40, 1],
    [second, '小计', 40, 1],
    [second, '小计', 7, 1],
    ['总计', null, 43, 3],
  ])).toEqual({ out: [[3, 'total'], [5, 'total'], [7, 'total']], kept: [] })
}) // prettier-ignore

test('the name may stand behind the word', () => {
  expect(totalsOf([
    ['E', 'a', 1, 1],
    ['E', 'b', 2, 1],
    ['Total E', null, 3, 2],
    ['W', 'a', 4, 1],
    ['Total W', null, 4, 1],
    ['TOTAL', null, 7, 3],
  ])).toEqual([3, 5, 6])
}) // prettier-ignore

test('means, parts and shares below a total are left out as made of other rows', () => {
  const total: Row = ['合计', null, 360, 6]
  const left = (more: readonly Row[]) => review([...shops, total, ...more]).out.slice(1)
  expect(left([['平均', null, 120, 2]])).toEqual([[5, 'derived']])
  expect(left([['其中：直营', null, 100, 1], ['其中：加盟', null, 260, 5]])).toEqual([[5, 'derived'], [6, 'derived']])
  expect(left([['同比', null, '12.5%', '3%'], ['占比', null, 1, 1]])).toEqual([[5, 'derived'], [6, 'derived']])
  expect(review([...shops, ['平均', null, 120, 2]]).out).toEqual([[4, 'derived']])
  expect(review([...shops, ['平均', null, 77, 5]]).out).toEqual([])
}) // prettier-ignore

test('shares and counts that are an indicator of each shop are data', () => {
  const counts: readonly Row[] = [
    ['徐汇', '销售额', 100],
    ['徐汇', '去重计数', 12],
    ['南京', '销售额', 200],
    ['南京', '去重计数', 15],
  ]
  expect(review(counts).out).toEqual([])
  const rows: readonly Row[] = [
    ['徐汇', '销售额', 100],
    [null, '同比', 0.1],
    ['南京', '销售额', 200],
    [null, '同比', 0.2],
  ]
  expect(review(rows).out).toEqual([])
})

test('goods and shops called total stay, with small numbers that agree by chance too', () => {
  const rows: readonly Row[] = [
    ['牙刷', '口腔', 1, 10],
    ['牙膏', '口腔', 1, 12],
    ['Total Care', '口腔', 2, 15],
    ['Colgate Total', '口腔', 2, 16],
    ['合计', '口腔', 2, 17],
  ]
  expect(review(rows).out).toEqual([])
})

test('rows that look like totals and do not add up stay and are told, or go by their word if asked', () => {
  const rows: readonly Row[] = [...shops, ['合计', null, 111, 2], ['浙江', '杭州', 5, 1]]
  expect(review(rows)).toEqual({ out: [], kept: [4] })
  expect(review(rows, 8192, true)).toEqual({ out: [[4, 'total']], kept: [] })
})

test('totals of distinct counts, as our own workbooks hold them, are left out at every level', () => {
  const label = '合计 / 去重计数'
  expect(review([
    ['华北', '茶', 7],
    ['华北', '米', 9],
    ['华北', label, 12],
    ['华东', '茶', 6],
    ['华东', '米', 8],
    ['华东', label, 14],
    [label, label, 21],
  ])).toEqual({ out: [[3, 'total'], [6, 'total'], [7, 'total']], kept: [] })
  expect(review([
    ['华北', '茶', 7],
    ['华北', '米', 9],
    ['华北', '去重计数', 12],
    ['去重计数（含空值）', null, 12],
  ])).toEqual({ out: [[3, 'total'], [4, 'total']], kept: [] })
  expect(review([
    ['华北', '茶', 70, 7],
    ['华北', '米', 90, 9],
    ['华北', label, 160, 12],
    ['华东', '茶', 60, 6],
    [null, '米', 80, 8],
    [null, label, 140, 14],
    [label, label, 300, 21],
  ])).toEqual({ out: [[3, 'total'], [6, 'total'], [7, 'total']], kept: [] })
}) // prettier-ignore

test('a likely total that stays does not spoil those below it', () => {
  expect(totalsOf([...shops, ['小计', null, 111, 2], ['合计', null, 360, 6]])).toEqual([5])
})

test('a note that goes on over several lines is left out as a whole', () => {
  const rows: readonly Row[] = [...shops, ['注：1. 数据来自POS', null, null, null]]
  expect(totalsOf([...rows, ['2. 不含退货', null, null, null], ['请勿外传', null, null, null]])).toEqual([4, 5, 6])
  expect(totalsOf([...rows, ['浙江', null, null, null], ['浙江', '杭州', 5, 1]])).toEqual([4])
}) // prettier-ignore

test('no subtotal of random groups at one or two levels is left among the rows', () => {
  const word = fc.constantFrom('小计', '合计', '合计（元）', 'Total', '小 计：', 'Subtotal')
  const lines = fc.array(fc.tuple(fc.integer({ min: 11, max: 9999 }), fc.integer({ min: 1, max: 99 })), { minLength: 1, maxLength: 5 })
  const regions = fc.array(fc.array(lines, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(regions, word, word, fc.boolean(), fc.boolean(), fc.integer({ min: 2, max: 40 }), (given, low, high, levels, above, capacity) => {
      const rows: Row[] = []
      const sums: number[] = []
      const add = (label: Row, own: readonly (readonly [number, number])[]): void => {
        const sum = (at: 0 | 1) => own.reduce((all, one) => all + one[at], 0)
        rows.push([...label, sum(0), sum(1)])
      }
      given.forEach((shopsOf, region) => {
        shopsOf.forEach((own, shop) => {
          for (const [amount, count] of own) {
            sums.push(rows.length + 1)
            rows.push([`${region}区`, `店${shop}`, amount, count])
          }
          add([null, low], own)
        })
        if (levels) add([`${region}区${high}`, null], shopsOf.flat())
      })
      add(['总计', null], given.flat(2))
      if (above) rows.unshift(rows.pop() ?? [])
      const { out, kept } = review(rows, capacity)
      const left = new Set(out.map(([row]) => row))
      expect(rows.map((_, index) => index + 1).filter((row) => !left.has(row))).toEqual(sums.map((row) => (above ? row + 1 : row)))
      expect(kept).toEqual([])
    }),
    { numRuns: 2000, seed: 1 },
  )
}) // prettier-ignore

test('a subtotal above its own group is left out where its lines add up to it in every number', () => {
  const rows: Row[] = [
    ['上海店', '合计', 300, 7],
    ['上海店', '可乐', 100, 3],
    ['上海店', '雪碧', 200, 4],
    ['北京店', '合计', 50, 3],
    ['北京店', '可乐', 20, 1],
    ['北京店', '雪碧', 30, 2],
  ]
  expect(review(rows)).toEqual({ out: [[1, 'total'], [4, 'total']], kept: [] }) // prettier-ignore
  const wrong = rows.map((row, index) => (index === 3 ? ['北京店', '合计', 50, 4] : row))
  expect(review(wrong)).toEqual({ out: [[1, 'total']], kept: [4] })
})

test('totals above their groups are found at two levels below a total of all', () => {
  const lines = (region: string, shop: string, a: number, b: number): Row[] => [
    [region, `${shop}小计`, null, a + b],
    [region, shop, 'x', a],
    [region, shop, 'y', b],
  ]
  const rows: Row[] = [
    ['总计', null, null, 1500],
    ['华东合计', null, null, 1000],
    ...lines('华东', '人民路', 100, 200),
    ...lines('华东', '中山路', 300, 400),
    ['华北合计', null, null, 500],
    ...lines('华北', '王府井', 120, 380),
  ]
  expect(review(rows).out.map(([row]) => row)).toEqual([1, 2, 3, 6, 9, 10])
  expect(review(rows).kept).toEqual([])
})

test('a group that goes on in the next chunks has its total above found all the same', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 12 }), { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 3, max: 9 }),
      (groups, capacity) => {
        const rows: Row[] = []
        const totals: number[] = []
        groups.forEach((values, group) => {
          totals.push(rows.length + 1)
          const sum = values.reduce((all, value) => all + value + 20.5, 0)
          rows.push([`店${group}`, '合计', sum, values.length * 20])
          for (const value of values) rows.push([`店${group}`, `品${value}`, value + 20.5, 20])
        })
        const { out, kept } = review(rows, capacity)
        expect(out.map(([row]) => row)).toEqual(totals)
        expect(kept).toEqual([])
      },
    ),
  )
}) // prettier-ignore

test('a line of somebody called Max or Min right below a total is no maximum', () => {
  const rows: Row[] = [
    ['Ann', 100, 3],
    ['Bob', 200, 4],
    ['Total A', 300, 7],
    ['Max', 50, 1],
    ['Min', 60, 2],
    ['Total B', 110, 3],
  ]
  expect(review(rows)).toEqual({ out: [[3, 'total'], [6, 'total']], kept: [] }) // prettier-ignore
  const ending: Row[] = [...rows.slice(0, 3), ['Max', 200, 4], ['Min', 100, 3]]
  expect(review(ending).out).toEqual([[3, 'total'], [4, 'derived'], [5, 'derived']]) // prettier-ignore
})

test('goods called total stay where one number of several agrees by chance', () => {
  const rows: Row[] = [
    ['饮料', '可乐', 1, 3.5],
    ['饮料', '雪碧', 1, 4],
    [null, 'Colgate Total', 2, 25.9],
    ['牙膏', '黑人', 3, 12],
  ]
  expect(review(rows)).toEqual({ out: [], kept: [3] })
})

test('sums carried from page to page and page numbers are no data', () => {
  const page = (down: string, up: string, number: string): Row[] => [
    ['A', 'x', 100, 3],
    ['B', 'y', 200, 4],
    [down, null, 300, 7],
    [number],
    [up, null, 300, 7],
    ['A', 'z', 10, 3],
    ['B', 'w', 20, 4],
  ]
  const left = [[3, 'total'], [4, 'footer'], [5, 'total']] // prettier-ignore
  expect(review(page('过次页', '承前页', '第 1 页 共 2 页')).out).toEqual(left)
  expect(review(page('Carried forward', 'Brought forward', 'Page 1 of 2')).out).toEqual(left)
})

test('a crosstab of averages or of least values is read again without its totals', () => {
  const rows = (word: string, of: readonly number[]): Row[] => [
    ['华东', '上海店', 40.5],
    [null, '杭州店', 20.5],
    [null, word, of[0] ?? 0],
    ['华北', '北京店', 30],
    [null, '天津店', 10],
    [null, word, of[1] ?? 0],
    [word, null, of[2] ?? 0],
  ]
  const left = [[3, 'derived'], [6, 'derived'], [7, 'derived']] // prettier-ignore
  expect(review(rows('平均值', [28.1, 16.2, 22.4])).out).toEqual(left)
  expect(review(rows('Minimum', [20.5, 10, 10])).out).toEqual(left)
  // More than any of the shops: no mean of them.
  expect(review(rows('平均值', [28.1, 16.2, 99])).out).toEqual([])
  // An indicator of every shop is data.
  const indicators: Row[] = [
    ['上海店', '销售额', 100],
    [null, '平均值', 20],
    ['北京店', '销售额', 80],
    [null, '平均值', 16],
  ]
  expect(review(indicators)).toEqual({ out: [], kept: [] })
})
