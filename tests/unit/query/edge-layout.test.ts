import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Member } from '../../../shared/data/cell-value.ts'
import { edgeLayout } from '../../../shared/query/crosstab/edge-layout.ts'
import type { ResultAxis } from '../../../shared/query/query-result.ts'
import { AxisTree } from '../../../shared/query/spread/axis-tree.ts'
import { displayOrder, sortedTree } from '../../../shared/query/spread/axis-order.ts'

const axis = (depth: number, paths: Member[][]): ResultAxis => ({
  fields: Array.from({ length: depth }, (_, n) => ({ field: `d${n}`, type: 'text' })),
  totals: 'all',
  paths,
})

describe('heads of a crosstab edge', () => {
  it('a member spans its children and their subtotal; totals span the levels below', () => {
    const layout = edgeLayout(axis(2, [['A', 'x'], ['A', 'y'], ['A'], ['B', 'x'], ['B'], []]))
    const short = layout.heads.map((level) =>
      level.map(
        ({ kind, member, start, span, levels }) =>
          `${kind}:${String(member)}@${start}+${span}/${levels}`,
      ),
    )
    expect(short).toEqual([
      ['member:A@0+3/1', 'member:B@3+2/1', 'grandTotal:null@5+1/2'],
      [
        'member:x@0+1/1',
        'member:y@1+1/1',
        'subtotal:null@2+1/1',
        'member:x@3+1/1',
        'subtotal:null@4+1/1',
      ],
    ])
    expect(layout.lines).toEqual([
      'member',
      'member',
      'subtotal',
      'member',
      'subtotal',
      'grandTotal',
    ])
  })

  it('equal child names under different parents are different heads, blank is a head of its own', () => {
    const layout = edgeLayout(
      axis(2, [
        ['A', 'x'],
        ['B', 'x'],
        [null, 'x'],
      ]),
    )
    expect(layout.heads[1]?.map(({ path }) => path)).toEqual([
      ['A', 'x'],
      ['B', 'x'],
      [null, 'x'],
    ])
  })

  it('an edge without dimensions is one line', () => {
    const layout = edgeLayout(axis(0, [[]]))
    expect(layout.heads).toEqual([
      [expect.objectContaining({ kind: 'grandTotal', span: 1, levels: 1 })],
    ])
  })

  it('every line and level is covered exactly once, whatever the tree', () => {
    const tree = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(3)), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(tree, fc.constantFrom('none', 'grand', 'all'), (leaves, totals) => {
        const axisTree = new AxisTree(3)
        for (const leaf of leaves) leaf.reduce((node, member) => axisTree.child(node, member), 0)
        const children = sortedTree({
          tree: axisTree,
          sorts: [],
          captionRanks: [0, 1, 2].map(() => Int32Array.of(0, 1, 2, 3)),
          memberOf: (node) => axisTree.members[node] ?? 0,
          valueOf: () => 0,
        })
        const asked = { totals, hidesSingles: false, aside: false }
        const order = displayOrder(axisTree, children, asked).answered
        const layout = edgeLayout(
          axis(
            3,
            order.map((node) => axisTree.pathOf(node)),
          ),
        )
        const covered = layout.lines.map(() => [0, 0, 0])
        for (const head of layout.heads.flat()) {
          for (let line = head.start; line < head.start + head.span; line++) {
            for (let level = head.level; level < head.level + head.levels; level++)
              covered[line]![level]!++
          }
        }
        expect(covered.every((line) => line.every((count) => count === 1))).toBe(true)
      }),
    )
  })
})
