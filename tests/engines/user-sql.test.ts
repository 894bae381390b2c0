/** Statements of the user's over the workspace's own datasets and over a SQLite file, through the whole engine. */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { SqlDraft, SqlParameter, SqlPlace } from '../../shared/data/sql-words.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { AppErrorException } from '../../shared/errors.ts'
import { lookIntoFile } from '../../electron/engine/runner/user-sql/look-into-file.ts'
import { runWritten } from '../../electron/engine/runner/user-sql/run-written.ts'
import { buildExtract } from '../support/build-extract.ts'
import { connectedEngine } from '../support/connected-engine.ts'
import type { ConnectedEngine } from '../support/connected-engine.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import { makeFile, traces } from '../support/live-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

const lines = [
  '日期,大区,金额,手机',
  '2025-01-01,华东,10.10,13800138000',
  '2025-01-02,华东,20.20,13900139000',
  '2025-02-01,华南,0.30,13700137000',
  '2025-02-03,,5.00,',
]

async function engineWithSales(
  engine: ConnectedEngine = connectedEngine(),
): Promise<ConnectedEngine> {
  await bring(engine, '销售', lines)
  return engine
}

async function bring(
  engine: ConnectedEngine,
  name: string,
  rows: readonly string[],
  mode: 'fail' | 'replace' = 'fail',
): Promise<void> {
  const path = join(engine.host.folders.documents, `${name}-${rows.length}.csv`)
  writeFileSync(path, `${rows.join('\n')}\n`)
  const { id } = engine.host.files.register(path)
  await engine.done('dataset.import', {
    orders: [{ name, parts: [{ file: id }], overrides: [], mode }],
  })
}

const draft = (
  text: string,
  parameters: SqlParameter[] = [],
  place: SqlPlace = { kind: 'extracts' },
): SqlDraft => ({ place, text, parameters })

async function said(engine: ConnectedEngine, asked: SqlDraft): Promise<unknown> {
  const answer = await engine.call('sql.preview', { draft: asked, dataset: null })
  if (answer.ok) return answer.value.rows
  const { reason, at, near } = answer.error.details
  return [answer.error.code, reason, at, near]
}

const save = (engine: ConnectedEngine, name: string, asked: SqlDraft): Promise<DatasetInfo> =>
  engine.done('sql.save', { dataset: null, name, draft: asked })

async function rows(engine: ConnectedEngine, dataset: string, fields: string[]): Promise<number> {
  const query = ReportQuery.parse({ dataset, measures: [{ aggregate: 'count' }] })
  const list = await engine.done('rows.open', {
    ...{ query, cell: { row: [], column: [] }, fields, sort: [], limit: 10 },
  })
  return list.count
}

const perRegion = `-- 按大区
select "大区", date_trunc('month', "日期")::date as "月份", sum("金额") as "合计", count(*) as "单数"
from "销售" where "金额" > :least and "大区" <> :without group by all order by 1, 2;`
const values: SqlParameter[] = [
  { name: 'least', type: 'number', value: '0.25' },
  { name: 'without', type: 'text', value: "x' or '1'='1" },
]

test('a statement is looked at, made a dataset and asked like any other, with exact numbers', async () => {
  const engine = await engineWithSales()
  const preview = await engine.done('sql.preview', {
    draft: draft(perRegion, values),
    dataset: null,
  })
  expect(preview).toEqual({
    columns: [
      { name: '大区', type: 'text' },
      { name: '月份', type: 'date' },
      { name: '合计', type: 'decimal' },
      { name: '单数', type: 'integer' },
    ],
    rows: [
      ['华东', '2025-01-01', '30.30', '2'],
      ['华南', '2025-02-01', '0.30', '1'],
    ],
    more: false,
  })
  const made = await save(engine, '按大区', draft(perRegion, values))
  expect(made).toMatchObject({ mode: 'extract', rows: 2, sql: 'extracts', lastDay: '2025-02-01' })
  const query = {
    dataset: '按大区',
    rows: [{ field: '月份', grain: 'month' as const }],
    measures: [{ field: '合计', aggregate: 'sum' as const }, { aggregate: 'count' as const }],
    totals: { rows: 'grand' as const },
  }
  expect(await engine.cells(query)).toEqual([30.3, 1, 0.3, 1, 30.6, 2])
  const list = await rows(engine, '按大区', ['大区'])
  expect(list).toBe(2)
})

