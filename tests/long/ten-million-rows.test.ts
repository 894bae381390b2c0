import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { DictionaryReader } from '../../electron/engine/query/dictionary-reader.ts'
import { profileColumn } from '../../electron/engine/query/profile/profile-column.ts'
import type { QueryField } from '../../electron/engine/query/query-catalog.ts'
import type { QueryRunner } from '../../electron/engine/query/query-runner.ts'
import { RowLists } from '../../electron/engine/query/row-lists.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { movedTo, placeAt } from '../../renderer/data/scroll-map.ts'
import { tempFolder } from '../support/temp-folder.ts'

const rows = 10_000_000
const rowPx = 28
const alias = 'ds_long00_v1'

/** The tables of an extract, filled by the engine itself: a file of this size takes seconds that way. */
async function writeExtract(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(
    `create table rows as select i::integer as row_id, 0::integer as source_id,
     (i + 2)::integer as source_row, (i % 1000)::integer as c0, ('M' || i) as c1
     from range(${rows}) t(i)`,
  )
  await connection.run(
    `create table sources as select 0::integer as source_id, 'long.csv' as name,
     null::varchar as part, 'csv' as kind, ${rows}::integer as rows`,
  )
  await connection.run('checkpoint')
  connection.closeSync()
  instance.closeSync()
}

const field = (index: number, name: string, type: 'integer' | 'text'): QueryField => ({
  ...{ index, name, type, scale: 0, coded: false, wide: false, distinct: -1 },
  role: type === 'text' ? 'identifier' : 'measure',
})

async function longDataset() {
  const folder = tempFolder()
  const path = join(folder, 'long.duckdb')
  await writeExtract(path)
  const session = await openExtractSession({
    kind: 'openExtracts',
    extracts: [{ alias, path }],
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
  const dictionaries = new DictionaryReader(runner)
  const tools = { runner, dictionaries, clock: () => ({ today: 0 }), now: () => 0 }
  const dataset = {
    ...{ id: 'ds_long00', name: 'long', version: 1, rows, lastDay: null },
    dataAsOf: '2026-01-01T00:00:00Z',
    fields: [field(0, 'quantity', 'integer'), field(1, 'member', 'text')],
    storage: { kind: 'extract' as const, alias, path },
  }
  return { tools, catalog: { datasets: [dataset], relations: [] } }
}

const everything = {
  query: {
    dataset: 'long',
    rows: [],
    columns: [],
    measures: [],
    filters: [],
    totals: { rows: 'none' as const, columns: 'none' as const },
  },
  fields: [],
  sort: [],
  limit: 500,
}

it('the last of 10,000,000 rows is under the end of the scroll bar, with its values', async () => {
  const { tools, catalog } = await longDataset()
  const { signal } = new AbortController()
  const lists = new RowLists(tools)
  const open = await lists.open(everything, catalog, signal)
  if (!open.ok) throw new Error(JSON.stringify(open.error))
  expect(open.value.count).toBe(rows)

  const span = { content: open.value.count * rowPx, view: 700 }
  const end = movedTo(Number.MAX_SAFE_INTEGER, placeAt(0, span), span)
  const last = Math.floor((end.top + span.view - 1) / rowPx)
  expect(last).toBe(rows - 1)

  const page = await lists.window(open.value.key, last, 500, signal)
  if (!page.ok) throw new Error(JSON.stringify(page.error))
  expect(page.value.rowIds).toEqual(Float64Array.of(rows - 1))
  expect(page.value.sourceRows).toEqual(Float64Array.of(rows + 1))
  expect(page.value.columns[1]).toMatchObject({ values: [`M${rows - 1}`] })
})

it('every one of 10,000,000 rows counts in the profile of a column', async () => {
  const { tools, catalog } = await longDataset()
  const { signal } = new AbortController()
  const ask = (name: string) =>
    profileColumn({ dataset: 'long', field: name }, catalog, tools, signal)
  expect(await ask('quantity')).toMatchObject({
    ok: true,
    value: { rows, blanks: 0, distinct: 1000, min: 0, max: 999, numbers: { mean: 499.5 } },
  })
  const members = await ask('member')
  expect(members).toMatchObject({ ok: true, value: { rows, distinct: rows } })
  const pattern = members.ok ? members.value.texts?.patterns[0] : undefined
  expect(pattern).toMatchObject({ pattern: 'A9999999', rows: 9_000_000 })
})
