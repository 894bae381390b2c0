import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Marks } from '../../../shared/people/clusters.ts'
import { alikeDays, Clusters } from '../../../shared/people/clusters.ts'

const byName = (a: string, b: string): number => (a < b ? -1 : 1)
const account = fc.integer({ min: 0, max: 14 }).map((place) => `a${String(place).padStart(2, '0')}`)
const pairs = fc.array(fc.tuple(account, account), { maxLength: 25 })

function joined(list: readonly (readonly [string, string])[]): Clusters {
  const clusters = new Clusters(byName)
  for (const [a, b] of list) clusters.join(a, b)
  return clusters
}

/** Who is reached from an account over pairs, in plain search. */
function reached(from: string, list: readonly (readonly [string, string])[]): Set<string> {
  const found = new Set([from])
  for (const one of found) {
    for (const [a, b] of list) {
      if (a === one) found.add(b)
      if (b === one) found.add(a)
    }
  }
  return found
}

test('people are what accepted pairs connect, whatever order they came in', () => {
  fc.assert(
    fc.property(pairs, (list) => {
      const clusters = joined(list)
      const backwards = joined(list.toReversed())
      for (const one of new Set(list.flat())) {
        const own = [...reached(one, list)].toSorted()
        expect(clusters.accountsWith(one).toSorted()).toEqual(own)
        expect(backwards.accountsWith(one).toSorted()).toEqual(own)
        expect(own).toContain(clusters.founderOf(one))
      }
    }),
  )
})

test('a person keeps its founder when accounts join that were nobody else’s', () => {
  fc.assert(
    fc.property(pairs, account, (list, known) => {
      const clusters = joined(list)
      const founders = new Map(
        [...new Set(list.flat())].map((one) => [one, clusters.founderOf(one)]),
      )
      clusters.join(known, 'z-new')
      clusters.join('z-newer', known)
      if (clusters.accountsWith(known).length > 3) expect(clusters.founderOf('z-new')).toBe(founders.get(known)) // prettier-ignore
      for (const [one, founder] of founders) {
        if (!clusters.together(one, known)) expect(clusters.founderOf(one)).toBe(founder)
      }
    }),
  )
})

test('nobody told apart is joined by a chain, and no person has two birthdays of other years', () => {
  const days = ['', '1990-03-04', '1990-04-03', '1971-12-30']
  const marks = fc.array(fc.constantFrom(...days), { minLength: 15, maxLength: 15 })
  fc.assert(
    fc.property(pairs, pairs, marks, (accepted, rejected, birthdays) => {
      const told = new Set(rejected.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))
      const marksOf = (name: string): Marks => ({ birthday: birthdays[Number(name.slice(1))] ?? '', idNumber: '', gender: '' }) // prettier-ignore
      const clusters = new Clusters(byName)
      const contradict = (a: string, b: string): boolean => {
        const [one, other] = [marksOf(a).birthday, marksOf(b).birthday]
        return one !== '' && other !== '' && !alikeDays(one, other)
      }
      for (const [a, b] of accepted) {
        // As when pairs are accepted unasked: neither the two nor anybody who comes along.
        if (told.has(`${a} ${b}`) || contradict(a, b)) continue
        if (clusters.conflict(a, b, (one, other) => told.has(`${one} ${other}`), marksOf)) continue
        clusters.join(a, b)
      }
      for (const { accounts } of clusters.people()) {
        for (const one of accounts) {
          for (const other of accounts) {
            if (one === other) continue
            expect(told.has(`${one} ${other}`)).toBe(false)
            expect(contradict(one, other)).toBe(false)
          }
        }
      }
    }),
  )
})

test('a day is alike another with day and month swapped, one digit another, or two beside each other swapped', () => {
  expect(alikeDays('1990-03-04', '1990-04-03')).toBe(true)
  expect(alikeDays('1990-03-04', '1990-03-14')).toBe(true)
  expect(alikeDays('1990-03-12', '1990-03-21')).toBe(true)
  expect(alikeDays('1990-01-23', '1990-02-13')).toBe(true)
  expect(alikeDays('1990-03-04', '1991-03-14')).toBe(false)
  expect(alikeDays('1990-03-04', '1971-12-30')).toBe(false)
})
