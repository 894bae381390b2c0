import { expect, test } from 'vitest'
import { proposeRenames } from '../../../electron/engine/workspace/refresh/propose-renames.ts'
import type { StoredField } from '../../../electron/engine/workspace/store/catalogue.ts'

const field = (name: string, more: Partial<StoredField> = {}): StoredField => ({
  ...{ name, type: 'decimal', role: 'measure', scale: 2, coded: false, wide: false },
  ...{ distinct: -1, blanks: 0, min: '0.50', max: '900.00' },
  ...more,
})
const text = (name: string, distinct: number): StoredField =>
  field(name, { type: 'text', role: 'dimension', min: null, max: null, distinct })

const pairs = (vanished: StoredField[], added: StoredField[]): string[] =>
  proposeRenames(vanished, added).map((one) => `${one.field}=${one.column}`)

test('a name within the other, or values of the same range, make a proposal', () => {
  expect(pairs([field('销售额')], [field('销售额（元）'), field('成本', { max: '3.00' })])).toEqual(['销售额=销售额（元）']) // prettier-ignore
  expect(pairs([field('Sold At', { type: 'date', min: '2025-01-01', max: '2025-01-31' })], [field('sold_at', { type: 'timestamp', min: '2025-02-01', max: '2025-02-28' })])).toEqual(['Sold At=sold_at']) // prettier-ignore
  expect(pairs([field('net')], [field('价格')])).toEqual(['net=价格'])
})

test('another kind of value is never proposed, and neither is what is alike in nothing', () => {
  expect(pairs([field('amount')], [text('amount_text', 5)])).toEqual([])
  expect(pairs([text('shop', 200)], [text('channel', 3)])).toEqual([])
})

test('a field whose type was chosen may look like text in a new file, where the names are alike', () => {
  const chosen = new Set(['消费'])
  const named = (vanished: StoredField[], added: StoredField[]): string[] =>
    proposeRenames(vanished, added, chosen).map((one) => `${one.field}=${one.column}`)
  expect(named([field('消费')], [text('消费额', 9), text('备注', 9)])).toEqual(['消费=消费额'])
  expect(named([field('消费')], [text('备注', 9)])).toEqual([])
})

test('a column serves the field that fits it best', () => {
  expect(pairs([text('店', 10), text('门店名称', 10)], [text('门店名', 10)])).toEqual(['门店名称=门店名']) // prettier-ignore
})
