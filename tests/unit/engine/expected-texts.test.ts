import { expect, test } from 'vitest'
import { expectedTexts } from '../../../electron/engine/runner/import/plan-columns.ts'

/** Different ones among `rows` even draws of `all` members. */
const drawn = (all: number, rows: number): number => Math.round(all * (1 - Math.exp(-rows / all)))

test('members that come back are expected to run out', () => {
  const first = { rows: 16_000, distinct: drawn(200_000, 16_000) }
  const second = { rows: 64_000, distinct: drawn(200_000, 64_000) }
  expect(expectedTexts(first, undefined, 1_000_000)).toBeCloseTo(drawn(200_000, 1_000_000), -5)
  expect(expectedTexts(second, first, 1_000_000)).toBeCloseTo(drawn(200_000, 1_000_000), -4)
})

test('receipts of three lines each are expected to go on coming', () => {
  const first = { rows: 16_000, distinct: 5334 }
  const second = { rows: 64_000, distinct: 21_334 }
  expect(expectedTexts(second, first, 5_000_000)).toBeCloseTo(5_000_000 / 3, -3)
})

test('what is read to its end is counted, not guessed', () => {
  const seen = { rows: 1000, distinct: 700 }
  expect(expectedTexts(seen, { rows: 500, distinct: 400 }, 1000)).toBe(700)
})
