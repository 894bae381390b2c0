import { expect, it } from 'vitest'
import { besideCells } from '../../../shared/query/stage/beside.ts'
import { differences } from '../../../shared/query/stage/differences.ts'
import type { StageAxis, StageGrid } from '../../../shared/query/stage/stage-grid.ts'

/** Lines under one total, and how often the list of them was read from. */
function flat(lines: number): { grid: StageGrid; reads: () => number } {
  let reads = 0
  const siblings = Array.from({ length: lines }, (_, at) => at + 1)
  const counted = new Proxy(siblings, {
    get: (list, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads++
      return Reflect.get(list, key) as unknown
    },
  })
  const tree = {
    ...{ depth: 1, depths: [0, ...siblings.map(() => 1)], parents: [-1, ...siblings.map(() => 0)] },
    pathOf: (node: number) => (node === 0 ? [] : [node]),
    childOf: (node: number) => node,
  }
  const axis = (nodes: readonly number[], own: readonly number[]): StageAxis => ({
    ...{ tree: tree as unknown as StageAxis['tree'], answered: nodes, aside: new Set<number>() },
    ...{ children: (node) => (node === 0 ? own : []), memberOf: (node) => node },
    isOthers: () => false,
  })
  const grid = {
    ...{ rows: axis(siblings, counted), columns: axis([0], []), cells: lines + 1 },
    cellAt: (row: number) => row,
  }
  return { grid, reads: () => reads }
}

const lines = 2000
const cells = { floats: Float64Array.from({ length: lines + 1 }, (_, at) => at * at) }
const of = (found: { floats?: Float64Array | undefined }): number[] => [...(found.floats ?? [])].slice(1, 4) // prettier-ignore

it.each(['previous', 'next', 'first', 'last'] as const)(
  'a formula finds its %s line among thousands without reading all of them for each',
  (fn) => {
    const { grid, reads } = flat(lines)
    const found = besideCells(cells, { fn, axis: 'rows', direction: 'descending', window: 0 }, grid)
    const expected = { previous: [NaN, 1, 4], next: [4, 9, 16], first: [1, 1, 1], last: [4e6, 4e6, 4e6] } // prettier-ignore
    expect(of(found)).toEqual(expected[fn])
    expect(reads()).toBeLessThan(20 * lines)
  },
)

it.each(['previous', 'next', { member: 2 }] as const)(
  'so does a difference from the %j line',
  (from) => {
    const { grid, reads } = flat(lines)
    const field = { axis: 'rows', level: 0 } as const
    const found = differences(cells, { as: 'difference', field, from }, grid)
    const expected = from === 'previous' ? [NaN, 3, 5] : from === 'next' ? [-3, -5, -7] : [-3, 0, 5]
    expect(of(found)).toEqual(expected)
    expect(reads()).toBeLessThan(20 * lines)
  },
)
