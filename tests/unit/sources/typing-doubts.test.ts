/** Columns that could be read in more than one way: what is taken, and what is said of the cells that do not fit. */
import { expect, test } from 'vitest'
import { epochDayOf } from '../../../shared/data/calendar-day.ts'
import {
  cellStyleOfCode,
  paddedStyle,
} from '../../../electron/engine/sources/xlsx/number-formats.ts'
import type { Cell } from '../../support/typed-cells.ts'
import { decide, stored } from '../../support/typed-cells.ts'

const shown = (...texts: string[]): Cell[] => texts.map((text) => ({ shown: text }))

test.each([
  ['000000', paddedStyle + 6],
  ['00', paddedStyle + 2],
  ['000;-000', paddedStyle + 3],
  ['0', 0],
  ['000.0', 0],
  ['#,000', 0],
  ['"M"000', 0],
  ['0000000000000000', 0],
  ['000%', 3],
])('the format %s shows digits', (code, style) => {
  expect(cellStyleOfCode(code)).toBe(style)
})

test('numbers whose format shows zeros before them are names with these zeros', () => {
  const { type, role, warnings } = decide('会员', shown('000001', '000120'))
  expect({ type, role, warnings }).toEqual({
    type: 'text',
    role: 'identifier',
    warnings: [{ code: 'textIdentifier', column: '会员' }],
  })
  expect(stored('会员', shown('000001', '0120', '07'))).toEqual(['000001', '0120', '07'])
  expect(stored('会员', [...shown('001'), null, '002'])).toEqual(['001', null, '002'])
})

test('such a format makes no names of quantities, of years, nor where only some cells have it', () => {
  expect(stored('数量', shown('03', '12'))).toEqual([3, 12])
  expect(stored('年份', shown('2024', '2025'))).toEqual([2024, 2025])
  expect(stored('排名', [...shown('01'), 2, 3.5])).toEqual([10, 20, 35])
})

const remark = (name: string, cells: readonly Cell[]) => {
  const { type, warnings } = decide(name, cells)
  const [first] = warnings
  return { type, wouldBe: first?.wouldBe, count: first?.count, examples: first?.examples }
}

test('an odd cell makes no thousandths of grouped thousands', () => {
  const amounts = Array.from({ length: 499 }, (_, i) => `${i + 1},${String(i).padStart(3, '0')}`)
  const odd = { type: 'text', wouldBe: 'integer', count: 1, examples: ['1,2'] }
  expect(remark('千', [...amounts, '1,2'])).toEqual(odd)
  expect(remark('千', ['1,234', '12,345', '1,2', '3'])).toEqual(odd)
  expect(remark('千', ['1,234', '12,345', '1,234,567', '1,2'])).toEqual(odd)
  expect(remark('千', ['1,234', '12.50', '3.25', '1,2'])).toEqual({ ...odd, wouldBe: 'decimal' })
  expect(stored('千', ['1,234', '12,345'])).toEqual([1234, 12_345])
})

test('decimal commas win where more texts are nothing else, and then the others are odd', () => {
  expect(stored('价', ['1,234', '1,5', '22,75'])).toEqual([1234, 1500, 22_750])
  expect(stored('价', ['1.234,5', '1,5', '1.234'])).toEqual([12_345, 15, 12_340])
  const said = remark('价', ['1,5', '22,75', '3,25', '1,234.50'])
  expect(said).toEqual({ type: 'text', wouldBe: 'decimal', count: 1, examples: ['1,234.50'] })
})

test('the cells counted as odd are the ones that are named', () => {
  const day = (text: string): Cell => ({ day: text })
  const date = (examples: string[], ...cells: Cell[]) => {
    const dates = ['2024-03-05', '2024-03-06', '2024-03-07', '2024-03-08'].map(day)
    const said = { type: 'text', wouldBe: 'date', count: examples.length, examples }
    expect(remark('入会', [...dates, ...cells])).toEqual(said)
  }
  date(['12'], '12')
  date(['7'], 7)
  date(['20241399'], 20_241_399)
  date(['无', '1.5', 'TRUE'], '无', 1.5, true)
  const number = { type: 'text', wouldBe: 'integer', count: 1 }
  expect(remark('A店', [100, 10, 10, day('2020-01-01')])).toEqual({ ...number, examples: ['2020-01-01'] })
  expect(remark('A店', [100, 10, true])).toEqual({ ...number, examples: ['TRUE'] })
  expect(remark('A店', ['100', '10', '2024/3/5'])).toEqual({ ...number, examples: ['2024/3/5'] })
  expect(remark('A店', [1, 2, day('2020-01-01'), day('2020-01-02')]).examples).toEqual(['1', '2', '2020-01-01', '2020-01-02']) // prettier-ignore
}) // prettier-ignore

