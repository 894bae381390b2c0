import { expect, test } from 'vitest'
import {
  RememberedAnswers,
  rememberedLimits,
} from '../../../electron/engine/runner/duckdb/remembered-answers.ts'

test('a short text is read once, a long one each time, and however many there are the room is bounded', () => {
  const known = new RememberedAnswers<number>()
  let reads = 0
  const read = (text: string): number => known.answer(text, () => ++reads)
  expect([read('2024-03-05'), read('2024-03-05')]).toEqual([1, 1])
  const essay = 'x'.repeat(rememberedLimits.longest + 1)
  expect([read(essay), read(essay)]).toEqual([2, 3])
  expect(known.characters).toBe('2024-03-05'.length)
  let most = 0
  for (let at = 0; at < 30_000; at++) {
    read(String(at).padStart(rememberedLimits.longest, '0'))
    most = Math.max(most, known.characters)
  }
  expect(most).toBeGreaterThan(rememberedLimits.characters / 2)
  expect(most).toBeLessThanOrEqual(rememberedLimits.characters)
})
