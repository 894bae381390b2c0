import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { windowSums } from '../../../shared/query/stage/window-sums.ts'

const plain = (values: readonly (bigint | null)[], window: number): (bigint | null)[] =>
  values.map((_, at) => {
    const own = values.slice(Math.max(0, at - window + 1), at + 1).filter((one) => one !== null)
    return own.length === 0 ? null : own.reduce((a, b) => a + b)
  })

it('are what adding up every window anew says, blanks left out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (values, window) => {
        expect(windowSums(values, window, (a, b) => a + b)).toEqual(plain(values, window))
      },
    ),
    { numRuns: 500 },
  )
})

it('keep nothing of a value that has left', () => {
  // Taking 1e16 off again would leave 0 or 2 where 1 stands.
  const values = [1e16, 1, 1, 1, 1, 0.1, 0.2]
  expect(windowSums(values, 2, (a, b) => a + b)).toEqual([1e16, 1e16 + 1, 2, 2, 2, 1.1, 0.1 + 0.2])
})

it('take at most three steps a value, however long the window', () => {
  const values = Array.from({ length: 200_000 }, (_, at) => at % 97)
  let steps = 0
  const sums = windowSums(values, 1000, (a, b) => {
    steps++
    return a + b
  })
  expect(steps).toBeLessThanOrEqual(3 * values.length)
  const last = values.slice(-1000).reduce((a, b) => a + b)
  expect(sums.at(-1)).toBe(last)
})