test('what tells of a person in the source tells of one in the answer', async () => {
  const engine = await engineWithSales()
  const made = await save(engine, '名单', draft('select "手机", "大区" from "销售" where "手机" is not null')) // prettier-ignore
  expect(made.fields.map(({ name, personal }) => [name, personal])).toEqual([
    ['手机', 'phone'],
    ['大区', undefined],
  ])
  const renamed = await save(engine, '改名', draft('with x as (select coalesce("手机", \'无\') as p, "大区" as r from "销售") select p as q, r, count(p) as n from x group by 1, 2')) // prettier-ignore
  expect(renamed.fields.map(({ name, personal }) => [name, personal])).toEqual([
    ['q', 'phone'],
    ['r', undefined],
    ['n', undefined],
  ])
})

test('a refresh runs it again on what is there now, and versions can be gone back to', async () => {
  const engine = await engineWithSales()
  const { id } = await save(engine, '合计', draft('select sum("金额") as s from "销售"'))
  expect((await engine.done('dataset.staleness', {})).stale).toEqual([])
  await bring(engine, '销售', [...lines, '2025-03-01,华北,100,'], 'replace')
  expect((await engine.done('dataset.staleness', {})).stale).toEqual([
    { dataset: id, changed: ['销售'], missing: [] },
  ])
  const total = { dataset: '合计', measures: [{ field: 's', aggregate: 'sum' as const }] }
  expect(await engine.cells(total)).toEqual([35.6])
  const [sales] = (await engine.done('workspace.state', {})).current?.datasets ?? []
  // The statement goes on meaning the dataset it was written with.
  await engine.done('dataset.rename', { dataset: sales?.id ?? '', name: '旧销售' })
  const { datasets } = await engine.done('dataset.refresh', {
    orders: [{ dataset: id, renames: {}, acceptLoss: false, passwords: {} }],
  })
  expect(datasets[0]?.state).toBe('refreshed')
  expect(await engine.cells(total)).toEqual([135.6])
  await engine.done('dataset.rollback', { dataset: id, version: 1 })
  expect(await engine.cells(total)).toEqual([35.6])
  // Files in its place make it a dataset like any other.
  await bring(engine, '合计', ['s', '7'], 'replace')
  const read = await engine.call('sql.read', { dataset: id })
  expect(read.ok ? 'kept' : read.error.code).toBe('dataset/notFound')
  expect(await engine.cells(total)).toEqual([7])
})

test('another statement makes a new version, and one that would ask itself is refused with the place', async () => {
  const engine = await engineWithSales()
  const first = await save(engine, '一', draft('select "大区", "金额" from "销售"'))
  const second = await save(engine, '二', draft('select count(*) as n from "一"'))
  const circle = await engine.call('sql.save', {
    ...{ dataset: first.id, name: '一', draft: draft('select n from "二"') },
  })
  expect(circle.ok ? '' : circle.error).toMatchObject({
    code: 'sql/refused',
    details: { reason: 'itself', near: '二', at: 14 },
  })
  const changed = await engine.done('sql.save', {
    ...{ dataset: second.id, name: '二', draft: draft('select count(*) * 2 as n from "一"') },
  })
  expect([changed.id, changed.version]).toEqual([second.id, 2])
  const kept = await engine.done('sql.read', { dataset: second.id })
  expect(kept).toMatchObject({ text: 'select count(*) * 2 as n from "一"', agreed: true })
})

