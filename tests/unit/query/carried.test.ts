import { expect, it } from 'vitest'
import { buildGrid } from '../../../shared/query/spread/cell-grid.ts'
import { carriedCells } from '../../../shared/query/spread/carried.ts'
import type { ExactValues } from '../../../shared/query/spread/level-input.ts'

/** One shop over ten days told of on some of them; only the lines of some days are shown. */
function carried(which: 'opening' | 'closing', told: ExactValues, replaced: ExactValues) {
  const leaf = { rowDepth: 1, columnDepth: 0, count: 4, keys: [Int32Array.of(0, 1, 2, 3)] }
  const grid = buildGrid({ leaf }, { rows: [1], columns: [0] })
  const cells = carriedCells(
    {
      ...{ kind: 'carried', which, scale: 0, until: 8, given: [] },
      levels: [
        {
          ...{ rowDepth: 1, columnDepth: 0, count: 2, keys: [Int32Array.of(-1, -1)] },
          days: [(member) => ({ first: member * 3, last: member * 3 + 2 })],
          within: undefined,
          from: Float64Array.of(6, 3),
          ...{ told, replaced },
          firsts: told instanceof Float64Array ? Float64Array.of(0, told[1]!) : [0n, told[1]!],
          fresh: Float64Array.of(0, 1),
        },
      ],
    },
    grid,
  )
  return [1, 2, 3, 4].map((node) => {
    const at = grid.cellAt(node, 0)
    return cells.exact?.wide ? cells.exact.wide[at] : cells.exact?.numbers?.[at]
  })
}

it('stands from the day it is told until another is, and ends with the data', () => {
  const numbers = [Float64Array.of(7, 5), Float64Array.of(5, NaN)] as const
  expect(carried('closing', ...numbers)).toEqual([NaN, 5, 7, NaN])
  expect(carried('opening', ...numbers)).toEqual([NaN, 5, 5, NaN])
})

it('is exact beyond what a double holds', () => {
  const large = 2n ** 60n
  const wide = [
    [large + 7n, large + 5n],
    [large + 5n, null],
  ] as const
  expect(carried('closing', ...wide)).toEqual([null, large + 5n, large + 7n, null])
})
