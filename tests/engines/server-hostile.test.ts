/** Values and names as an enemy would write them, and statements that are no questions: on every real server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerSession } from '../../electron/engine/runner/server/open-server.ts'
import type { ServerAccess } from '../../electron/engine/runner/server/server-access.ts'
import { serverLimits } from '../../electron/engine/runner/server/server-access.ts'
import { AppErrorException } from '../../shared/errors.ts'
import type { Field } from '../../shared/data/field.ts'
import { plainCells } from '../support/query-engines.ts'
import type { MakeEngine } from '../support/server-engines.ts'
import { accessTo, clickhouseEngine, postgresEngine } from '../support/server-engines.ts'
import type { ClickHouseServer } from '../support/servers/clickhouse-servers.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from '../support/servers/clickhouse-servers.ts'
import type { PostgresServer } from '../support/servers/postgres-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'

const hostile = [
  "'",
  "''",
  "\\'",
  "\\\\'",
  '\\',
  '\\\\',
  "x' or '1' = '1",
  "x\\' or 1 = 1 --",
  "'; drop table sales; --",
  "') or (1 = 1",
  "' union all select 1, 2 --",
  '"',
  '`',
  '$1',
  '$$x$$',
  '{p1:String}',
  '{p2:Identifier}',
  '\\N',
  '\\0',
  '%_%',
  'a\tb',
  'a\nb',
  'a\rb',
  '\u2019 or 1=1',
  '/* */ --',
  'ʼ’＇',
  '😀\\',
  '\\x27',
  '\\u0027 or 1=1',
  'null',
]
const names = [
  'a"b',
  "a'b; drop table x; --",
  'a\\',
  'a\\"b',
  '`',
  '{p1:String}',
  '$1',
  '~n',
  'n',
  'k0',
]
const fields: readonly Field[] = names.map((name) => ({ name, type: 'text', role: 'dimension' }))
const rows = hostile.map((_value, index) =>
  Object.fromEntries(names.map((name, at) => [name, hostile[(index + at) % hostile.length]!])),
)

/** Each value finds its own row and no other, in every column. */
async function attack(make: MakeEngine): Promise<void> {
  const engine = await make(fields, rows, '2025-01-01')
  for (const [at, field] of names.entries()) {
    for (const op of ['in', 'notIn'] as const) {
      const value = hostile[(at * 7) % hostile.length]!
      await expectCount(
        engine,
        [{ field, op, values: [value] }],
        op === 'in' ? 1 : hostile.length - 1,
      )
    }
    const listed = await engine.ask({
      dataset: 'sales',
      rows: [{ field }],
      measures: [{ aggregate: 'count' }],
    })
    if (!listed.ok) throw new Error(JSON.stringify(listed.error))
    expect(listed.value.rows.paths.flat().toSorted()).toEqual(hostile.toSorted())
  }
  for (const value of hostile) {
    await expectCount(engine, [{ field: 'n', op: 'in', values: [value] }], 1)
    const holding = hostile.filter((one) => one.includes(value)).length
    await expectCount(engine, [{ field: 'n', op: 'contains', text: value }], holding)
    const starting = hostile.filter((one) => one.startsWith(value)).length
    await expectCount(engine, [{ field: 'n', op: 'startsWith', text: value }], starting)
  }
}

async function expectCount(
  engine: Awaited<ReturnType<MakeEngine>>,
  filters: NonNullable<Parameters<typeof engine.ask>[0]['filters']>,
  count: number,
): Promise<void> {
  const answer = await engine.ask({ dataset: 'sales', measures: [{ aggregate: 'count' }], filters })
  if (!answer.ok) throw new Error(`${JSON.stringify(filters)}: ${JSON.stringify(answer.error)}`)
  expect(plainCells(answer.value).flat(2)[0] ?? 0, JSON.stringify(filters)).toBe(count)
}

/** What became of a statement: its error's code, or `answered`. */
async function outcome(access: ServerAccess, text: string): Promise<string> {
  try {
    await openServerSession(access).run(text, [], 1)
    return 'answered'
  } catch (error) {
    if (error instanceof AppErrorException) return error.appError.code
    return error instanceof Error ? error.message : String(error)
  }
}

