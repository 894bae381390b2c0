import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { queryLimits } from '../../../electron/engine/query/query-tools.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import { edgeLayout } from '../../../shared/query/crosstab/edge-layout.ts'
import { spread } from '../../../shared/query/spread/spread.ts'
import { engine, extractEngine, liveEngine } from '../../support/query-engines.ts'
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
    error: {
      code: 'query/tooLarge',
      details: { reason: 'cells', rows: 51, columns: 51, cells: 2601, limit: 1000 },
    },
  })
  expect(queryLimits.cells).toBeGreaterThanOrEqual(200_000)
})

it('is counted before it is asked, and asked when a filter or a top-N makes it fit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'storeboard-limits-'))
  try {
    const fields = ['shop', 'day'].map(
      (name) => ({ name, type: 'text', role: 'dimension' }) as const,
    )
    const rows = Array.from({ length: 1100 }, (_, n) => ({ shop: `s${n}`, day: `d${n}` }))
    for (const plain of [
      await extractEngine(folder, fields, rows, '2025-03-31'),
      liveEngine(folder, fields, rows, '2025-03-31'),
    ]) {
      const texts: string[] = []
      const counted = engine(plain.name, plain.catalog, {
        run: (target, statement, signal) => {
          texts.push(statement.text)
          return plain.tools.runner.run(target, statement, signal)
        },
      })
      const asked = (shop: object, filters: object[] = []) =>
        counted.ask({
          ...{ dataset: 'sales', filters: filters as never },
          rows: [{ field: 'shop', ...shop }],
          columns: [{ field: 'day' }],
          measures: [{ aggregate: 'count', as: 'n' }],
        })
      expect(await asked({})).toMatchObject({
        error: {
          code: 'query/tooLarge',
          details: { reason: 'cells', rows: 1101, columns: 1101, cells: 1_212_201 },
        },
      })
      // One count an edge; nothing was grouped by both.
      expect(texts).toHaveLength(2)
      const top = await asked({ top: { count: 20, measure: 'n', others: true } })
      expect(top.ok && [top.value.rows.paths.length, top.value.columns.paths.length]).toEqual([21, 1100]) // prettier-ignore
      const some = [{ field: 'shop', op: 'in', values: ['s1', 's2'] }]
      const filtered = await asked({}, some)
      expect(filtered.ok && filtered.value.cells[0]?.values).toHaveLength(4)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
