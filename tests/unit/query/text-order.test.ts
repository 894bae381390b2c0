import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareText } from '../../../shared/query/text-order.ts'

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })

it('orders by pinyin, and numbers inside text by value', () => {
  const sorted = ['门店10', '门店9', '北京', '上海', 'Shop 10', 'Shop 2', '安徽'].toSorted(
    compareText,
  )
  expect(sorted).toEqual(['安徽', '北京', '门店9', '门店10', '上海', 'Shop 2', 'Shop 10'])
})

const mixed = fc.string({
  unit: fc.constantFrom('0', '1', '9', 'A', 'a', 'b', '-', '.', ' ', '店', ':', '+', 'é'),
  maxLength: 8,
})

it('says of numbers of one form what the collator says of them', () => {
  const form = fc.array(fc.oneof(fc.constantFrom('C', '店', '-', '.', '+'), fc.constant('#')), { maxLength: 9 }) // prettier-ignore
  const digit = fc.integer({ min: 0, max: 9 })
  const two = fc.tuple(form, fc.array(digit, { minLength: 9, maxLength: 9 }), fc.array(digit, { minLength: 9, maxLength: 9 })) // prettier-ignore
  fc.assert(
    fc.property(two, ([shape, left, right]) => {
      const write = (digits: readonly number[]) =>
        shape.map((part, i) => (part === '#' ? String(digits[i]) : part)).join('')
      const [a, b] = [write(left), write(right)]
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(collator.compare(a, b)))
    }),
    { numRuns: 2000 },
  )
})

it('says of names with a number behind them what the collator says of them', () => {
  const name = fc.constantFrom('Shop ', '门店', 'v1.', 'A-', '', '3号店', 'é')
  const number = fc.oneof(fc.nat(120).map(String), fc.constantFrom('007', '0', ' ', '12a'))
  fc.assert(
    fc.property(name, number, name, number, (first, left, second, right) => {
      const [a, b] = [first + left, second + right]
      // Texts the collator holds for equal are told apart by their signs.
      const said = collator.compare(a, b)
      if (said !== 0) expect(Math.sign(compareText(a, b))).toBe(Math.sign(said))
      else expect(compareText(a, b) === 0).toBe(a === b)
    }),
    { numRuns: 3000 },
  )
})

it('is a total order', () => {
  fc.assert(
    fc.property(mixed, mixed, mixed, (a, b, c) => {
      expect(Math.sign(compareText(a, b))).toBe(-Math.sign(compareText(b, a)) || 0)
      expect(compareText(a, b) === 0).toBe(a === b)
      const [x, y, z] = [a, b, c].toSorted(compareText)
      expect(compareText(x ?? '', z ?? '')).toBeLessThanOrEqual(0)
      expect(compareText(y ?? '', z ?? '')).toBeLessThanOrEqual(0)
    }),
    { numRuns: 3000 },
  )
})
