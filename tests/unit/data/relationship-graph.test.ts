import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edge } from '../../../shared/data/relationship-graph.ts'
import {
  datasetsOn,
  edgeConflict,
  reachedFrom,
  waysBetween,
} from '../../../shared/data/relationship-graph.ts'

const edge = (from: string, to: string): Edge => ({
  from: { dataset: from, fields: ['k'] },
  to: { dataset: to, fields: ['k'] },
})
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

/** Every way by brute force, however long. */
function allWays(
  from: string,
  to: string,
  edges: readonly Edge[],
  passed: string[] = [],
): string[][] {
  if (from === to) return [[to]]
  return edges
    .filter((one) => one.from.dataset === from && !passed.includes(one.to.dataset))
    .flatMap((one) => allWays(one.to.dataset, to, edges, [...passed, from]))
    .map((way) => [from, ...way])
}

const steps = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), {
  maxLength: 25,
})

describe('steps between datasets', () => {
  it('may be added as long as each dataset leads to each other by one way at most, and never to itself', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        const edges: Edge[] = []
        for (const [from, to] of asked) {
          const fresh = edge(from, to)
          const conflict = edgeConflict(fresh, edges)
          const next = [...edges, fresh]
          const harms = names.some((one) =>
            names.some((other) =>
              one === other
                ? next.some(
                    (step) =>
                      step.from.dataset === one && allWays(step.to.dataset, one, next).length > 0,
                  )
                : allWays(one, other, next).length > 1,
            ),
          )
          expect(conflict !== null, `${from} to ${to}`).toBe(harms)
          if (conflict === null) edges.push(fresh)
        }
        for (const one of names) {
          for (const other of names) {
            if (one === other) continue
            const ways = waysBetween(one, other, edges).map((way) => datasetsOn(one, way))
            expect(ways).toEqual(allWays(one, other, edges))
            expect(reachedFrom(one, edges).has(other)).toBe(ways.length > 0)
          }
        }
      }),
    )
  })

  it('that are refused name the ways', () => {
    const edges = [edge('lines', 'members'), edge('members', 'shops')]
    expect(edgeConflict(edge('lines', 'members'), edges)).toEqual({ kind: 'samePair' })
    expect(edgeConflict(edge('shops', 'lines'), edges)).toEqual({
      kind: 'cycle',
      way: ['shops', 'lines', 'members', 'shops'],
    })
    expect(edgeConflict(edge('lines', 'shops'), edges)).toEqual({
      kind: 'ambiguous',
      ways: [
        ['lines', 'members', 'shops'],
        ['lines', 'shops'],
      ],
    })
    expect(edgeConflict(edge('points', 'members'), edges)).toBeNull()
  })
})
