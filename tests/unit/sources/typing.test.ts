import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoDay } from '../../../shared/data/calendar-day.ts'
import { cellKind } from '../../../electron/engine/sources/cell-kinds.ts'
import { decimalText } from '../../../shared/query/cell-reading.ts'
import { exactNumber, powerOfTen } from '../../../electron/engine/sources/exact-number.ts'
import { usableNames } from '../../../electron/engine/sources/typing/header-row.ts'
import {
  namesDate,
  namesGroups,
  namesIdentifier,
} from '../../../electron/engine/sources/typing/identifier-names.ts'
import { readNumber } from '../../../electron/engine/sources/typing/number-text.ts'
import { readDate } from '../../../electron/engine/sources/typing/text-forms.ts'
import type { Cell } from '../../support/typed-cells.ts'
import { cellsOf, decide, stored } from '../../support/typed-cells.ts'
import { TextPool } from '../../../electron/engine/sources/text-pool.ts'
import { columnCoder } from '../../../electron/engine/sources/typing/column-coder.ts'
import { ColumnProfile } from '../../../electron/engine/sources/typing/column-profile.ts'
import { decideType } from '../../../electron/engine/sources/typing/type-decision.ts'

test.each<[string, string, readonly Cell[], string]>([
  ['whole numbers', 'qty', [1, -2, null, 30], 'integer measure'],
  ['money', '金额', [12.5, 3, 148.92], 'decimal measure'],
  ['six decimals are exact', 'rate', [0.123456, 1], 'decimal measure'],
  ['seven decimals are not', 'rate', [0.1234567, 1], 'double measure'],
  ['numbers written as text', 'amount', ['1,234.50', 7, '-3'], 'decimal measure'],
  ['currency signs', 'amount', ['¥12.00', '￥1,000.00'], 'decimal measure'],
  ['an identifier by name', '会员号', [10001, 10002], 'text identifier'],
  ['a phone', '手机', [13_800_138_000], 'text identifier'],
  ['an EAN', 'EAN', [6_901_234_567_892], 'text identifier'],
  ['a receipt number', 'receipt_no', [1, 2], 'text identifier'],
  ['an id in camel case', 'storeId', [1, 2], 'text identifier'],
  ['leading zeros', 'x', ['00123', 124], 'text identifier'],
  ['more than 15 digits', 'x', ['1234567890123456', 12], 'text identifier'],
  ['wide whole numbers', 'x', [1e17, 2e17], 'text identifier'],
  ['an identifier made of words', '商品编码', ['A-1', 'B-2'], 'text identifier'],
  ['a share named like an id is a number', 'no', [0.5, 1], 'decimal measure'],
  ['text', '门店', ['上海', '北京'], 'text dimension'],
  ['text with a number in it', '门店', ['上海', 7], 'text dimension'],
  ['true and false', 'member', [true, 'false', null], 'boolean dimension'],
  ['yes and no stay words', '是否', ['是', '否'], 'text dimension'],
  ['date cells', 'd', [{ day: '2024-03-05' }, null], 'date dimension'],
  ['date cells and their writings', 'd', [{ day: '2024-03-05' }, '2024/3/6', '2024年3月7日', '2024.03.08'], 'date dimension'],
  ['dates with times', 'd', ['2024-03-05 08:30', '2024/3/6'], 'timestamp dimension'],
  ['compact dates by name', '销售日期', [20240305, 20240306], 'date dimension'],
  ['compact dates without a name are numbers', 'x', [20240305, 20240306], 'integer measure'],
  ['bare serials beside dates', '注册日期', [{ day: '2024-03-05' }, 45356], 'date dimension'],
  ['serials and compact dates beside dates', '注册日期', ['2024/3/5', 20240306, 45358], 'date dimension'],
  ['serials beside compact dates alone are numbers', '注册日期', [20240306, 45358], 'integer measure'],
  ['bare serials alone are numbers, and it is said that they may be days', '注册日期', [45356, 45357], 'integer dimension'],
  ['points between day, month and year', 'd', ['05.03.2024', '31.12.2023'], 'date dimension'],
  ['a day above twelve decides the order', 'd', ['05/03/2024', '31/12/2023'], 'date dimension'],
  ['an open order stays text', 'd', ['05/03/2024', '06/07/2023'], 'text dimension'],
  ['a contradictory order stays text', 'd', ['31/12/2023', '12/31/2023'], 'text dimension'],
  ['times of one zone', 'd', ['2024-03-05T08:30:00Z', '2024-03-05 08:30 UTC'], 'timestamp dimension'],
  ['a zone there is none of', 'd', ['2024-03-05T08:30:00+25:00'], 'text dimension'],
  ['a zone beside date cells stays text', 'd', ['2024-03-05T08:30:00Z', { day: '2024-03-05' }], 'text dimension'],
  ['parts of a second', 'd', ['2024-03-05 08:30:00.5'], 'timestamp dimension'],
  ['years of two digits beside full ones', 'd', ['25/03/24', '05/03/2024'], 'date dimension'],
  ['years of two digits under 年月日', 'd', ['24年3月5日'], 'date dimension'],
  ['a date that does not exist stays text', 'd', ['2024-02-30', '2024-02-28'], 'text dimension'],
  ['shares of a hundred', 'p', ['12%', '13.5%', '-4 %'], 'decimal measure'],
  ['shares beside bare numbers stay text', 'p', ['12%', 0.13], 'text dimension'],
  ['two currencies stay text', 'p', ['¥12', '$13'], 'text dimension'],
  ['a currency on some', 'p', ['¥12', 13, '14.50元'], 'decimal measure'],
  ['units', 'p', ['3件', '12 件'], 'integer measure'],
  ['different units stay text', 'p', ['3件', '2箱'], 'text dimension'],
  ['tens of thousands', 'p', ['1.2万', '8000', '3亿'], 'integer measure'],
  ['full-width digits', 'p', ['１２３', '４５．５'], 'decimal measure'],
  ['negative in brackets', 'p', ['(1,234.50)', '12'], 'decimal measure'],
  ['decimal commas', 'p', ['1.234,50', '12,5'], 'decimal measure'],
  ['decimal commas beside whole numbers', 'p', ['1.234,50', 12, 1.234], 'decimal measure'],
  ['decimal commas beside decimal points stay text', 'p', ['1.234,50', 12.5], 'text dimension'],
  ['grouped thousands are no decimals', 'p', ['1,234', '12,500'], 'integer measure'],
  ['named months', 'd', ['5-Mar-2024', '12 December 2023', 'Mar 7, 2024'], 'date dimension'],
  ['twelve-hour clocks', 'd', ['2024-03-05 8:30 PM', '2024/3/5 上午9:05'], 'timestamp dimension'],
  ['only blanks', 'x', [null, null], 'text dimension'],
  ['a year is grouped by', '年份', [2023, 2024], 'integer dimension'],
])('%s', (_what, name, cells, expected) => {
  const { type, role } = decide(name, cells)
  expect(`${type} ${role}`).toBe(expected)
}) // prettier-ignore

