import { describe, expect, it } from 'vitest'
import { cumulate, Random } from '../../../scripts/sample/rng.ts'

describe('seeded chance', () => {
  it('repeats itself for a name and differs between names', () => {
    const draw = (name: string) => {
      const random = new Random(name)
      return Array.from({ length: 8 }, () => random.below(1000))
    }
    expect(draw('members')).toEqual(draw('members'))
    expect(draw('members')).not.toEqual(draw('sales'))
  })

  it('draws indexes in proportion to their weights, inside the asked range', () => {
    const random = new Random('weights')
    const weights = cumulate([1, 0, 3, 6])
    const seen = [0, 0, 0, 0]
    for (let i = 0; i < 10_000; i++) seen[random.index(weights)]!++
    expect(seen[1]).toBe(0)
    expect(seen[3]! / 10_000).toBeCloseTo(0.6, 1)
    for (let i = 0; i < 100; i++) expect(random.index(weights, 2, 2)).toBe(2)
  })

  it('shuffles without losing anything', () => {
    const list = Array.from({ length: 50 }, (_, i) => i)
    const mixed = new Random('mix').shuffle(list)
    expect(mixed).not.toEqual(list)
    expect(mixed.toSorted((a, b) => a - b)).toEqual(list)
  })

  it('counts rare events around their mean', () => {
    const random = new Random('events')
    let sum = 0
    for (let i = 0; i < 5000; i++) sum += random.poisson(3)
    expect(sum / 5000).toBeCloseTo(3, 0)
  })
})
