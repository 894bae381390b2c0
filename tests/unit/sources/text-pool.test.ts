/** A pool gives one place to each different text, whatever bytes lie around it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextPool } from '../../../electron/engine/sources/text-pool.ts'

/** Alike at their beginnings and of all lengths around the bytes a pool keeps at hand. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', '店', '\0'), maxLength: 20 }),
  fc.nat(3000).map((number) => `R00000000${String(number)}`),
  fc.nat(3000).map((number) => `商品${String(number)}`),
)

const bytesOf = (value: string, before: string, after: string) => {
  const bytes = Buffer.from(before + value + after, 'utf8')
  const from = Buffer.byteLength(before, 'utf8')
  return { bytes, from, to: from + Buffer.byteLength(value, 'utf8') }
}

describe('places of texts', () => {
  it('one for each text, in the order they came, wherever in memory they stand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 })), {
          maxLength: 200,
        }),
        (given) => {
          const pool = new TextPool(1_000_000)
          const known = new Map<string, number>()
          for (const [value, before, after] of given) {
            const { bytes, from, to } = bytesOf(value, before, after)
            const place = pool.intern(bytes, from, to)
            expect(place).toBe(known.get(value) ?? known.size)
            known.set(value, place)
          }
          expect(pool.size).toBe(known.size)
          for (const [value, place] of known) expect(pool.textAt(place)).toBe(value)
        },
      ),
    )
  })

  it('stay what they are when the table grows', () => {
    const pool = new TextPool(100_000_000)
    const names = Array.from({ length: 60_000 }, (_, at) => `${'会员'.repeat(at % 4)}${at}`)
    const places = names.map((name) => pool.add(name))
    expect(places).toEqual(names.map((_, at) => at))
    expect(names.map((name) => pool.add(name))).toEqual(places)
    expect(pool.textAt(59_999)).toBe('会员会员会员59999')
  })

  it('finds a character anywhere in a text, and nowhere else', () => {
    const pool = new TextPool(1000)
    const [rounded, plain] = [pool.add('6.9E+12'), pool.add('R000001')]
    expect(pool.hasByte(rounded, 0x2b)).toBe(true)
    expect(pool.hasByte(plain, 0x2b)).toBe(false)
  })
})