test('a rule is offered where most rows live with it, and its count is of all odd texts', () => {
  const notes = Array.from({ length: 300 }, (_, i) => `备注${i}`)
  const numbers = Array.from({ length: 40 }, (_, i) => i + 1)
  expect(remark('备注', [...notes, ...numbers]).wouldBe).toBeUndefined()
  const sizes = ['S', 'M', 'L', 'XL'].flatMap((size) => [size, size, size])
  expect(remark('尺码', [...sizes, 38, 39, 40, 41, 42]).wouldBe).toBeUndefined()
  const many = Array.from({ length: 400 }, (_, i) => i)
  const odd = { type: 'text', wouldBe: 'integer', count: 300 }
  expect(remark('备注', [...notes, ...many])).toMatchObject(odd)
})

test('cells count, however few different texts they hold', () => {
  const priced = Array.from({ length: 30 }, (_, i) => `¥${i % 3}`)
  expect(remark('p', [...priced, '面议', '详谈', '电询', '到店'])).toMatchObject({
    wouldBe: 'integer',
    count: 4,
  })
  expect(remark('p', ['¥1', '¥2', '¥3', '面议', '面议', '面议', '面议']).wouldBe).toBeUndefined()
})

test('marks of nothing among numbers or dates offer the rule whatever their share', () => {
  const cells = [1, 2, 'NULL', 'N/A', '-', '无', '待定', '-', '-']
  expect(remark('数', cells)).toMatchObject({ type: 'text', wouldBe: 'integer', count: 5 })
  expect(remark('日', ['2024-03-05', '暂无', '--', '--'])).toMatchObject({
    wouldBe: 'date',
    count: 2,
  })
  expect(remark('数', [1, 'NULL', '面议', '-']).wouldBe).toBeUndefined()
})

test('eight digits among a majority of dates are a date', () => {
  const day = epochDayOf(2024, 3, 8)
  expect(stored('入会', ['2024-03-05', '2024/3/6', 20_240_308]).at(-1)).toBe(day)
  expect(stored('入会', ['2024-03-05', '2024/3/6', '20240308']).at(-1)).toBe(day)
  expect(stored('入会', [{ day: '2024-03-05' }, { day: '2024-03-06' }, '20240308']).at(-1)).toBe(
    day,
  )
  expect(decide('入会', ['2024-03-05', '20240306', '20240308']).type).toBe('text')
  expect(decide('入会', ['20240306', '20240308']).type).toBe('integer')
})

test('weights with three decimals behind commas are decimals where one of them can be nothing else', () => {
  expect(stored('净重', ['0,125', '1,250', '2,375'])).toEqual([125, 1250, 2375])
  expect(stored('净重', ['1.234,500', '0,125', '12,500'])).toEqual([1_234_500, 125, 12_500])
  expect(stored('净重', ['1,250', '12,5', '3,75'])).toEqual([1250, 12_500, 3750])
})

test('commas nothing decides are thousands, and under the name of a weight that is told', () => {
  const examples = ['1,250', '2,375']
  const { type, warnings } = decide('净重', examples)
  const told = [{ code: 'openComma', column: '净重', examples }]
  expect({ type, warnings }).toEqual({ type: 'integer', warnings: told })
  expect(decide('客流', examples).warnings).toEqual([])
  expect(decide('千', ['1,234', '12,345', '1,2', '3']).warnings.at(-1)?.code).toBe('openComma')
})

