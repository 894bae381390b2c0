import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutModel } from '../../../../renderer/data/model/model-layout.ts'
import type { ModelNode, Place } from '../../../../renderer/data/model/model-layout.ts'
import { fitted, zoomedAt } from '../../../../renderer/data/model/use-viewport.ts'
import type { Edge } from '../../../../shared/data/relationship-graph.ts'
import { edgeConflict } from '../../../../shared/data/relationship-graph.ts'

const node = (id: string, height = 160): ModelNode => ({ id, width: 216, height })
const edge = (from: string, to: string): Edge => ({
  from: { dataset: from, fields: ['k'] },
  to: { dataset: to, fields: ['k'] },
})

function overlapping(places: readonly Place[]): string[] {
  return places.flatMap((a, at) =>
    places
      .slice(at + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.id} ${b.id}`),
  )
}

/** Any steps that may be added, so models as the engine lets them come about. */
const model = fc
  .record({
    heights: fc.array(fc.integer({ min: 80, max: 400 }), { minLength: 1, maxLength: 40 }),
    steps: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 60 }),
  })
  .map(({ heights, steps }) => {
    const nodes = heights.map((height, n) => node(`d${n}`, height))
    const edges: Edge[] = []
    for (const [from, to] of steps) {
      const fresh = edge(`d${from % heights.length}`, `d${to % heights.length}`)
      if (edgeConflict(fresh, edges) === null) edges.push(fresh)
    }
    return { nodes, edges }
  })

describe('the layout of a model', () => {
  it('sets no card on another and none outside, whatever is related', () => {
    fc.assert(
      fc.property(model, ({ nodes, edges }) => {
        const { places, width, height } = layoutModel(nodes, edges)
        const all = [...places.values()]
        expect(all.map(({ id }) => id).toSorted()).toEqual(nodes.map(({ id }) => id).toSorted())
        expect(overlapping(all)).toEqual([])
        for (const place of all) {
          expect(place.x).toBeGreaterThanOrEqual(0)
          expect(place.y).toBeGreaterThanOrEqual(0)
          expect(place.x + place.width).toBeLessThanOrEqual(width)
          expect(place.y + place.height).toBeLessThanOrEqual(height)
        }
      }),
    )
  })

  it('has facts in the middle, what they lead to on both sides, and further steps further out', () => {
    const nodes = ['sales', 'points', 'members', 'products', 'shops', 'alone'].map((id) => node(id))
    const edges = [
      edge('sales', 'members'),
      edge('sales', 'products'),
      edge('points', 'members'),
      edge('members', 'shops'),
    ]
    const { places } = layoutModel(nodes, edges)
    const x = (id: string): number => places.get(id)?.x ?? NaN
    expect(x('sales')).toBe(x('points'))
    const sides = [x('members') - x('sales'), x('products') - x('sales')]
    expect(Math.sign(sides[0] ?? 0)).toBe(-Math.sign(sides[1] ?? 0))
    expect(Math.abs(x('shops') - x('sales'))).toBeGreaterThan(Math.abs(sides[0] ?? 0))
    const lowest = Math.max(...nodes.slice(0, 5).map(({ id }) => places.get(id)?.y ?? 0))
    expect(places.get('alone')?.y).toBeGreaterThan(lowest)
  })

  it('of an empty workspace takes no room', () => {
    expect(layoutModel([], []).places.size).toBe(0)
  })
})

describe('what of it is in sight', () => {
  it('is everything at first, never larger than life', () => {
    expect(fitted({ width: 2000, height: 500 }, { width: 1000, height: 1000 }).zoom).toBe(0.5)
    expect(fitted({ width: 100, height: 100 }, { width: 1000, height: 1000 }).zoom).toBe(1)
  })

  it('stays under the pointer while zooming, within limits', () => {
    const view = { x: 10, y: 20, zoom: 1 }
    const next = zoomedAt(view, 1.5, 110, 220)
    expect([(110 - next.x) / next.zoom, (220 - next.y) / next.zoom]).toEqual([100, 200])
    expect(zoomedAt(view, 100, 0, 0).zoom).toBe(2)
    expect(zoomedAt(view, 0.0001, 0, 0).zoom).toBe(0.2)
  })
})
