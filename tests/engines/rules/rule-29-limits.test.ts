import { expect, it } from 'vitest'
import { queryLimits } from '../../../electron/engine/query/run-query.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import { edgeLayout } from '../../../shared/query/crosstab/edge-layout.ts'
import { spread } from '../../../shared/query/spread/spread.ts'
import { byShop, sales, tinyAnswer, tinyValues } from '../../support/tiny-engines.ts'

it('a cut of what is displayed leaves totals over all rows', async () => {
  const values = await tinyValues({ rows: [...byShop], measures: [sales], totals: { rows: 'all' } })
  const shown = Object.entries(values).slice(0, 2)
  expect(shown).toEqual([
    ['East/A', 60],
    ['East/B', 10],
  ])
  expect([values['East'], values['Total']]).toEqual([100, 225])
  const { rows } = await tinyAnswer({
    rows: [...byShop],
    measures: [sales],
    totals: { rows: 'all' },
  })
  expect(edgeLayout(rows).lines).toHaveLength(rows.paths.length)
})

it('a crosstab that is too large is refused with its size, never cut', () => {
  const members = Array.from({ length: 50 }, (_, n) => String(n))
  const keys = members.flatMap((_one, r) => members.map((_other, c) => [r, c] as const))
  const answer = spread(
    {
      rowMembers: [{ members }],
      columnMembers: [{ members }],
      leaf: {
        ...{ rowDepth: 1, columnDepth: 1, count: keys.length },
        keys: [Int32Array.from(keys, ([r]) => r), Int32Array.from(keys, ([, c]) => c)],
      },
      leafRows: new Float64Array(keys.length).fill(1),
      measures: [],
    },
    {
      query: ReportQuery.parse({ dataset: 'd', rows: [{ field: 'a' }], columns: [{ field: 'b' }] }),
      maxCells: 1000,
    },
  )
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'query/tooLarge', details: { rows: 51, columns: 51, cells: 2601, limit: 1000 } },
  })
  expect(queryLimits.cells).toBeGreaterThanOrEqual(200_000)
})