test('a mixed column says which values made it text', () => {
  expect(decide('金额', [1, 2.5, 3, '面议', 'n/a'])).toMatchObject({
    type: 'text',
    warnings: [
      { code: 'mixedColumn', column: '金额', count: 2, examples: ['面议', 'n/a'], wouldBe: 'decimal' },
    ],
  })
  expect(decide('日期', [{ day: '2024-03-05' }, '2024/3/6', '合计']).warnings).toEqual([
    { code: 'mixedColumn', column: '日期', count: 1, examples: ['合计'], wouldBe: 'date' },
  ])
  expect(decide('日期', ['2024/3/5', 20240306, 20240307, 45359, 45360, '待定']).warnings).toEqual([
    { code: 'mixedColumn', column: '日期', count: 1, examples: ['待定'], wouldBe: 'date' },
  ])
  expect(decide('门店', ['上海', '北京', '7']).warnings).toEqual([])
}) // prettier-ignore

test('dates that read either way round say so', () => {
  expect(decide('d', ['05/03/2024', '06/07/2023']).warnings).toEqual([
    { code: 'openDateOrder', column: 'd', examples: ['05/03/2024', '06/07/2023'] },
  ])
})

test('a column tells the sign its numbers bore', () => {
  expect(decide('p', ['12%', '13%']).sign).toBe('%')
  expect(decide('p', ['¥12', 13]).sign).toBe('¥')
  expect(decide('p', ['3件']).sign).toBe('件')
  expect(decide('p', [3]).sign).toBe('')
})

test('a number kept as text says so', () => {
  expect(decide('手机', [13_800_138_000]).warnings).toEqual([
    { code: 'textIdentifier', column: '手机' },
  ])
})

