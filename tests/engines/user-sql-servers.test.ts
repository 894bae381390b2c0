/** Statements of the user's over real servers: what they answer, and what they are kept from doing there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionKind } from '../../shared/data/connection.ts'
import type { SqlDraft, SqlParameter } from '../../shared/data/sql-words.ts'
import type { ConnectedEngine } from '../support/connected-engine.ts'
import { connectedEngine, settingsOf } from '../support/connected-engine.ts'
import type { ClickHouseServer } from '../support/servers/clickhouse-servers.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from '../support/servers/clickhouse-servers.ts'
import type { PostgresServer } from '../support/servers/postgres-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'

interface Asked {
  readonly engine: ConnectedEngine
  readonly connection: string
}

async function connected(
  kind: ConnectionKind,
  server: { readonly port: number; readonly password: string },
): Promise<Asked> {
  const engine = connectedEngine()
  const { id } = await engine.done('connection.save', {
    ...{ id: null, settings: settingsOf(kind, server), secret: server.password },
    ...{ keep: 'session', passphrase: null },
  })
  return { engine, connection: id }
}

const draft = (asked: Asked, text: string, parameters: SqlParameter[] = []): SqlDraft => ({
  place: { kind: 'server', connection: asked.connection },
  ...{ text, parameters },
})

/** The rows, or why not. */
async function said(asked: Asked, text: string, parameters: SqlParameter[] = []): Promise<unknown> {
  const ask = { draft: draft(asked, text, parameters), dataset: null }
  const answer = await asked.engine.call('sql.preview', ask)
  if (answer.ok) return answer.value.rows
  const { code, details } = answer.error
  return 'at' in details ? [code, details['reason'], details['at']] : [code, details['reason']]
}

/** Each with a value that would end its quotes. */
const hostile: SqlParameter[] = [
  { name: 'region', type: 'text', value: "north' or '1'='1\\" },
  { name: 'least', type: 'number', value: '1.25' },
  { name: 'from', type: 'date', value: '2025-01-02' },
]

async function refuses(
  asked: Asked,
  cases: readonly (readonly [string, unknown])[],
): Promise<void> {
  for (const [text, reason] of cases) {
    const found = await said(asked, text)
    expect([text, Array.isArray(found) ? found[1] : found]).toEqual([text, reason])
  }
}

const everywhere: readonly (readonly [string, unknown])[] = [
  ['delete from sales', 'notReading'],
  ['select 1; drop table sales', 'several'],
  ['select 1) as t; drop table sales; --', 'unclosed'],
  ['select 1 /* /* */ */', 'nestedComment'],
]

describe.skipIf(!hasPostgres)('a statement over PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
    await server.admin(`
      create table sales (day date, region text, amount numeric(12, 2), n bigint, "开放" numeric);
      insert into sales values ('2025-01-01', 'north', 1.5, 1, 0.125), ('2025-02-01', 'south', 2.25, 2, 7), ('2025-02-02', 'north', 4, 3, 1);
      create table log (n integer);
      create sequence counter;
      grant select, insert on sales, log to analyst;
      grant usage on sequence counter to analyst;
      create function writes() returns integer language plpgsql volatile as 'begin insert into log values (1); return 1; end';
      create function doubled(n numeric) returns numeric language sql as 'select n * 2'`)
  })
  afterAll(() => server.stop())

  it('binds its values, and becomes a dataset that is asked there', async () => {
    const asked = await connected('postgres', server)
    const text = `-- values stand in it by name
      select region, day, doubled(amount) as "金额", n, "开放", region = :region as hit, true as yes
      from sales where amount > :least and day >= :from order by day -- :not one of them`
    expect(await said(asked, text, hostile)).toEqual([
      ['south', '2025-02-01', '4.5', '2', '7', 'false', 'true'],
      ['north', '2025-02-02', '8', '3', '1', 'false', 'true'],
    ])
    const { engine } = asked
    const made = await engine.done('sql.save', {
      ...{ dataset: null, name: '两倍', draft: draft(asked, text, hostile) },
    })
    expect(made).toMatchObject({ mode: 'live', rows: 2, lastDay: '2025-02-02', sql: 'server' })
    expect(made.fields.map(({ type }) => type)).toEqual(['text', 'date', 'decimal', 'integer', 'integer', 'boolean', 'boolean']) // prettier-ignore
    const query = {
      dataset: '两倍',
      rows: [{ field: 'region' }],
      columns: [{ field: 'day', grain: 'month' as const }],
      measures: [{ field: '金额', aggregate: 'sum' as const }],
      filters: [{ field: 'region', op: 'in' as const, values: ['north', 'south'] }],
      totals: { rows: 'grand' as const },
    }
    expect(await engine.cells(query)).toEqual([8, 4.5, 12.5])
  })

  it('tells what is wrong with it and where, in what was written', async () => {
    const asked = await connected('postgres', server)
    const tell = (text: string) => said(asked, text, hostile)
    expect(await tell("select '华😀', :least frm sales")).toEqual(['sql/failed', 'syntax', 25])
    expect(await tell('select 1 from nothing')).toEqual(['sql/failed', 'unknownTable', 14])
    expect(await tell('select :least, 金 from sales')).toEqual(['sql/failed', 'unknownColumn', 15])
    expect(await tell('select nix(1)')).toEqual(['sql/failed', 'unknownFunction', 7])
    expect(await tell('select 1 as a, 2 as a')).toEqual(['sql/failed', 'ambiguous', 12])
    expect(await tell('select region from sales where false')).toEqual([])
  })

  it('changes nothing on the server, and reaches nothing beside its tables', async () => {
    const asked = await connected('postgres', server)
    await refuses(asked, [
      ...everywhere,
      ['with x as (insert into log values (1) returning n) select * from x', 'other'],
      ['select writes()', 'other'],
      ["select nextval('counter')", 'notAllowed'],
      ["select pg_read_file('/etc/passwd')", 'notAllowed'],
      ["select pg_catalog.pg_ls_dir('/')", 'notAllowed'],
      ['select "pg_read_file"(\'/etc/passwd\')', 'notAllowed'],
      ['select PG_SLEEP(100)', 'notAllowed'],
      ["select set_config('default_transaction_read_only', 'off', false)", 'notAllowed'],
      ["select query_to_xml('select 1', true, true, '')", 'notAllowed'],
      ['select pg_advisory_lock(1)', 'notAllowed'],
      ['select lo_create(1)', 'notAllowed'],
      ['select U&"pg_read\\005ffile"(\'/etc/passwd\')', 'sign'],
      ['select $$a$$', 'sign'],
      ['select * from sales for update', 'other'],
    ])
    expect(await server.admin('select n from log')).toEqual([])
    // Whatever a statement manages to set in its session is gone with it.
    expect(await said(asked, "select current_setting('transaction_read_only') as s")).toEqual([['on']]) // prettier-ignore
  })

  it('ends when it is withdrawn', async () => {
    const asked = await connected('postgres', server)
    const abort = new AbortController()
    const text = 'select count(*) as n from generate_series(1, 100000000000) g'
    const ask = { draft: draft(asked, text), dataset: null }
    const running = asked.engine.call('sql.preview', ask, abort.signal)
    setTimeout(() => abort.abort(), 500)
    const answer = await running
    expect(answer.ok ? '' : answer.error.code).toBe('query/cancelled')
    const busy = "select count(*)::int as n from pg_stat_activity where state = 'active' and query like '%100000000000%' and pid <> pg_backend_pid()" // prettier-ignore
    await expect.poll(() => server.admin(busy)).toEqual([{ n: 0 }])
  })
})