const outside = (folder: string): readonly (readonly [string, string])[] =>
  [
    ["copy (select 1) to 'FOLDER/out.csv'", 'notReading'],
    ["attach 'FOLDER/b.duckdb'", 'notReading'],
    ['pragma database_list', 'notReading'],
    ['install httpfs', 'notReading'],
    ["set memory_limit = '1TB'", 'notReading'],
    ['describe "销售"', 'notReading'],
    ['create table t as select 1', 'notReading'],
    ['insert into "销售" values (1)', 'notReading'],
    ['with x as (select 1) insert into t select * from x', 'notReading'],
    ['select 1; select 2', 'several'],
    ['select 1;;', 'several'],
    ['select 1) as t; drop table x; --', 'unclosed'],
    ['select (1', 'unclosed'],
    ["select 'a", 'unclosed'],
    ['select 1 /* a', 'unclosed'],
    ['select /* /* */ 1 */', 'nestedComment'],
    ['select $$a$$', 'sign'],
    ['select U&"\\0061"', 'sign'],
    ['select ?', 'sign'],
    ['select :unknown', 'unknownParameter'],
    ["select * from read_csv('FOLDER/secret.csv')", 'notAllowed'],
    ["select * from read_text('FOLDER/secret.csv')", 'notAllowed'],
    ["select * from glob('FOLDER/*')", 'notAllowed'],
    ['select * from duckdb_databases()', 'notAllowed'],
    ['select * from duckdb_settings()', 'notAllowed'],
    ['select * from pragma_database_list()', 'notAllowed'],
    ["select * from query('select 1')", 'notAllowed'],
    ['select * from (describe "销售")', 'notAllowed'],
    ['select * from (show tables)', 'notAllowed'],
    ['select * from information_schema.tables', 'notAllowed'],
    ["select getenv('HOME')", 'notAllowed'],
    ["select current_setting('temp_directory')", 'notAllowed'],
    ["select (select * from read_text('FOLDER/secret.csv'))", 'notAllowed'],
    ["with a as (select * from read_text('FOLDER/secret.csv')) select 1", 'notAllowed'],
    ["select * from 'FOLDER/secret.csv'", 'unknownTable'],
    ['select * from "FOLDER/secret.csv"', 'unknownTable'],
  ].map(([text = '', reason = '']) => [text.replace('FOLDER', folder), reason])

test('nothing but one statement over the datasets is run, and nothing it could do reaches outside', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'secret.csv'), 'a,b\n1,2\n')
  const path = join(folder, 'sales.duckdb')
  const { fields } = await buildExtract(
    path,
    [{ name: '金额', type: 'integer', role: 'measure' }],
    [[1]],
  )
  const offered = [{ dataset: 'ds_sales00', names: ['销售'], path, alias: 'sales', fields }]
  const before = readdirSync(folder)
  for (const [text, reason] of outside(folder)) {
    const order = { text, parameters: [], offered, write: null, tempFolder: folder, memoryLimitMb: 256, threads: 1 } // prettier-ignore
    const found = await runWritten(order, () => undefined).then(
      ({ preview }) => preview.rows,
      (error: unknown) => (error instanceof AppErrorException ? error.appError.details['reason'] : error), // prettier-ignore
    )
    expect([text, found]).toEqual([text, reason])
  }
  expect(readdirSync(folder)).toEqual(before)
})

test('errors name their place in what was written, whatever stands before it', async () => {
  const engine = await engineWithSales()
  const asked = (text: string): Promise<unknown> => said(engine, draft(text, values))
  expect(await asked("select '华东😀', :least, 金额 frm \"销售\"")).toEqual(['sql/failed', 'syntax', 30, '"销售']) // prettier-ignore
  expect(await asked('select * from 没有')).toEqual(['sql/failed', 'unknownTable', 14, '没有'])
  expect(await asked('select 金 from "销售"')).toEqual(['sql/failed', 'unknownColumn', 7, '金'])
  expect(await asked('select f(1)')).toEqual(['sql/failed', 'unknownFunction', 7, 'f'])
  expect(await asked("select cast('x' as date) as d")).toEqual(['sql/failed', 'types', undefined, '']) // prettier-ignore
})

test('a long statement ends when it is withdrawn', async () => {
  const engine = await engineWithSales()
  const abort = new AbortController()
  const asked = draft(
    'select sum(a.range * b.range) as s from range(10000000) a, range(10000000) b',
  )
  const running = engine.call('sql.preview', { draft: asked, dataset: null }, abort.signal)
  setTimeout(() => abort.abort(), 700)
  const answer = await running
  expect(answer.ok ? '' : answer.error.code).toBe('internal/cancelled')
})

const shop = `create table sales (day text, region text, amount real, n integer);
  insert into sales values ('2025-01-01', 'north', 1.5, 1), ('2025-02-01', 'south', 2.25, 2), ('2025-02-02', 'north', 4, 3);`

async function liveShop(): Promise<{ engine: ConnectedEngine; path: string; place: SqlPlace }> {
  const engine = connectedEngine()
  const path = makeFile(join(tempFolder(), 'shop.db'), shop)
  const file = engine.host.files.register(path).id
  const { id } = await engine.done('dataset.connectLive', { file, table: 'sales', name: 'sales' })
  return { engine, path, place: { kind: 'file', dataset: id } }
}