test('shelves and versions that differ by a zero at the end stay apart as texts', () => {
  const said = decide('货架', ['1.1', '1.2', '1.9', '1.10', '2'])
  const told = [{ code: 'spelledNumbers', column: '货架', examples: ['1.1', '1.2', '1.10'] }]
  expect(said).toMatchObject({ type: 'text', role: 'dimension', warnings: told })
  expect(stored('货架', ['1.1', '1.10'])).toEqual(['1.1', '1.10'])
  expect(stored('货架', [1.1, '1.10', 2])).toEqual(['1.1', '1.10', '2'])
  expect(decide('版本号', ['1.9', '1.10']).role).toBe('identifier')
})

test.each([
  ['one scale', ['12.50', '3.00', '9.90']],
  ['no zeros at the end', ['1.5', '2', '3.25']],
  ['floats of a program', ['1.0', '2.25', '3.5']],
  ['a zero behind the point', ['1.5', '1.50', '3.05']],
  ['below one', ['1.5', '1.50', '0.75']],
  ['below one, with one decimal', ['0.5', '1.10', '2.50', '7.5']],
  ['negative, with one decimal', ['-10.5', '12.10', '25.50', '17.5']],
  ['large', ['1.5', '1.50', '12500.5']],
  ['negative', ['1.5', '1.50', '-3.10']],
  ['with a currency', ['¥1.5', '¥1.50', '¥3']],
])('decimals stay numbers: %s', (_, cells) => {
  expect(decide('数据', cells)).toMatchObject({ type: 'decimal', role: 'measure', warnings: [] })
})

test('under the name of an amount zeros at the end are no names', () => {
  for (const name of [
    '金额',
    '实收',
    '货款',
    '单价',
    '折扣率',
    'Unit price',
    'net_weight',
    '温度',
    '坪效',
    'latitude',
  ])
    expect(decide(name, ['1.1', '1.10', '1.2']).type).toBe('decimal')
})

test('numbers as databases and programs write them: no whole part, an exponent with its sign', () => {
  expect(stored('值', ['.5', '-.25', '1.5'])).toEqual([50, -25, 150])
  expect(decide('值', ['1.5e-7', '2e+3']).type).toBe('double')
  // A code such as 12E4 is none.
  expect(stored('款式', ['12E4', '34E5'])).toEqual(['12E4', '34E5'])
})

test('money of more digits than a double holds is kept to the last of them', () => {
  const amounts = ['1234567890123.123456', '2', '-0.5', '1,234,567,890,123.25', '(3)']
  const { type, scale, wide, warnings } = decide('金额', amounts)
  expect({ type, scale, wide, warnings }).toEqual({ type: 'decimal', scale: 6, wide: true, warnings: [] }) // prettier-ignore
  expect(stored('金额', amounts)).toEqual([
    1_234_567_890_123_123_456n, 2_000_000n, -500_000n, 1_234_567_890_123_250_000n, -3_000_000n,
  ]) // prettier-ignore
})

test('numbers that no type holds exactly stay text, with a click to take them as they can be', () => {
  const cells = ['0.12345678901234567890', '1.0000000000000001']
  expect(decide('均价', cells)).toMatchObject({
    type: 'text',
    warnings: [{ code: 'longNumbers', column: '均价', count: 2 }],
  })
  // All digits there are.
  expect(stored('均价', ['0.30000000000000004', '0.1'])).toEqual([0.300_000_000_000_000_04, 0.1])
})

test('card numbers a spreadsheet rounded are identifiers, and other rounded numbers are told', () => {
  const cells = ['6.22202E+18', '6.22203E+18']
  expect(decide('卡号', cells)).toMatchObject({
    ...{ type: 'text', role: 'identifier' },
    warnings: [{ code: 'lostDigits', column: '卡号', examples: cells }],
  })
  expect(decide('总量', cells)).toMatchObject({
    ...{ type: 'double', role: 'measure' },
    warnings: [{ code: 'lostDigits', column: '总量' }],
  })
  expect(decide('系数', ['1.5E-3', '2E+1'])).toMatchObject({ type: 'decimal', warnings: [] })
})

test('whole numbers of a date column that may be serials of a workbook are told', () => {
  expect(decide('日期', [45_356, 45_357])).toMatchObject({
    ...{ type: 'integer', role: 'dimension' },
    warnings: [{ code: 'serialDays', column: '日期', examples: ['45356', '45357'] }],
  })
  expect(decide('日期', [45_356, 3])).toMatchObject({ role: 'measure', warnings: [] })
})
