import fc from 'fast-check'
import { expect, test } from 'vitest'
import { traits } from '../../../shared/people/settings.ts'
import type { Comparison } from '../../../shared/people/weights.ts'
import {
  comparedOrder,
  comparisonOf,
  comparisonText,
  contradicts,
  levels,
  percentOf,
  priorWeight,
  reasonsOf,
  sameWeight,
  totalOf,
  weights,
} from '../../../shared/people/weights.ts'
import { isMessageKey } from '../../../shared/text/messages.ts'

const comparison: fc.Arbitrary<Comparison> = fc.record({
  phone: fc.constantFrom(...levels.phone),
  name: fc.constantFrom(...levels.name),
  birthday: fc.constantFrom(...levels.birthday),
  email: fc.constantFrom(...levels.email),
  idNumber: fc.constantFrom(...levels.idNumber),
  address: fc.constantFrom(...levels.address),
  gender: fc.constantFrom(...levels.gender),
})

test('a comparison survives being written as text', () => {
  fc.assert(
    fc.property(comparison, (one) => {
      expect(comparisonOf(comparisonText(one))).toEqual(one)
    }),
  )
})

test('an agreement counts the less the more accounts have the value, and never more than for a rare one', () => {
  fc.assert(
    fc.property(fc.constantFrom('phone', 'name', 'birthday', 'email', 'idNumber', 'address'), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (trait, a, b) => {
      const [few, many] = [Math.min(a, b), Math.max(a, b)]
      expect(sameWeight(trait, many, 10_000)).toBeLessThanOrEqual(sameWeight(trait, few, 10_000))
      expect(sameWeight(trait, few, 10_000)).toBeLessThanOrEqual(weights[trait].same)
    }),
  )
}) // prettier-ignore

test('the chance grows with the total, is even at nought, and a limit is met by the least total of that chance', () => {
  expect(percentOf(0)).toBe(50)
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 400 }), (total) => {
      expect(percentOf(total + 1)).toBeGreaterThanOrEqual(percentOf(total))
    }),
  )
  for (const percent of [20, 50, 66.6, 90, 99, 99.9]) {
    expect(percentOf(totalOf(percent))).toBeGreaterThanOrEqual(percent)
    expect(percentOf(totalOf(percent) - 1)).toBeLessThan(percent)
  }
})

test('the weights are those of the documentation for a pair worked out by hand', () => {
  // 30,600 accounts: prior log2(1 / 306,000) is -18.2; phone +18, a name five bear log2(0.9 * 30,600 / 4) = +12.7.
  expect(priorWeight(30_600)).toBe(-182)
  expect(sameWeight('name', 5, 30_600)).toBe(127)
  expect(sameWeight('phone', 2, 30_600)).toBe(180)
  // A phone given for fifty members: log2(0.9 * 30,600 / 50) = +9.1.
  expect(sameWeight('phone', 50, 30_600)).toBe(91)
  expect(percentOf(-182 + 180 + 127)).toBe(99.9)
  expect(percentOf(-182 + 127 + 140 - 25)).toBe(98.4)
})

test('every level that is not blank is a reason, for or against, and has its words', () => {
  for (const trait of comparedOrder) {
    for (const level of levels[trait]) {
      if (level === 'blank') continue
      expect(isMessageKey(`people.reason.${trait}.${level}`)).toBe(true)
    }
  }
  fc.assert(
    fc.property(comparison, (one) => {
      const reasons = reasonsOf(one)
      expect(reasons).toHaveLength(traits.filter((trait) => one[trait] !== 'blank').length)
      const lastFor = reasons.findLastIndex(({ speaks }) => speaks === 'for')
      const firstAgainst = reasons.findIndex(({ speaks }) => speaks === 'against')
      if (firstAgainst >= 0) expect(firstAgainst).toBeGreaterThan(lastFor)
    }),
  )
})

test('another birthday, identity number or gender is a contradiction; another phone or a slip is none', () => {
  expect(contradicts(comparisonOf('1140002'))).toBe(true)
  expect(contradicts(comparisonOf('3113031'))).toBe(false)
  expect(contradicts(comparisonOf('1130001'))).toBe(false)
})