const clickhouseTable = `create table sales (day Date, region Nullable(String), amount Decimal(12, 2), n Int64) engine = MergeTree() order by tuple()`
const clickhouseRows = `insert into sales values ('2025-01-01', 'north', 1.5, 1), ('2025-02-01', 'south', 2.25, 2), ('2025-02-02', 'north', 4, 3)`

const servers: readonly (readonly [string, boolean, () => Promise<readonly ClickHouseServer[]>])[] =
  [
    ['an old ClickHouse', hasOldClickHouse, startOldClickHouse],
    ['a modern ClickHouse', hasModernClickHouse, async () => [await startModernClickHouse()]],
  ]

describe.each(servers)('a statement over %s', (name, present, start) => {
  describe.skipIf(!present)('when it is there', () => {
    let started: readonly ClickHouseServer[] = []
    beforeAll(async () => {
      started = await start()
      for (const statement of [clickhouseTable, clickhouseRows]) await started[0]?.admin(statement)
    })
    afterAll(async () => {
      for (const server of started) await server.stop()
    })

    it('binds its values, and becomes a dataset that is asked there', async () => {
      const asked = await connected('clickhouse', started[0]!)
      const text = `-- values by name; :not one of them
        select region, day, amount as "金额", n, region = :region as hit
        from sales where n > :least and day >= :from order by day`
      const values = hostile.map((one) => (one.name === 'least' ? { ...one, value: '1' } : one))
      expect(await said(asked, text, values)).toEqual([
        ['south', '2025-02-01', '2.25', '2', '0'],
        ['north', '2025-02-02', '4', '3', '0'],
      ])
      const made = await asked.engine.done('sql.save', {
        ...{ dataset: null, name: '读', draft: draft(asked, text, values) },
      })
      expect(made).toMatchObject({ mode: 'live', rows: 2, lastDay: '2025-02-02' })
      const query = {
        dataset: '读',
        rows: [{ field: 'region' }],
        measures: [{ field: '金额', aggregate: 'sum' as const }],
        totals: { rows: 'grand' as const },
      }
      expect(await asked.engine.cells(query)).toEqual([4, 2.25, 6.25])
    })

    it('changes nothing, reaches nothing beside its tables, and says what is wrong', async () => {
      const asked = await connected('clickhouse', started[0]!)
      await refuses(asked, [
        ...everywhere,
        ["select * from url('http://127.0.0.1:1/', CSV, 'a Int32')", 'notAllowed'],
        ["select * from file('/etc/passwd', CSV, 'a String')", 'notAllowed'],
        ["select * from remote('127.0.0.1', system, one)", 'notAllowed'],
        ["select * from `url`('http://127.0.0.1:1/', CSV, 'a Int32')", 'notAllowed'],
        ["select * from /**/ URL /**/ ('http://127.0.0.1:1/', CSV, 'a Int32')", 'notAllowed'],
        ["select * from merge('system', 'one')", 'notAllowed'],
        ['select sleep(3)', 'notAllowed'],
        ['select 1 settings max_execution_time = 0', 'notAllowed'],
        ["select 1 into outfile 'x'", 'notAllowed'],
        ['select {p1:String}', 'sign'],
        ['insert into sales select * from sales', 'notReading'],
        ['selec 1', 'notReading'],
        ['select "金" from sales', 'unknownColumn'],
        ['select nix(1) as a', 'unknownFunction'],
        ['select 1 as a from nothing', 'unknownTable'],
        ['select 1 as a frm sales x y', 'syntax'],
      ])
      expect(name).toContain('ClickHouse')
    })
  })
})