const few = { ...serverLimits, rows: 1000, bytes: 100_000, statementMs: 2000 }

describe.skipIf(!hasPostgres)('PostgreSQL under attack', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
    await server.admin('create table kept (n integer); insert into kept values (1)')
  })
  afterAll(() => server.stop())

  it('takes hostile values for values and hostile names for names', () =>
    attack(postgresEngine(server)))

  it('changes nothing, though its user may do anything', async () => {
    const access = accessTo('postgres', server, { user: 'postgres' })
    for (const text of [
      'delete from kept',
      'with d as (delete from kept returning n) select * from d',
      'drop table kept',
      "select nextval('s')",
      'create temporary table t (n integer); insert into kept values (2)',
    ]) {
      expect(await outcome(access, text), text).not.toBe('answered')
    }
    expect(await server.admin('select count(*) as n from kept')).toEqual([{ n: '1' }])
  })

  it('is given up beyond the limits of time, rows and bytes', async () => {
    const access = accessTo('postgres', server, { limits: few })
    expect(await outcome(access, 'select pg_sleep(60)')).toBe('query/timedOut')
    expect(await outcome(access, 'select generate_series(1, 100000000) as n')).toBe(
      'query/tooLarge',
    )
    expect(await outcome(access, "select repeat('x', 1000) as n from generate_series(1, 900)")).toBe('query/tooLarge') // prettier-ignore
    expect(await outcome(access, 'select generate_series(1, 1000) as n')).toBe('answered')
  })
})

describe.skipIf(!hasOldClickHouse)('an old ClickHouse under attack', () => {
  let servers: readonly ClickHouseServer[] = []
  beforeAll(async () => {
    servers = await startOldClickHouse()
    await servers[0]!.admin('create table kept (n Int32) engine = Memory')
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))

  it('takes hostile values for values and hostile names for names', () =>
    attack(clickhouseEngine('old clickhouse', servers[0]!)))

  it('takes them so on its shards', () =>
    attack(clickhouseEngine('distributed clickhouse', servers[0]!, servers[1])))

  it('changes nothing, though its user may do anything', async () => {
    const access = accessTo('clickhouse', servers[0]!, { user: 'default', secret: 'writer' })
    for (const text of ['drop table kept', 'insert into kept values (1)', 'truncate table kept']) {
      expect(await outcome(access, text), text).not.toBe('answered')
    }
    expect(await servers[0]!.admin('exists table kept')).toBe('1\n')
    expect(await servers[0]!.admin('select count() from kept')).toBe('0\n')
  })

  it('is given up beyond the limits of time, rows and bytes', async () => {
    const access = accessTo('clickhouse', servers[0]!, { limits: few })
    expect(await outcome(access, 'select count() from system.numbers')).toBe('query/timedOut')
    expect(await outcome(access, 'select number from system.numbers limit 100000')).toBe(
      'query/tooLarge',
    )
    expect(await outcome(access, 'select number from system.numbers limit 1000')).toBe('answered')
  })
})

describe.skipIf(!hasModernClickHouse)('a modern ClickHouse under attack', () => {
  let server: ClickHouseServer
  beforeAll(async () => {
    server = await startModernClickHouse()
    await server.admin('create table kept (n Int32) engine = MergeTree() order by n')
  })
  afterAll(() => server.stop())

  it('takes hostile values for values and hostile names for names', () =>
    attack(clickhouseEngine('modern clickhouse', server)))

  it('changes nothing', async () => {
    const access = accessTo('clickhouse', server)
    for (const text of ['drop table kept', 'insert into kept values (1)']) {
      expect(await outcome(access, text), text).not.toBe('answered')
    }
    expect(await server.admin('select count() from kept')).toBe('0\n')
  })

  it('is given up beyond the limits of rows', async () => {
    const access = accessTo('clickhouse', server, { limits: few })
    expect(await outcome(access, 'select number from numbers(100000)')).toBe('query/tooLarge')
  })
})