test('numbers too long to be exact are named, with their rows, when they alone made a column text', () => {
  const long = '1234567890123456'
  const warned = (name: string, cells: readonly Cell[]) => decide(name, cells).warnings
  expect(warned('数量', [1, 2, long, 3, '99999999999999999999'])).toEqual([
    {
      ...{ code: 'longNumbers', column: '数量', count: 2 },
      examples: [`${long} (4)`, '99999999999999999999 (6)'],
    },
  ])
  expect(warned('金额', [1.5, 2.25, long])).toEqual([
    { code: 'longNumbers', column: '金额', count: 1, examples: [`${long} (4)`] },
  ])
  expect(warned('n', [1, 2, 2 ** 60])).toEqual([
    { code: 'longNumbers', column: 'n', count: 1, examples: ['1152921504606846976 (4)'] },
  ])
  // Names of things are meant to be text.
  expect(warned('订单号', [1, long])).toEqual([])
  expect(warned('条', [long, '6901234567890123'])).toEqual([])
  expect(warned('码', [1, '007', long])).toEqual([])
  expect(warned('m', [1, 2, 3, long, 'x'])).toMatchObject([{ code: 'mixedColumn' }])
})

test('scale and width follow the widest value', () => {
  expect(decide('a', [1.5, 0.25])).toMatchObject({ type: 'decimal', scale: 2, wide: false })
  expect(decide('a', [99_999_999_999_999, 0.25])).toMatchObject({ scale: 2, wide: true })
  expect(decide('a', [2_147_483_648])).toMatchObject({ type: 'integer', wide: true })
  expect(decide('a', [2_147_483_647])).toMatchObject({ type: 'integer', wide: false })
})

test('values are stored exactly in the decided type', () => {
  expect(stored('金额', [12.5, null, '1,000.05', -3])).toEqual([1250, NaN, 100_005, -300])
  expect(stored('a', [99_999_999_999_999, 0.25, null])).toEqual([9_999_999_999_999_900n, 25n, null])
  expect(stored('d', [{ day: '2024-03-05' }, '2024年3月6日', null])).toEqual([19_787, 19_788, NaN])
  expect(stored('注册日期', [{ day: '2024-03-05' }, 45_356])).toEqual([19_787, 19_787])
  expect(stored('销售日期', [20240305])).toEqual([19_787])
  expect(stored('注册日期', ['2024/3/5', 45_357, 20240307])).toEqual([19_787, 19_788, 19_789])
  expect(stored('t', ['2024-03-05 08:30', { second: 5 }, { day: '1970-01-02' }])).toEqual([
    19_787 * 86_400 + 30_600, 5, 86_400,
  ]) // prettier-ignore
  expect(stored('会员号', [10_001, '00123', 12.5])).toEqual(['10001', '00123', '12.5'])
  expect(stored('b', [true, 'FALSE', null])).toEqual([1, 0, NaN])
  expect(stored('p', ['12%', '13.5%', '-4 %'])).toEqual([120, 135, -40])
  expect(stored('p', ['1.2万', '8000', '３亿'])).toEqual([12_000, 8000, 300_000_000])
  expect(stored('p', ['(1,234.50)', '12'])).toEqual([-123_450, 1200])
  expect(stored('p', ['1.234,50', 12, 1.234, '-12,5'])).toEqual([123_450, 1200, 123_400, -1250])
  expect(stored('d', ['5-Mar-2024', 'March 7, 2024'])).toEqual([19_787, 19_789])
  expect(stored('d', ['2024-03-05 8:30 PM', '2024/3/5 12:05 AM'])).toEqual([
    19_787 * 86_400 + 73_800, 19_787 * 86_400 + 300,
  ]) // prettier-ignore
})

test('a scaled number is the double it came from', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const { kind, value: scaled } = exactNumber(value)
      const back = kind === cellKind.double ? scaled : scaled / powerOfTen(kind - cellKind.scaled)
      expect(back === value).toBe(true)
    }),
  )
})

test('written numbers are read back to the same number', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999_999_999, max: 999_999_999 }),
      fc.nat(9),
      (value, decimals) => {
        const text = decimalText(value, decimals)
        expect(Number(text)).toBe(value / 10 ** decimals)
        const back = readNumber(text)
        expect(back?.value === value || value === 0).toBe(true)
      },
    ),
  )
})

