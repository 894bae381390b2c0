import { join } from 'node:path'
import { renameSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import type { CallName, Input, Output, Part } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { describeTable } from '../../electron/engine/workspace/live-dataset.ts'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import { makeFile, traces } from '../support/live-files.ts'
import { openWorkspace } from '../support/open-workspace.ts'
import { plainCells } from '../support/query-engines.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** The whole engine with real job and query processes, over a SQLite file made of `sql`. */
function bench(sql: string) {
  const host = createFakeHost({ startProcess })
  const engine = createEngine(host, { version: '0', systemLanguage: 'en', checkOutput: true })
  onTestFinished(() => engine.close())
  const path = makeFile(join(tempFolder(), 'shop.db'), sql)
  const { id } = host.files.register(path)
  const call = async <C extends CallName>(
    name: C,
    input: Input<C>,
    signal = new AbortController().signal,
    onPart: (part: Part<C>) => void = () => undefined,
  ): Promise<Outcome<Output<C>>> => {
    const part = (payload: unknown): void => onPart(payload as never)
    // The dispatcher checked the answer against this very call's schema.
    return (await engine.call(name, input, { signal, part })) as Outcome<never>
  }
  const connect = async (table: string) => {
    const outcome = await call('dataset.connectLive', { file: id, table, name: table })
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
    return outcome.value
  }
  const ask = async (query: ReportQueryInput) => {
    const answer = await call('query.run', { query: ReportQuery.parse(query) })
    return answer.ok ? plainCells(answer.value).flat(2) : answer.error.code
  }
  return { path, id, call, connect, ask }
}

const write = (path: string, sql: string): void => void makeFile(path, sql)

const kinds = `create table s (k text, price real, mixed, odd real, gaps real, day text, at text, "receipt no" integer,
    n integer, born text, none text, wide integer, whole real);
  with recursive c(i) as (select 0 union all select i + 1 from c where i < 999)
  insert into s select 'k' || (i % 7), i / 100.0, i, 0.5, case when i % 2 then i / 4.0 end,
    date('2024-01-01', (i % 300) || ' days'), datetime('2024-01-01', i || ' minutes'), i, i, '1990-01-01', '',
    9007199254740993 + i, i * 1.0 from c;
  update s set mixed = 'x' where rowid = 900;
  update s set odd = 0.1 + 0.2 where rowid = 901;
  update s set gaps = '' where gaps is null;
  update s set price = 1.125 where rowid = 902;`

test('a live table is described from all its rows, not from its first', async () => {
  const { connect } = bench(kinds)
  const live = await connect('s')
  expect(live).toMatchObject({ mode: 'live', rows: 1000, lastDay: '2024-10-26' })
  expect(live.fields).toEqual([
    { name: 'k', type: 'text', role: 'dimension' },
    { name: 'price', type: 'decimal', role: 'measure', scale: 3 },
    { name: 'mixed', type: 'text', role: 'dimension' },
    { name: 'odd', type: 'double', role: 'measure' },
    { name: 'gaps', type: 'decimal', role: 'measure', scale: 2 },
    { name: 'day', type: 'date', role: 'dimension', meaning: 'time' },
    { name: 'at', type: 'timestamp', role: 'dimension' },
    { name: 'receipt no', type: 'text', role: 'identifier', meaning: 'order' },
    { name: 'n', type: 'integer', role: 'measure' },
    { name: 'born', type: 'date', role: 'dimension', personal: 'birthday' },
    { name: 'none', type: 'text', role: 'dimension' },
    { name: 'wide', type: 'integer', role: 'measure' },
    { name: 'whole', type: 'integer', role: 'measure' },
  ])
  expect(live.warnings).toMatchObject([
    { code: 'mixedColumn', column: 'mixed', count: 1, examples: ['x'] },
    { code: 'textIdentifier', column: 'receipt no' },
  ])
})

test('decimals of a live table are added up exactly, and empty text among numbers is blank', async () => {
  const { connect, ask } = bench(`create table s (amount real, gaps real);
    with recursive c(i) as (select 1 union all select i + 1 from c where i < 300000)
    insert into s select (i % 1000) / 100.0 + 0.07, case when i % 3 then '' else 1.25 end from c`)
  await connect('s')
  const sum = { dataset: 's', measures: [{ field: 'amount', aggregate: 'sum' as const }] }
  expect(await ask(sum)).toEqual([1_519_500])
  const gaps = (['sum', 'average', 'min', 'max', 'countDistinct'] as const).map((aggregate) => ({
    ...{ field: 'gaps', aggregate, as: aggregate },
  }))
  expect(await ask({ dataset: 's', measures: gaps })).toEqual([125_000, 1.25, 1.25, 1.25, 1])
  const blank = { dataset: 's', measures: [{ aggregate: 'count' as const }] }
  expect(await ask({ ...blank, filters: [{ field: 'gaps', op: 'blank' }] })).toEqual([200_000])
})

const dated = `create table s (day text, amount real);
  insert into s values ('2024-03-01', 1), ('2024-03-30', 2), ('2024-03-31', 4.5)`
const lastTwoDays: ReportQueryInput = {
  dataset: 's',
  measures: [{ field: 'amount', aggregate: 'sum' }],
  filters: [{ field: 'day', op: 'relative', unit: 'day', span: 'last', count: 2 }],
}

test('relative dates of a live table count from its last day, also after new rows came', async () => {
  const { path, connect, ask, call } = bench(dated)
  const { id } = await connect('s')
  expect(await ask(lastTwoDays)).toEqual([6.5])
  write(path, "insert into s values ('2024-04-01', 0.125)")
  expect(await ask(lastTwoDays)).toEqual([4.625])
  const state = await call('workspace.state', {})
  const known = state.ok ? state.value.current?.datasets.find((one) => one.id === id) : undefined
  expect(known).toMatchObject({ lastDay: '2024-04-01', rows: 4, version: 2 })
  expect(known?.fields[1]).toMatchObject({ type: 'decimal', scale: 3 })
})

test('an answer of a live table is not kept: the file may have changed', async () => {
  const { path, connect, ask, call } = bench(dated)
  await connect('s')
  const sum: ReportQueryInput = { dataset: 's', measures: [{ field: 'amount', aggregate: 'sum' }] }
  expect(await ask(sum)).toEqual([7.5])
  write(path, "insert into s values ('2024-03-31', 1.5)")
  expect(await ask(sum)).toEqual([9])
  const again = await call('query.run', { query: ReportQuery.parse(sum) })
  expect(again.ok && again.value.cached).toBe(false)
})

test('a column that lost its values keeps its type, and a name given meanwhile stays', async () => {
  const { path, connect, ask, call } = bench(dated)
  const { id } = await connect('s')
  await call('dataset.rename', { dataset: id, name: 'renamed' })
  write(path, 'update s set amount = null')
  const sum: ReportQueryInput = {
    dataset: 'renamed',
    measures: [{ field: 'amount', aggregate: 'sum' }],
  }
  expect(await ask(sum)).toEqual([null])
})

test('a file that is gone, or no database any more, is said so by the question', async () => {
  const { path, connect, ask } = bench(dated)
  await connect('s')
  const rows: ReportQueryInput = { dataset: 's', measures: [{ aggregate: 'count' }] }
  renameSync(path, `${path}.away`)
  expect(await ask(rows)).toBe('file/notFound')
  renameSync(`${path}.away`, path)
  expect(await ask(rows)).toEqual([3])
  write(path, 'alter table s rename to other')
  expect(await ask(rows)).toBe('dataset/notFound')
})

const endless = `${dated}; create view v as
  with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) as n from c`

test('connecting says how far it is, leaves no trace, and can be withdrawn', async () => {
  const { path, id, call } =
    bench(`${kinds}; ${endless.replace('table s ', 'table t ').replaceAll('into s', 'into t')};
    create view twice as select a.k from s as a join s as b on a.n < b.n`)
  const before = traces(join(path, '..'))
  const parts: Part<'dataset.connectLive'>[] = []
  const many = { file: id, table: 'twice', name: 'many' }
  const signal = new AbortController().signal
  const live = await call('dataset.connectLive', many, signal, (part) => void parts.push(part))
  expect(live).toMatchObject({ ok: true, value: { rows: 499_500 } })
  expect(parts[0]).toMatchObject({ dataset: 'many', phase: 'reading' })
  expect(traces(join(path, '..'))).toEqual(before)
  const abort = new AbortController()
  const hostile = call('dataset.connectLive', { file: id, table: 'v', name: 'v' }, abort.signal)
  setTimeout(() => abort.abort(), 1000)
  expect(await hostile).toMatchObject({ error: { code: 'internal/cancelled' } })
  for (const table of ['nope', 'sqlite_schema']) {
    const refused = await call('dataset.connectLive', { file: id, table, name: 'x' })
    expect(refused).toMatchObject({ error: { code: 'dataset/notFound' } })
  }
  const state = await call('workspace.state', {})
  expect(state.ok && state.value.current?.datasets.map(({ name }) => name)).toEqual(['many'])
})

test('describing a view without end stops at the time limit', async () => {
  const folder = tempFolder()
  const path = makeFile(join(folder, 'shop.db'), endless)
  const workspace = await openWorkspace(join(folder, 'w'), {
    runJob: jobRunner(() => startProcess('job')),
  })
  const signal = new AbortController().signal
  await expect(
    describeTable(workspace, { path, table: 'v', signal, limitMs: 1500 }),
  ).rejects.toMatchObject({ appError: { code: 'dataset/tooSlow', details: { table: 'v' } } })
})
