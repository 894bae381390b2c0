import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { DictionaryReader } from '../../electron/engine/query/dictionary-reader.ts'
import type { QueryCatalog } from '../../electron/engine/query/query-catalog.ts'
import type { QueryRunner } from '../../electron/engine/query/query-runner.ts'
import { runQuery } from '../../electron/engine/query/run-query.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { importParts, partOf } from '../support/import-files.ts'
import { plainCells } from '../support/query-engines.ts'
import { tempFolder } from '../support/temp-folder.ts'

const count = 1_000_000
const regions = ['华东', '华南', '华北', '西南', '东北', '西北']

interface Expected {
  readonly cents: Map<string, number>
  readonly members: Map<string, Set<number>>
  /** Cents of every receipt; there are more receipts than a crosstab may have rows. */
  readonly receipts: Map<string, number>
}

/** A million lines by a small generator, and beside them their sums and members by plain arithmetic. */
async function writeSales(path: string): Promise<Expected> {
  const file = createWriteStream(path)
  const cents = new Map<string, number>()
  const members = new Map<string, Set<number>>()
  const receipts = new Map<string, number>()
  let state = 1
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  file.write('区域,月份,会员号,小票号,金额\n')
  for (let start = 0; start < count; start += 10_000) {
    let text = ''
    for (let row = start; row < start + 10_000; row++) {
      const region = regions[next(regions.length)] ?? ''
      const month = 1 + next(12)
      const member = next(200_000)
      const amount = next(100_000) - 500
      const receipt = `R${String(next(700_000)).padStart(7, '0')}`
      const day = `2025-${String(month).padStart(2, '0')}-15`
      text += `${region},${day},${String(member).padStart(8, '0')},${receipt},${(amount / 100).toFixed(2)}\n`
      receipts.set(receipt, (receipts.get(receipt) ?? 0) + amount)
      for (const key of [region, `${region}/${month}`, '']) {
        cents.set(key, (cents.get(key) ?? 0) + amount)
        const seen = members.get(key) ?? new Set()
        members.set(key, seen.add(member))
      }
    }
    if (!file.write(text)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  return { cents, members, receipts }
}

test('a million rows are imported whole, and every sum, distinct count, subtotal and leader is that of plain arithmetic', async () => {
  const folder = tempFolder()
  const csv = join(folder, 'sales.csv')
  const expected = await writeSales(csv)
  const imported = await importParts(folder, [partOf(csv)])
  expect(imported.rows).toBe(count)
  const session = await openExtractSession({
    kind: 'openExtracts',
    extracts: [{ alias: 'ds_sales00_v1', path: imported.target }],
    memoryLimitMb: 1024,
    tempFolder: folder,
    threads: 2,
  })
  const runner: QueryRunner = {
    run: async (_target, { text, values }) => {
      const answer = await session.run(text, values, 1)
      return { rows: answer.rows, columns: new Map(answer.columns) }
    },
  }
  const storage = { kind: 'extract' as const, alias: 'ds_sales00_v1', path: imported.target }
  const catalog: QueryCatalog = {
    datasets: [
      {
        id: 'ds_sales00',
        name: 'sales',
        version: 1,
        rows: count,
        dataAsOf: '',
        lastDay: null,
        fields: imported.fields.map((field, index) => ({ ...field, index })),
        storage,
      },
    ],
    relations: [],
  }
  const tools = {
    runner,
    dictionaries: new DictionaryReader(runner),
    clock: () => ({ today: 0 }),
    now: () => 0,
  }
  const query = ReportQuery.parse({
    dataset: 'sales',
    rows: [{ field: '区域' }, { field: '月份', grain: 'month' }],
    measures: [
      { field: '金额', aggregate: 'sum' },
      { field: '会员号', aggregate: 'countDistinct' },
    ],
    totals: { rows: 'all' },
  })
  const outcome = await runQuery(query, catalog, tools, new AbortController().signal)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  const cells = plainCells(outcome.value)
  expect(outcome.value.rows.paths).toHaveLength(6 * 13 + 1)
  outcome.value.rows.paths.forEach((path, index) => {
    const month = path[1] === undefined ? '' : `/${Number(String(path[1]).slice(5))}`
    const key = path.length === 0 ? '' : `${String(path[0])}${month}`
    expect(cells[index]?.[0]).toEqual([
      (expected.cents.get(key) ?? NaN) / 100,
      expected.members.get(key)?.size,
    ])
  })

  const best = ReportQuery.parse({
    dataset: 'sales',
    rows: [
      {
        field: '小票号',
        top: { count: 10, measure: 'sales' },
        sort: { by: 'measure', measure: 'sales', direction: 'descending' },
      },
    ],
    measures: [{ field: '金额', aggregate: 'sum', as: 'sales' }],
  })
  const ranked = await runQuery(best, catalog, tools, new AbortController().signal)
  if (!ranked.ok) throw new Error(JSON.stringify(ranked.error))
  const leaders = [...expected.receipts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  expect(expected.receipts.size).toBeGreaterThan(500_000)
  expect(ranked.value.rows.paths).toEqual(leaders.slice(0, 10).map(([receipt]) => [receipt]))
})