test('what is read as a number has the value JavaScript gives it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('0', '1', '2', '5', '9', '.', ',', '-', '+', 'e', 'E', ' ', '¥'), maxLength: 12 }), (text) => {
      const read = readNumber(text)
      if (read === undefined) return
      const value = read.kind === cellKind.double ? read.value : read.value / powerOfTen(read.kind - cellKind.scaled)
      expect(value).toBe(Number(text.replaceAll(/[,¥ ]/g, '').replace(/^(.*)-$/, '-$1')) + 0)
    }),
    { numRuns: 2000 },
  ) // prettier-ignore
})

test('days are read in every form, and nothing else is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
      const [year = '', month = '', date = ''] = isoDay(day).split('-')
      expect(readDate(`${year}-${month}-${date}`, 'iso')).toEqual({ day, clock: undefined })
      expect(readDate(`${year}/${Number(month)}/${Number(date)} 7:05`, 'iso')).toEqual({
        day,
        clock: 25_500,
      })
      expect(readDate(`${year}年${Number(month)}月${Number(date)}日`, 'chinese')?.day).toBe(day)
      expect(readDate(`${year}${month}${date}`, 'compact')?.day).toBe(day)
      expect(readDate(`${date}.${month}.${year}`, 'dotted')?.day).toBe(day)
      expect(readDate(`${month}/${date}/${year}`, 'monthFirst')?.day).toBe(day)
      expect(readDate(`${date}/${month}/${year}`, 'dayFirst')?.day).toBe(day)
    }),
  )
  expect(readDate('2024-13-01', 'iso')).toBeUndefined()
  expect(readDate('2024-1/1', 'iso')).toBeUndefined()
  expect(readDate('2024-01-01 24:00', 'iso')).toBeUndefined()
})

test('names of columns say what they hold', () => {
  const identifiers = ['会员号', '手机', '商品条码', '小票号', '门店编码', 'EAN', 'Phone', 'customer no.', 'item code', 'order_id', 'orderID', 'receiptNumber'] // prettier-ignore
  const others = ['数量', '金额', 'paid', 'Number', 'video', 'phone cost', '手机数量', 'node']
  expect(identifiers.filter((name) => !namesIdentifier(name))).toEqual([])
  expect(others.filter((name) => namesIdentifier(name))).toEqual([])
  expect(['日期', 'orderDate', 'created_at', '生日'].every(namesDate)).toBe(true)
  expect(['update', 'latitude', '日销'].some(namesDate)).toBe(false)
})

test('whole numbers of shops, cashiers and calendar parts are grouped by', () => {
  const groups = ['门店', '收银员', '年月', 'Store', 'month', '品类']
  const measures = ['门店数', '金额', 'stores', 'product cost', '积分']
  expect(groups.filter((name) => !namesGroups(name))).toEqual([])
  expect(measures.filter((name) => namesGroups(name))).toEqual([])
})

test('missing and repeated column names become usable ones', () => {
  const { names, warnings } = usableNames(['a', '', ' A ', 'a\nb', 'a'])
  expect(names).toEqual(['a', 'Column 2', 'A 2', 'a b', 'a 3'])
  expect(warnings.map((warning) => warning.code)).toEqual([
    'missingHeader',
    'duplicateHeader',
    'duplicateHeader',
  ])
  // The name that is doubled beside the one it got.
  expect(warnings[1]).toMatchObject({ column: 'A 2', examples: ['A'] })
})

test('a mixed column of whole numbers is offered as whole numbers', () => {
  expect(decide('件数', [1, 2, 3, '面议']).warnings).toMatchObject([{ wouldBe: 'integer' }])
  expect(decide('件数', [1, 2, '3.50', '面议']).warnings).toMatchObject([{ wouldBe: 'decimal' }])
})

test('identifiers that a spreadsheet rounded are named: their digits are lost', () => {
  const lost = decide('条码', ['6.90123E+12', '6901234567892'])
  expect(lost).toMatchObject({ type: 'text', role: 'identifier' })
  expect(lost.warnings).toMatchObject([{ code: 'lostDigits', examples: ['6.90123E+12'] }])
  expect(decide('条码', ['6901234567892', '0001']).warnings).toEqual([])
})