test('a statement over a SQLite file stays there: every question is asked of the file as it is then', async () => {
  const { engine, path, place } = await liveShop()
  const text = 'select region, day, amount * :by as "amount" from sales where day >= :from'
  const parameters: SqlParameter[] = [
    { name: 'by', type: 'number', value: '2' },
    { name: 'from', type: 'date', value: '2025-02-01' },
  ]
  expect(await said(engine, draft(text, parameters, place))).toEqual([
    ['south', '2025-02-01', '4.5'],
    ['north', '2025-02-02', '8'],
  ])
  const made = await save(engine, 'doubled', draft(text, parameters, place))
  expect(made).toMatchObject({ mode: 'live', rows: 2, lastDay: '2025-02-02', sql: 'file' })
  const query = {
    dataset: 'doubled',
    rows: [{ field: 'region' }],
    measures: [{ field: 'amount', aggregate: 'sum' as const }],
    filters: [{ field: 'region', op: 'in' as const, values: ['north', 'south'] }],
    totals: { rows: 'grand' as const },
  }
  expect(await engine.cells(query)).toEqual([8, 4.5, 12.5])
  makeFile(path, "insert into sales values ('2025-03-01', 'north', 100, 4)")
  expect(await engine.cells(query)).toEqual([208, 4.5, 212.5])
  expect(await rows(engine, 'doubled', ['region', 'amount'])).toBe(3)
})

const besides: readonly (readonly [string, string])[] = [
  ['pragma table_info(sales)', 'notReading'],
  ["attach 'x.db' as x", 'notReading'],
  ['delete from sales', 'notReading'],
  ['with x as (select 1) delete from sales', 'notAllowed'],
  ["select * from pragma_table_info('sales')", 'notAllowed'],
  ["select load_extension('x')", 'notAllowed'],
  ['select * from sqlite_master', 'notAllowed'],
  ['select "load_extension"(1)', 'notAllowed'],
  ['select /**/ load_extension /**/ (1)', 'notAllowed'],
  ['select 1; select 2', 'several'],
  ['select 1) as t; delete from sales; --', 'unclosed'],
  ['select @x', 'sign'],
]

test('a SQLite file is read, never anything beside it', async () => {
  const folder = tempFolder()
  const path = makeFile(join(folder, 'shop.db'), shop)
  const before = traces(folder)
  for (const [text, reason] of besides) {
    const order = { path, text, parameters: [], tempFolder: tempFolder() }
    const found = await lookIntoFile(order).then(
      ({ rows: shown }) => shown,
      (error: unknown) => (error instanceof AppErrorException ? error.appError.details['reason'] : error), // prettier-ignore
    )
    expect([text, found]).toEqual([text, reason])
  }
  expect(traces(folder)).toEqual(before)
})

test('SQL that came with a workspace from elsewhere is shown first and runs only once it was agreed to', async () => {
  const here = await liveShop()
  const live = await save(here.engine, 'live', draft('select * from sales', [], here.place))
  await bring(here.engine, '销售', lines)
  const extract = await save(here.engine, 'kept', draft('select "大区" from "销售"'))
  await here.engine.close()

  // Another machine is another folder of settings.
  const { folders } = here.engine.host
  const host = createFakeHost({ startProcess })
  const agreements = join(folders.settings, 'sql-agreements.json')
  expect(existsSync(agreements)).toBe(true)
  rmSync(agreements)
  Object.assign(host, { folders })
  const there = connectedEngine(undefined, host)
  await there.done('workspace.openDefault', {})
  const count = { dataset: 'live', measures: [{ aggregate: 'count' as const }] }
  expect(await there.cells(count)).toBe('sql/needsConsent')
  const values = await there.call('dataset.values', { dataset: live.id, field: 'region', search: '', limit: 10 }) // prettier-ignore
  const profile = await there.call('dataset.profile', { dataset: live.id, field: 'region' })
  for (const answer of [values, profile]) {
    expect(answer.ok ? 'ran' : answer.error.code).toBe('sql/needsConsent')
  }
  const order = { dataset: extract.id, renames: {}, acceptLoss: false, passwords: {} }
  const { datasets } = await there.done('dataset.refresh', { orders: [order] })
  expect(datasets[0]).toMatchObject({ state: 'failed', error: { code: 'sql/needsConsent' } })
  // Rows that were read before are no statement.
  expect(await there.cells({ dataset: 'kept', measures: [{ aggregate: 'count' }] })).toEqual([4])

  const shown = await there.done('sql.read', { dataset: live.id })
  expect(shown).toMatchObject({ agreed: false, text: 'select * from sales', placeName: 'shop.db' })
  const other = await there.call('sql.agree', { dataset: live.id, hash: 'of another one' })
  expect(other.ok).toBe(false)
  await there.done('sql.agree', { dataset: live.id, hash: shown.hash })
  expect(await there.cells(count)).toEqual([3])
  expect(readFileSync(agreements, 'utf8')).toContain(shown.hash)
})

