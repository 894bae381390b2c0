/** Connections to a real PostgreSQL through the whole engine: what people see when all is well and when it is not. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionInfo, ConnectionSettings } from '../../shared/data/connection.ts'
import { connectedEngine, memorySecrets, settingsOf } from '../support/connected-engine.ts'
import type { ConnectedEngine } from '../support/connected-engine.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { plainCells } from '../support/query-engines.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import type { PostgresServer } from '../support/servers/postgres-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'

const shop = `
  create schema "门店";
  create table "门店"."销售" ("日期" date, "大区" text, "小票号" bigint, "金额" numeric(12, 2), "重量" double precision,
    "数量" integer, "会员" boolean, "开放" numeric, "入账" timestamptz, "照片" bytea);
  insert into "门店"."销售"
    select date '2025-01-01' + i % 90, case when i % 7 = 0 then '' when i % 2 = 0 then '华东' else '华南' end, i, i / 100.0, i * 0.5,
      i % 5, i % 3 = 0, i / 1000.0, timestamptz '2025-01-01 00:00+08' + i * interval '1 minute', null
    from generate_series(1, 3000) as i;
  create view "门店"."长跑" as select count(*) as n from generate_series(1, 100000000000) as g(i);
  create table "门店"."秘密" (n integer);
  create table "门店"."空" (n integer);
  grant usage on schema "门店" to analyst;
  grant select on "门店"."销售", "门店"."长跑", "门店"."空" to analyst;
  create role reader nologin`

const sales = { dataset: '销售', measures: [{ field: '金额', aggregate: 'sum' as const }] }
const endless = { dataset: '长跑', measures: [{ field: 'n', aggregate: 'sum' as const }] }

describe.skipIf(!hasPostgres)('a connection to PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
    await server.admin(shop)
  })
  afterAll(() => server.stop())

  const save = (
    engine: ConnectedEngine,
    more: Partial<ConnectionSettings> = {},
  ): Promise<ConnectionInfo> =>
    engine.done('connection.save', {
      ...{ id: null, settings: settingsOf('postgres', server, more), secret: server.password },
      ...{ keep: 'session', passphrase: null },
    })
  const attach = async (engine: ConnectedEngine, table: string): Promise<void> => {
    const [known] = (await engine.done('connection.list', {})).connections
    const { id } = known ?? (await save(engine))
    await engine.done('dataset.connectServer', {
      ...{ connection: id, schema: '门店', table, name: table },
    })
  }
  const tried = async (
    engine: ConnectedEngine,
    more: Partial<ConnectionSettings>,
    secret = server.password,
  ): Promise<unknown> => {
    const settings = settingsOf('postgres', server, more)
    const outcome = await engine.call('connection.test', { settings, secret, id: null })
    return outcome.ok ? outcome.value : outcome.error.code
  }

  it('lists what the user may read, and asks a table with its declared types', async () => {
    const engine = connectedEngine()
    const { id, facts } = await save(engine)
    expect(facts).toMatchObject({ superuser: false, encrypted: false })
    expect(facts.version).toMatch(/^PostgreSQL 1\d/)
    expect(facts.features).toEqual([
      'boundValues',
      'namedSelects',
      'keptSelects',
      'foldsAllLetters',
    ])
    const { tables } = await engine.done('connection.tables', { id })
    expect(tables.map(({ name, view }) => [name, view])).toEqual([
      ['空', false],
      ['销售', false],
      ['长跑', true],
    ])
    const names = await engine.done('connection.names', { id })
    expect(names.cut).toBe(false)
    const told = names.tables.find(({ name }) => name === '销售')
    expect(told?.schema).toBe('门店')
    expect(told?.fields.slice(0, 4).map(({ name, type }) => [name, type])).toEqual([
      ['日期', 'date'],
      ['大区', 'text'],
      ['小票号', 'text'],
      ['金额', 'decimal'],
    ])
    await attach(engine, '销售')
    const state = await engine.done('workspace.state', {})
    expect(state.current?.datasets[0]).toMatchObject({
      mode: 'live',
      rows: 3000,
      lastDay: '2025-03-31',
    })
    const fields = state.current?.datasets[0]?.fields.map(({ name, type, role }) => [
      name,
      type,
      role,
    ])
    expect(fields).toEqual([
      ['日期', 'date', 'dimension'],
      ['大区', 'text', 'dimension'],
      ['小票号', 'text', 'identifier'],
      ['金额', 'decimal', 'measure'],
      ['重量', 'double', 'measure'],
      ['数量', 'integer', 'measure'],
      ['会员', 'boolean', 'dimension'],
      ['开放', 'decimal', 'measure'],
      ['入账', 'timestamp', 'dimension'],
    ])
    expect(await engine.cells(sales)).toEqual([45_015])
    expect(await engine.cells({ ...sales, rows: [{ field: '大区' }], totals: { rows: 'grand' } })).toHaveLength(4) // prettier-ignore
  })

  it('shows rows behind a cell and what a column holds, as a preview', async () => {
    const engine = connectedEngine()
    await attach(engine, '销售')
    const list = await engine.done('rows.open', {
      query: ReportQuery.parse({
        dataset: '销售',
        rows: [{ field: '大区' }],
        measures: sales.measures,
      }),
      cell: { row: ['华东'], column: [] },
      fields: ['小票号', '大区', '金额', '入账'],
      sort: [{ field: '金额', direction: 'descending' }],
      limit: 3,
    })
    expect(list.count).toBe(1286)
    expect(list.page.columns[0]?.values).toEqual(['3000', '2998', '2994'])
    expect(list.page.columns[1]?.values).toEqual(['华东', '华东', '华东'])
    expect(list.page.columns[2]?.values).toEqual(Float64Array.of(3000, 2998, 2994))
    const state = await engine.done('workspace.state', {})
    const dataset = state.current!.datasets[0]!.id
    const profile = await engine.done('dataset.profile', { dataset, field: '大区' })
    expect(profile).toMatchObject({ rows: 3000, blanks: 428, distinct: 2, texts: { longest: 2, meanLength: 2 } }) // prettier-ignore
    const numbers = await engine.done('dataset.profile', { dataset, field: '数量' })
    expect(numbers).toMatchObject({ distinct: 5, min: 0, max: 4 })
  })

  it('answers as the extract of the same rows does: a report is switched by its binding alone', async () => {
    const engine = connectedEngine()
    await attach(engine, '销售')
    const rows = await server.admin(
      `select "日期"::text, "大区", "小票号"::text, "金额"::text, "数量"::text from "门店"."销售"`,
    )
    const csv = join(engine.host.folders.documents, '销售文件.csv')
    const lines = rows.map((row) => Object.values(row).map((cell) => (typeof cell === 'string' ? cell : '')).join(',')) // prettier-ignore
    writeFileSync(csv, `日期,大区,小票号,金额,数量\n${lines.join('\n')}\n`)
    const { id } = engine.host.files.register(csv)
    const order = { name: '文件', parts: [{ file: id }], overrides: [], mode: 'fail' as const }
    await engine.done('dataset.import', { orders: [order] })
    const report = {
      rows: [{ field: '大区' }, { field: '日期', grain: 'month' as const }],
      columns: [{ field: '数量' }],
      measures: [
        ...sales.measures,
        { field: '小票号', aggregate: 'countDistinct' as const },
        { field: '金额', aggregate: 'average' as const },
        { field: '金额', aggregate: 'median' as const },
      ],
      filters: [
        {
          field: '日期',
          op: 'relative' as const,
          unit: 'month' as const,
          span: 'last' as const,
          count: 2,
        },
      ],
      totals: { rows: 'all' as const, columns: 'grand' as const },
    }
    const [live, file] = await Promise.all(
      ['销售', '文件'].map((dataset) =>
        engine.done('query.run', { query: ReportQuery.parse({ dataset, ...report }) }),
      ),
    )
    expect(live!.rows.paths.length).toBeGreaterThan(8)
    expect([live!.rows.paths, live!.columns.paths]).toEqual([file!.rows.paths, file!.columns.paths])
    expect(plainCells(live!)).toEqual(plainCells(file!))
  })

  it('keeps a session that changes nothing, whatever the user might', async () => {
    const engine = connectedEngine()
    const { facts } = await save(engine, { user: 'postgres' })
    expect(facts.superuser).toBe(true)
    await server.admin(`create or replace function "门店".write() returns integer language plpgsql volatile as
      $$ begin delete from "门店"."销售"; return 1; end $$;
      create or replace view "门店"."写" as select "门店".write() as n`)
    const [known] = (await engine.done('connection.list', {})).connections
    const outcome = await engine.call('dataset.connectServer', {
      ...{ connection: known!.id, schema: '门店', table: '写', name: '写' },
    })
    expect(outcome.ok ? await engine.cells({ dataset: '写', measures: [{ field: 'n', aggregate: 'sum' }] }) : 'refused').toMatch(/failed|refused/) // prettier-ignore
    expect(await server.admin('select count(*) as n from "门店"."销售"')).toEqual([{ n: '3000' }])
  })

  it('says what keeps a server from being asked', async () => {
    const engine = connectedEngine()
    expect(await tried(engine, { port: 1 })).toBe('connection/unreachable')
    expect(await tried(engine, { host: 'no-such-host.invalid' })).toBe('connection/unreachable')
    expect(await tried(engine, {}, 'wrong')).toBe('connection/wrongPassword')
    expect(await tried(engine, { user: 'nobody' })).toBe('connection/wrongPassword')
    expect(await tried(engine, { database: 'nix' })).toBe('connection/noDatabase')
    const { id } = await save(engine)
    const connect = (table: string) =>
      engine.call('dataset.connectServer', { connection: id, schema: '门店', table, name: table })
    expect(await connect('秘密')).toMatchObject({ error: { code: 'connection/noRights' } })
    expect(await connect("x'; drop table y; --")).toMatchObject({
      error: { code: 'dataset/notFound' },
    })
    expect(await connect('空')).toMatchObject({ error: { code: 'dataset/empty' } })
  })

  it('encrypts as it is told to, and believes only a server that proves its name', async () => {
    const engine = connectedEngine()
    const authority = readFileSync(server.certificate, 'utf8')
    const encrypted = { encrypted: true, superuser: false }
    expect(await tried(engine, { tls: 'encrypted' })).toMatchObject(encrypted)
    expect(await tried(engine, { tls: 'verified' })).toBe('connection/certificate')
    // The certificate is made out for another name than the address.
    expect(await tried(engine, { tls: 'verified', authority })).toBe('connection/certificate')
    const named = { tls: 'verified', authority, host: 'localhost' } as const
    expect(await tried(engine, named)).toMatchObject(encrypted)
    const { id } = await save(engine, named)
    await engine.done('dataset.connectServer', { connection: id, schema: '门店', table: '销售', name: '销售' }) // prettier-ignore
    expect(await engine.cells(sales)).toEqual([45_015])
    const ssl = await server.admin(
      "select count(*) as n from pg_stat_ssl join pg_stat_activity using (pid) where ssl and usename = 'analyst'",
    )
    expect(Number(ssl[0]?.['n'])).toBeGreaterThan(0)
  })

  it('ends a withdrawn question on the server', async () => {
    const engine = connectedEngine()
    const { id } = await save(engine)
    const running = async (): Promise<number> => {
      const found = await server.admin(`select count(*) as n from pg_stat_activity
        where usename = 'analyst' and state = 'active' and query like '%长跑%'`)
      return Number(found[0]?.['n'])
    }
    const abort = new AbortController()
    const ask = { connection: id, schema: '门店', table: '长跑', name: '长跑' }
    const asked = engine.call('dataset.connectServer', ask, abort.signal)
    await expect.poll(running, { timeout: 10_000 }).toBe(1)
    abort.abort()
    expect((await asked).ok).toBe(false)
    await expect.poll(running, { timeout: 10_000 }).toBe(0)
    await attach(engine, '销售')
    expect(await engine.cells(sales)).toEqual([45_015])
    expect(await engine.cells(endless)).toBe('dataset/notFound')
  })

  it('keeps the password in the store of the system, and in nothing else', async () => {
    const store = memorySecrets()
    const host = createFakeHost({ startProcess })
    const engine = connectedEngine(store, host)
    const settings = settingsOf('postgres', server)
    const { password: secret } = server
    const asked = { id: null, settings, secret, keep: 'system', passphrase: null } as const
    const { id } = await engine.done('connection.save', asked)
    await attach(engine, '销售')
    await engine.call('connection.test', { settings: { ...settings, port: 1 }, secret, id: null })
    await engine.call('connection.test', { settings: { ...settings, database: 'x' }, secret, id }) // prettier-ignore
    expect([...store.kept]).toEqual([[id, secret]])
    const listed = JSON.stringify(await engine.done('connection.list', {}))
    expect(listed).not.toContain('s3cret')
    await engine.close()
    expect(filesHolding(host.folders.documents, 's3cret')).toEqual([])
    // The next start finds it again.
    const next = connectedEngine(store, host)
    await next.done('workspace.openDefault', {})
    expect(await next.cells(sales)).toEqual([45_015])
    const refused = await next.call('connection.remove', { id })
    expect(refused).toMatchObject({ error: { code: 'connection/inUse' } })
    const state = await next.done('workspace.state', {})
    await next.done('dataset.remove', { dataset: state.current!.datasets[0]!.id })
    await next.done('connection.remove', { id })
    expect(store.kept.size).toBe(0)
  })

  it('without such a store keeps it in a vault under a passphrase, or not at all', async () => {
    const host = createFakeHost({ startProcess })
    const engine = connectedEngine(undefined, host)
    expect(await engine.done('connection.list', {})).toMatchObject({ keeping: ['vault', 'session'], hasVault: false }) // prettier-ignore
    const { password: secret } = server
    const settings = settingsOf('postgres', server)
    const asked = { id: null, settings, secret, keep: 'vault', passphrase: 'open sesame' } as const
    const { id } = await engine.done('connection.save', asked)
    await attach(engine, '销售')
    await engine.close()
    const vault = join(host.folders.settings, 'secrets.vault')
    expect(statSync(vault).mode & 0o077).toBe(0)
    expect(filesHolding(host.folders.documents, 's3cret')).toEqual([])
    const next = connectedEngine(undefined, host)
    await next.done('workspace.openDefault', {})
    expect(await next.cells(sales)).toBe('connection/locked')
    const unlock = (passphrase: string) =>
      next.call('connection.unlock', { id, secret: null, passphrase })
    expect(await unlock('wrong')).toMatchObject({ error: { code: 'connection/wrongPassphrase' } })
    expect(await next.cells(sales)).toBe('connection/locked')
    expect(await unlock('open sesame')).toMatchObject({ value: { secret: 'vault' } })
    expect(await next.cells(sales)).toEqual([45_015])
  })

  it('asks for a password that nobody kept', async () => {
    const host = createFakeHost({ startProcess })
    const engine = connectedEngine(undefined, host)
    const { id } = await save(engine)
    await attach(engine, '销售')
    await engine.close()
    expect(existsSync(join(host.folders.settings, 'secrets.vault'))).toBe(false)
    const next = connectedEngine(undefined, host)
    await next.done('workspace.openDefault', {})
    expect(await next.cells(sales)).toBe('connection/secretNeeded')
    const wrong = await next.call('connection.unlock', { id, secret: 'nope', passphrase: null })
    expect(wrong).toMatchObject({ error: { code: 'connection/wrongPassword' } })
    await next.done('connection.unlock', { id, secret: server.password, passphrase: null })
    expect(await next.cells(sales)).toEqual([45_015])
  })

  it('says that the server is gone, and goes on when it is back', async () => {
    const engine = connectedEngine()
    await save(engine)
    await attach(engine, '销售')
    await server.admin(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'analyst'",
    )
    expect(await engine.cells(sales)).toEqual([45_015])
  })
})

it('reaches for no network before a connection is made', async () => {
  const started: string[] = []
  const host = createFakeHost({
    startProcess: (kind) => {
      started.push(kind)
      return startProcess(kind)
    },
  })
  const engine = connectedEngine(undefined, host)
  await engine.done('workspace.state', {})
  await engine.done('connection.list', {})
  expect(started).toEqual([])
})

function filesHolding(folder: string, words: string): string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  return files.filter((file) => readFileSync(file).includes(words))
}
