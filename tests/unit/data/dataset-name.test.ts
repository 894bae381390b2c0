import { expect, test } from 'vitest'
import { DatasetInfo } from '../../../shared/data/dataset.ts'
import { freeName } from '../../../shared/data/dataset-name.ts'

const { name: allowed } = DatasetInfo.shape

test('a name that is too long is cut to what the contract allows, and numbered within it', () => {
  const long = '门店销售明细'.repeat(40)
  const taken: string[] = []
  for (let count = 0; count < 12; count++) {
    const name = freeName(long, taken)
    expect(allowed.safeParse(name).success).toBe(true)
    taken.push(name)
  }
  expect(new Set(taken).size).toBe(12)
  expect(taken[0]).toBe(long.slice(0, 120))
  expect(taken[11]).toBe(`${long.slice(0, 117)} 12`)
})

test('no letter is cut in half', () => {
  for (const start of ['', 'x'])
    for (const taken of [[], [`${start}${'𠮷'.repeat(60)}`.slice(0, 120)]])
      expect(freeName(start + '𠮷'.repeat(100), taken).isWellFormed()).toBe(true)
})

test('names differ in more than the size of their letters', () => {
  expect(freeName('Sales', ['sales', 'SALES 2'])).toBe('Sales 3')
})