test.each([
  ['9'.repeat(38), 0, BigInt('9'.repeat(38))],
  [`-${'9'.repeat(38)}`, 0, -BigInt('9'.repeat(38))],
  [`${'9'.repeat(32)}.5`, 6, BigInt(`${'9'.repeat(32)}500000`)],
  ['9'.repeat(39), 0, null],
  ['9'.repeat(33), 6, null],
])(
  'a wide decimal holds %s with %i places to the last digit, or is blank',
  (text, scale, value) => {
    const pool = new TextPool(1e9)
    const { kinds, values } = cellsOf([text], pool)
    const type = decideType('n', new ColumnProfile(), pool)
    const coder = columnCoder({ ...type, type: 'decimal', wide: true, scale }, false, pool)
    expect([coder.encode(kinds, values, 1), coder.lost]).toEqual([[value], value === null ? 1 : 0])
  },
)

test.each([
  ['1', 'x'],
  ['+', 'x'],
  ['¥', '1x'],
  ['2024-01-01 ', 'x'],
  ['2024-01-01 10:10', 'x'],
])('%j and %j with any number of spaces between them are text at once', (before, after) => {
  const text = `${before}${' '.repeat(1_000_000)}${after}`
  expect([readNumber(text), readDate(text, 'iso')]).toEqual([undefined, undefined])
})

test.each<[string, string, readonly Cell[], string]>([
  ['months with a dash', '月份', ['2025-01', '2025-12', null], 'date dimension'],
  ['months with a slash', 'd', ['2025/1', '2025/11'], 'date dimension'],
  ['Chinese months', '时间', ['2025年1月', '2025年02月'], 'date dimension'],
  [
    'months of digits alone under a name that says so',
    '账期',
    [202_501, 202_512],
    'date dimension',
  ],
  ['the same written as texts', 'yyyymm', ['202501', '202502'], 'date dimension'],
  ['months of digits alone under another name', '销量', [202_501, 202_502], 'integer measure'],
  ['no thirteenth month', '年月', [202_501, 202_513], 'integer dimension'],
  ['months written in two ways stay text', '月份', ['2025-01', '2025/02'], 'text dimension'],
  ['months of which two are one stay text', '月份', ['2025-01', '2025-1'], 'text dimension'],
  ['months beside days stay text', '月份', ['2025-01', '2025-02-03'], 'text dimension'],
  ['months beside words stay text', '月份', ['2025-01', '合并'], 'text dimension'],
  ['numbers of batches stay text', '批次', ['2025-01', '2025-02'], 'text dimension'],
  ['numbers of receipts stay text', '单号', ['2025-01', '2025-02'], 'text identifier'],
  ['months join those read before', '月份', [{ day: '2025-01-01' }, '2025-02'], 'date dimension'],
  ['months do not join days', '月份', [{ day: '2025-01-05' }, '2025-02'], 'text dimension'],
])('months: %s', (_, name, cells, expected) => {
  const { type, role } = decide(name, cells)
  expect(`${type} ${role}`).toBe(expected)
})

test('months become their first days, one for one, however many there are', () => {
  const all = Array.from({ length: 150 * 12 }, (_, n) => [1900 + Math.floor(n / 12), (n % 12) + 1] as const) // prettier-ignore
  const written = all.map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`)
  const days = all.map(([year, month]) => Date.UTC(year, month - 1, 1) / 86_400_000)
  expect(stored('月份', written)).toEqual(days)
  expect(stored('年月', all.map(([year, month]) => year * 100 + month))).toEqual(days) // prettier-ignore
  expect(decide('月份', [...written, null]).warnings).toEqual([
    { code: 'monthsAsDays', column: '月份', examples: ['1900-01', '1900-02', '1900-03'] },
  ])
})

test('beside dates, months are named as what kept the column from being one', () => {
  expect(decide('日期', ['2025-01-02', '2025-01-03', '2025-02']).warnings).toEqual([
    { code: 'mixedColumn', column: '日期', wouldBe: 'date', count: 1, examples: ['2025-02'] },
  ])
})

test('marks of text around identifiers are told, with their count and how they look', () => {
  const marks = (name: string, cells: readonly Cell[]) =>
    decide(name, cells).warnings.filter(({ code }) => code === 'textMarks')
  expect(marks('订单号', ['\t123456', '`00123', "'00456", '789\t', '1000'])).toEqual([
    { code: 'textMarks', column: '订单号', count: 4, examples: ['⇥123456', '`00123', "'00456"] },
  ])
  expect(marks('x', ['\tA-01', 'B-02'])).toMatchObject([{ count: 1 }])
  expect(marks('评论', ["'tis fine", '`code`', '很好\t', '5 stars'])).toEqual([])
  expect(marks('会员号', ['00123', '00456'])).toEqual([])
  expect(stored('订单号', ['\t123456'])).toEqual(['\t123456'])
})
