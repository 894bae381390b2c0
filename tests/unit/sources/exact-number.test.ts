import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellKind } from '../../../electron/engine/sources/cell-kinds.ts'
import { exactNumber } from '../../../electron/engine/sources/exact-number.ts'

/** By its shortest writing alone. */
function slowly(value: number): { kind: number; value: number } {
  const [, sign = '', whole = '', fraction = ''] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? []
  const digits = (whole + fraction).replace(/^0+(?=.)/, '')
  if (whole === '' || digits.length > 15 || fraction.length > 15)
    return { kind: cellKind.double, value }
  return { kind: cellKind.scaled + fraction.length, value: Number(sign + digits) + 0 }
}

test('a number is taken apart as its shortest writing is', () => {
  const price = fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 9 })).map(([n, d]) => n / 10 ** d) // prettier-ignore
  fc.assert(
    fc.property(fc.oneof(price, fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
      expect(exactNumber(value)).toEqual(slowly(value))
    }),
    { numRuns: 20_000 },
  )
})
