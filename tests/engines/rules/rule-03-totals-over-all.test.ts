import { expect, it } from 'vitest'
import { byShop, sales, tinyAnswer, tinyValues } from '../../support/tiny-engines.ts'
import { totalCaption } from '../../../shared/report/captions.ts'
import { textIn } from '../../../shared/text/messages.ts'

const filters = [{ field: 'shop', op: 'in' as const, values: ['A', 'B', 'D'] }]

it('totals cover what is visible', async () => {
  const visible = await tinyValues({
    rows: [...byShop],
    measures: [sales],
    filters,
    totals: { rows: 'all' },
  })
  expect(visible).toEqual({
    'East/A': 60,
    'East/B': 10,
    East: 70,
    'West/D': 50,
    West: 50,
    Total: 120,
  })
})

it('or all members, when asked: leaves stay, totals also count C, E, F and G', async () => {
  const asked = {
    rows: [...byShop],
    measures: [sales],
    filters,
    totals: { rows: 'all' as const, over: 'all' as const },
  }
  expect(await tinyValues(asked)).toEqual({
    'East/A': 60,
    'East/B': 10,
    East: 100,
    'West/D': 50,
    West: 100,
    Total: 225,
  })
  const share = await tinyValues({
    ...asked,
    measures: [{ ...sales, show: { as: 'percent', of: 'parentRow' } }],
  })
  expect(share['East/A']).toBe(0.6)
})

it('a top-N is left out of them as well, and filters on other fields stay', async () => {
  const top = await tinyValues({
    rows: [{ field: 'region', top: { count: 1, measure: 'sales' } }],
    measures: [sales],
    filters: [{ field: 'day', op: 'range', from: '2025-02-01' }],
    totals: { rows: 'grand', over: 'all' },
  })
  // From February on: East 20 + 30, West 50 - 10, North 0, blank 25.
  expect(top).toEqual({ East: 50, Total: 115 })
})

it('is marked', async () => {
  const answer = await tinyAnswer({
    rows: [...byShop],
    measures: [sales],
    totals: { rows: 'all', over: 'all' },
  })
  expect(answer.rows.over).toBe('all')
  expect(totalCaption(answer.measures, textIn('en'), 'rows', answer.rows.over)).toBe(
    'Total (incl. filtered out)',
  )
})
