/** Connections to an old ClickHouse cluster and to the modern engine, through the whole product. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionInfo, ConnectionSettings } from '../../shared/data/connection.ts'
import { connectedEngine, settingsOf } from '../support/connected-engine.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ConnectedEngine } from '../support/connected-engine.ts'
import type { ClickHouseServer } from '../support/servers/clickhouse-servers.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from '../support/servers/clickhouse-servers.ts'

const columns = `("日期" Date, "大区" Nullable(String), "小票号" UInt64, "金额" Decimal(12, 2), "重量" Float64, "入账" DateTime,
  "标签" Array(String), n Nullable(Int32))`
const rows = `select toDate('2025-01-01') + number % 90, if(number % 7 = 0, '', if(number % 2 = 0, '华东', '华南')), number,
  toDecimal64(number, 2) / 100, number * 0.5, toDateTime('2025-01-01 00:00:00') + number * 60, ['a'], if(number % 3 = 0, NULL, number)`

const sales = { dataset: '销售', measures: [{ field: '金额', aggregate: 'sum' as const }] }

function save(
  engine: ConnectedEngine,
  server: ClickHouseServer,
  more: Partial<ConnectionSettings> = {},
): Promise<ConnectionInfo> {
  return engine.done('connection.save', {
    ...{ id: null, settings: settingsOf('clickhouse', server, more), secret: server.password },
    ...{ keep: 'session', passphrase: null },
  })
}

async function refusals(server: ClickHouseServer): Promise<readonly unknown[]> {
  const engine = connectedEngine()
  const tried = async (
    more: Partial<ConnectionSettings>,
    secret = server.password,
  ): Promise<unknown> => {
    const settings = settingsOf('clickhouse', server, more)
    const outcome = await engine.call('connection.test', { settings, secret, id: null })
    return outcome.ok ? 'reached' : outcome.error.code
  }
  const { id } = await save(engine, server)
  const nix = await engine.call('dataset.connectServer', { connection: id, schema: 'default', table: "nix'; --", name: 'nix' }) // prettier-ignore
  return [
    await tried({}),
    await tried({ port: 1 }),
    await tried({}, 'wrong'),
    await tried({ user: 'nobody' }),
    await tried({ tls: 'encrypted' }),
    nix.ok ? 'found' : nix.error.code,
  ]
}

const refused = [
  'reached',
  'connection/unreachable',
  'connection/wrongPassword',
  'connection/wrongPassword',
]

describe.skipIf(!hasOldClickHouse)('a connection to an old ClickHouse cluster', () => {
  let servers: readonly ClickHouseServer[] = []
  beforeAll(async () => {
    servers = await startOldClickHouse()
    for (const [index, server] of servers.entries()) {
      await server.admin(`create table "销售一处" ${columns} engine = MergeTree() order by tuple()`)
      await server.admin(
        `insert into "销售一处" ${rows} from system.numbers limit ${index * 1500}, 1500`,
      )
    }
    await servers[0]!.admin(
      'create table "销售" as "销售一处" engine = Distributed(pair, default, "销售一处", rand())',
    )
    await servers[0]!.admin('create view "长跑" as select number as n from system.numbers')
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))

  it('asks a table over both shards, with what the server said it can do', async () => {
    const engine = connectedEngine()
    const { id, facts } = await save(engine, servers[0]!)
    expect(facts).toMatchObject({ version: 'ClickHouse 18.16.1', superuser: false })
    expect(facts.features).toEqual(['foldsAllLetters'])
    const { tables } = await engine.done('connection.tables', { id })
    expect(tables.map(({ name, view }) => [name, view])).toEqual([
      ['销售', false],
      ['销售一处', false],
      ['长跑', true],
    ])
    const names = await engine.done('connection.names', { id })
    expect(names.tables.map(({ name }) => name).toSorted()).toEqual(['销售', '销售一处', '长跑'])
    const told = names.tables.find(({ name }) => name === '销售')
    expect(told?.fields.slice(0, 3).map(({ name, type }) => [name, type])).toEqual([
      ['日期', 'date'],
      ['大区', 'text'],
      ['小票号', 'text'],
    ])
    const table = { connection: id, schema: 'default', table: '销售', name: '销售' }
    const live = await engine.done('dataset.connectServer', table)
    expect(live).toMatchObject({ mode: 'live', rows: 3000, lastDay: '2025-03-31' })
    expect(live.fields.map(({ name, type }) => [name, type])).toEqual([
      ['日期', 'date'],
      ['大区', 'text'],
      ['小票号', 'text'],
      ['金额', 'decimal'],
      ['重量', 'double'],
      ['入账', 'timestamp'],
      ['标签', 'text'],
      ['n', 'integer'],
    ])
    expect(await engine.cells(sales)).toEqual([44_985])
    const regions = { ...sales, rows: [{ field: '大区' }], totals: { rows: 'grand' as const } }
    expect(await engine.cells(regions)).toHaveLength(4)
    const profile = await engine.done('dataset.profile', { dataset: live.id, field: '大区' })
    expect(profile).toMatchObject({ rows: 3000, distinct: 2, texts: { longest: 2 } })
    const list = await engine.done('rows.open', {
      query: ReportQuery.parse({ dataset: '销售' }),
      ...{
        fields: ['日期', '金额', '标签', 'n'],
        sort: [{ field: '金额', direction: 'descending' }],
      },
      limit: 2,
    })
    expect(list.page.columns.map(({ values }) => [...values])).toEqual([
      ['2025-01-30', '2025-01-29'],
      [2999, 2998],
      ["['a']", "['a']"],
      [2999, 2998],
    ])
  })

  it('says what keeps a server from being asked', async () => {
    const answers = await refusals(servers[0]!)
    expect(answers.slice(0, 4)).toEqual(refused)
    expect(answers[4]).toMatch(/^connection\/(certificate|unreachable|noEncryption)$/)
    expect(answers[5]).toBe('dataset/notFound')
  })

  it('ends a withdrawn question on the server, also for a user who may write', async () => {
    for (const user of ['default', 'analyst']) {
      const engine = connectedEngine()
      const secret = user === 'default' ? 'writer' : servers[0]!.password
      const { id } = await engine.done('connection.save', {
        ...{ id: null, settings: settingsOf('clickhouse', servers[0]!, { user }), secret },
        ...{ keep: 'session', passphrase: null },
      })
      const running = async (): Promise<number> =>
        Number(
          await servers[0]!.admin(
            "select count() from system.processes where query like '%长跑%' and query not like '%processes%'",
          ),
        )
      const abort = new AbortController()
      const ask = { connection: id, schema: 'default', table: '长跑', name: `长跑${user}` }
      const asked = engine.call('dataset.connectServer', ask, abort.signal)
      await expect.poll(running, { timeout: 10_000 }).toBe(1)
      abort.abort()
      expect((await asked).ok).toBe(false)
      await expect.poll(running, { timeout: 10_000 }).toBe(0)
      await engine.close()
    }
  })
})

describe.skipIf(!hasModernClickHouse)('a connection to a modern ClickHouse', () => {
  let server: ClickHouseServer
  beforeAll(async () => {
    server = await startModernClickHouse()
    await server.admin(`create table "销售" ${columns} engine = MergeTree() order by tuple()`)
    await server.admin(`insert into "销售" ${rows} from numbers(3000)`)
  })
  afterAll(() => server.stop())

  it('binds its values and asks the table', async () => {
    const engine = connectedEngine()
    const { id, facts } = await save(engine, server)
    expect(facts.features).toEqual([
      'foldsAllLetters',
      'boundValues',
      'compensatedSums',
      'wideDays',
      'severalJoins',
    ])
    const table = { connection: id, schema: 'default', table: '销售', name: '销售' }
    expect(await engine.done('dataset.connectServer', table)).toMatchObject({ rows: 3000, lastDay: '2025-03-31' }) // prettier-ignore
    expect(await engine.cells(sales)).toEqual([44_985])
    const filters = [{ field: '大区', op: 'contains' as const, text: "'" }]
    expect(await engine.cells({ ...sales, filters })).toEqual([null])
  })

  it('says what keeps a server from being asked', async () => {
    const answers = await refusals(server)
    expect(answers.slice(0, 4)).toEqual(refused)
    expect(answers[5]).toBe('dataset/notFound')
  })
})
