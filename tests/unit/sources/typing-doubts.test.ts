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