test('what reports and templates copy of such a dataset holds nothing of its statement', async () => {
  const { engine, place } = await liveShop()
  const made = await save(engine, 'secretly', draft("select region from sales where region <> 'verysecret'", [], place)) // prettier-ignore
  const read = await engine.done('workspace.state', {})
  const known = read.current?.datasets.find(({ id }) => id === made.id)
  expect(JSON.stringify(known)).not.toContain('verysecret')
})

test('a statement saved while its dataset is being removed does not bring it back', async () => {
  const engine = await engineWithSales()
  const saved = await engine.done('sql.save', { dataset: null, name: '大区', draft: draft('select 大区, sum(金额) as 金额 from 销售 group by 1') }) // prettier-ignore
  const again = {
    dataset: saved.id,
    name: '大区',
    draft: draft('select 大区, 0 as 金额 from 销售'),
  }
  const slow = engine.call('sql.save', { dataset: null, name: 'slow', draft: draft('select 金额 from 销售') }) // prettier-ignore
  const removed = engine.call('dataset.remove', { dataset: saved.id })
  const late = engine.call('sql.save', again)
  expect((await slow).ok).toBe(true)
  expect((await removed).ok).toBe(true)
  expect(await late).toMatchObject({ ok: false, error: { code: 'dataset/notFound' } })
})

test('columns read by their place, under other names or as a whole row are those of the dataset', async () => {
  const engine = await engineWithSales()
  const first = async (text: string) => {
    const answer = await said(engine, draft(`${text} order by all limit 1`))
    return Array.isArray(answer) ? (answer[0] as unknown) : answer
  }
  expect(await first('select "大区", #1 as d, #3 as m from "销售"')).toEqual(['华东', '2025-01-01', '10.10']) // prettier-ignore
  expect(await first('select c, b from "销售" as t(a, b, c)')).toEqual(['0.30', '华南'])
  expect(await first('select b, a from "销售" t(a, b)')).toEqual(['华东', '2025-01-01'])
  expect(await first('select cast(t as varchar) as r, "金额" from "销售" t')).toEqual([
    "{'日期': 2025-01-01, '大区': 华东, '金额': 10.10, '手机': 13800138000}",
    '10.10',
  ])
  expect(await first('select unnest("销售") from "销售"')).toHaveLength(4)
})

test('whole numbers no double holds keep every digit, in rows, in questions and through a recipe', async () => {
  const engine = await engineWithSales()
  const made = await save(engine, 'long', draft('select "大区", 9007199254740993 * row_number() over (order by "日期") as n, count(*) over () as c from "销售"')) // prettier-ignore
  const told = made.fields.map(({ name, type, scale }) => [name, type, scale])
  expect(told).toEqual([['大区', 'text', undefined], ['n', 'decimal', 0], ['c', 'integer', undefined]]) // prettier-ignore
  const recipe = Recipe.parse({ format: 1, steps: [{ id: 'a', kind: 'normalise', fields: ['大区'], space: 'ends' }] }) // prettier-ignore
  for (const acceptLoss of [false, true]) {
    const query = ReportQuery.parse({ dataset: made.id, measures: [{ field: 'n', aggregate: 'sum' }, { field: 'n', aggregate: 'max' }] }) // prettier-ignore
    const { cells } = await engine.done('query.run', { query })
    expect(cells.map(({ values }) => values[0])).toEqual(['90071992547409930', '36028797018963972'])
    await engine.done('dataset.applyRecipe', { dataset: made.id, recipe, acceptLoss })
  }
})
