import { expect, it } from 'vitest'
import { tints } from '../../../shared/query/stage/tint.ts'
import { byShop, sales, tinyAnswer } from '../../support/tiny-engines.ts'

const strengths = async (over: 'leaves' | 'totals' | 'parent') => {
  const result = await tinyAnswer({ rows: [...byShop], measures: [sales], totals: { rows: 'all' } })
  const of = tints(result, 0, over)
  return Object.fromEntries(
    result.rows.paths.map((path, place) => [path.map(String).join('/'), of(place)] as const),
  )
}

it('over leaves by default: totals have no colour and stretch no scale', async () => {
  // Leaves from F 0 to A 60.
  const leaves = await strengths('leaves')
  expect(leaves).toMatchObject({ 'East/A': 1, 'East/C': 0.5, 'North/F': 0, East: null, '': null })
})

it('with totals, or within each parent', async () => {
  const totals = await strengths('totals')
  expect(totals).toMatchObject({ '': 1, 'North/F': 0, North: 0 })
  expect(totals['East/A']).toBeCloseTo(60 / 225, 10)
  // East from B 10 to A 60; D and E are equal, so neither is stronger.
  const parent = await strengths('parent')
  expect(parent).toMatchObject({
    'East/A': 1,
    'East/B': 0,
    'East/C': 0.4,
    'West/D': 0.5,
    East: null,
  })
})
