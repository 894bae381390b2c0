/** Live datasets related to each other: statements of the user's and tables, on a file and on real servers. */
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { SqlPlace } from '../../shared/data/sql-words.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import type { ConnectedEngine } from '../support/connected-engine.ts'
import { connectedEngine, settingsOf } from '../support/connected-engine.ts'
import { makeFile } from '../support/live-files.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from '../support/servers/clickhouse-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** Lines of shops; one has an empty key, one a shop nobody knows; shops belong to regions. */
const tables: Readonly<
  Record<'lines' | 'shops' | 'regions', readonly (readonly (string | number | null)[])[]>
> = {
  lines: [['2025-01-01', 1, 10], ['2025-01-02', 2, 20], ['2025-02-01', 1, 5], ['2025-02-02', 9, 7], ['2025-02-03', null, 3]], // prettier-ignore
  shops: [['1', 'A', 'N', 40], ['2', 'B', 'S', 0], ['3', 'C', 'S', 60], ['', 'nobody', 'X', 1]], // prettier-ignore
  regions: [['N', 'Li'], ['S', 'Wu']], // prettier-ignore
}

const cell = (value: string | number | null): string =>
  value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value}'`
const inserted = (name: keyof typeof tables): string =>
  `insert into ${name} values ${tables[name].map((row) => `(${row.map(cell).join(', ')})`).join(', ')}`

interface Source {
  readonly engine: ConnectedEngine
  readonly place: SqlPlace
  /** Changes the source itself. */
  readonly run: (sql: string) => Promise<unknown>
  readonly joinsSeveral: boolean
}

async function dataset({ engine, place }: Source, name: string, text: string): Promise<string> {
  const draft = { place, text, parameters: [] }
  return (await engine.done('sql.save', { dataset: null, name, draft })).id
}

const sum = { field: 'amount', aggregate: 'sum' } as const

async function holds(source: Source): Promise<void> {
  const { engine } = source
  const lines = await dataset(
    source,
    'sold',
    'select day, shop, amount from lines where amount > 0',
  )
  const shops = await dataset(source, 'stores', 'select code, name, region, area from shops')
  const regions = await dataset(source, 'areas', 'select region as r, boss from regions')
  const ends = { from: { dataset: lines, fields: ['shop'] }, to: { dataset: shops, fields: ['code'] } } // prettier-ignore
  const made = await engine.done('relationship.create', ends)
  expect(made).toMatchObject({ orphans: 1, blanks: 1, orphanExamples: ['9'], most: 2, mostExample: '1' }) // prettier-ignore

  const ask = (query: Omit<ReportQueryInput, 'dataset'>): Promise<unknown> =>
    engine.cells({ dataset: 'sold', ...query })
  const byRegion = { rows: [{ field: 'stores.region' }], measures: [sum], totals: { rows: 'grand' as const } } // prettier-ignore
  // N, S, those without a partner, all.
  expect(await ask(byRegion)).toEqual([15, 20, 10, 45])
  // A partner's nought is no blank, and a missing partner's is.
  const unknown = { aggregate: 'formula', formula: 'SUMIFS([amount], ISBLANK([stores.area]))', as: 'u' } as const // prettier-ignore
  expect(await ask({ measures: [unknown] })).toEqual([10])
  expect(await ask({ measures: [sum], filters: [{ field: 'stores.name', op: 'in', values: ['A'] }] })).toEqual([15]) // prettier-ignore
  const formula = { aggregate: 'formula', formula: 'SUMIFS([amount], [stores.area] = 0)', as: 'f' } as const // prettier-ignore
  expect(await ask({ measures: [formula] })).toEqual([20])

  const further = { from: { dataset: shops, fields: ['region'] }, to: { dataset: regions, fields: ['r'] } } // prettier-ignore
  await engine.done('relationship.create', further)
  const byBoss = await ask({ rows: [{ field: 'areas.boss' }], measures: [sum] })
  expect(byBoss).toEqual(source.joinsSeveral ? [15, 20, 10] : 'query/invalid')
  const ofStores = { dataset: 'stores', rows: [{ field: 'areas.boss' }], measures: [{ field: 'area', aggregate: 'sum' as const }] } // prettier-ignore
  expect(await engine.cells(ofStores)).toEqual([40, 60, 1])

  const turned = await engine.call('relationship.create', { from: further.to, to: { dataset: lines, fields: ['shop'] } }) // prettier-ignore
  expect(turned.ok ? 'made' : turned.error.code).toBe('relationship/cycle')
}

/** A key that repeats is refused when it is related, and ends a relationship that held. */
async function repeats(source: Source, later: () => Promise<void>): Promise<void> {
  const { engine } = source
  const lines = await dataset(source, 'sold', 'select day, shop, amount from lines')
  const shops = await dataset(source, 'stores', 'select code, name, region from shops')
  const from = { dataset: lines, fields: ['shop'] }
  const refused = await engine.call('relationship.create', { from, to: { dataset: shops, fields: ['region'] } }) // prettier-ignore
  expect(refused.ok ? 'made' : refused.error).toMatchObject({ code: 'relationship/duplicateKey', details: { count: 1, examples: ['S'] } }) // prettier-ignore
  await engine.done('relationship.create', { from, to: { dataset: shops, fields: ['code'] } })
  const query = { dataset: 'sold', rows: [{ field: 'stores.name' }], measures: [sum] }
  expect(await engine.cells(query)).toEqual([15, 20, 10])
  await later()
  expect(await engine.cells(query)).toBe('query/invalid')
  const state = await engine.done('workspace.state', {})
  expect(state.current?.relationships[0]?.broken?.code).toBe('relationship/duplicateKey')
}

async function ofServer(
  kind: 'postgres' | 'clickhouse',
  server: { readonly port: number; readonly password: string; readonly admin: (sql: string) => Promise<unknown> }, // prettier-ignore
): Promise<Source> {
  const engine = connectedEngine()
  const { id, facts } = await engine.done('connection.save', {
    ...{ id: null, settings: settingsOf(kind, server), secret: server.password },
    ...{ keep: 'session', passphrase: null },
  })
  return {
    ...{ engine, place: { kind: 'server', connection: id }, run: (sql) => server.admin(sql) },
    joinsSeveral: kind === 'postgres' || facts.features.includes('severalJoins'),
  }
}

async function ofFile(): Promise<Source> {
  const engine = connectedEngine()
  const path = makeFile(
    join(tempFolder(), 'shop.db'),
    `create table lines (day text, shop integer, amount integer); ${inserted('lines')};
     create table shops (code text, name text, region text, area integer); ${inserted('shops')};
     create table regions (region text, boss text); ${inserted('regions')};`,
  )
  const file = engine.host.files.register(path).id
  const { id } = await engine.done('dataset.connectLive', { file, table: 'lines', name: 'lines' })
  const run = (sql: string): Promise<void> => {
    const database = new Database(path)
    database.exec(sql)
    database.close()
    return Promise.resolve()
  }
  return { engine, place: { kind: 'file', dataset: id }, run, joinsSeveral: true }
}

async function fillPostgres(admin: (sql: string) => Promise<unknown>): Promise<void> {
  await admin(`create table lines (day date, shop integer, amount integer); ${inserted('lines')};
    create table shops (code text, name text, region text, area integer); ${inserted('shops')};
    create table regions (region text, boss text); ${inserted('regions')};
    grant select on lines, shops, regions to analyst`)
}

async function fillClickHouse(admin: (sql: string) => Promise<unknown>): Promise<void> {
  await admin('create table lines (day Date, shop Nullable(Int32), amount Int32) engine = Memory')
  await admin('create table shops (code String, name String, region String, area Int32) engine = Memory') // prettier-ignore
  await admin('create table regions (region String, boss String) engine = Memory')
  for (const name of ['lines', 'shops', 'regions'] as const) await admin(inserted(name))
}

describe('live datasets of a SQLite file', () => {
  it('are joined where they are, blanks and orphans counted', async () => {
    await holds(await ofFile())
  })

  it('are no longer joined once a key repeats in the file', async () => {
    const source = await ofFile()
    await repeats(source, async () => {
      await source.run("insert into shops values ('1', 'D', 'N', 1)")
    })
  })

  it('are related to nothing that lies elsewhere', async () => {
    const [source, other] = [await ofFile(), makeFile(join(tempFolder(), 'other.db'), 'create table t (code text); insert into t values (1)')] // prettier-ignore
    const { engine, place } = source
    const file = engine.host.files.register(other).id
    const far = await engine.done('dataset.connectLive', { file, table: 't', name: 't' })
    const own = place.kind === 'file' ? place.dataset : ''
    const ends = { from: { dataset: own, fields: ['shop'] }, to: { dataset: far.id, fields: ['code'] } } // prettier-ignore
    const refused = await engine.call('relationship.create', ends)
    expect(refused.ok ? 'made' : refused.error.code).toBe('relationship/live')
  })
})

describe.skipIf(!hasPostgres)('live datasets of PostgreSQL', () => {
  it('are joined there, and no longer once a key repeats', async () => {
    const server = await startPostgres()
    try {
      await fillPostgres((sql) => server.admin(sql))
      await holds(await ofServer('postgres', server))
      const source = await ofServer('postgres', server)
      await repeats(source, async () => {
        await server.admin("insert into shops values ('1', 'D', 'N', 1)")
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 })
      })
    } finally {
      vi.useRealTimers()
      await server.stop()
    }
  })
})

describe.skipIf(!hasOldClickHouse)('live datasets of an old ClickHouse', () => {
  it('are joined there, one at a time', async () => {
    const servers = await startOldClickHouse()
    try {
      await fillClickHouse((sql) => servers[0].admin(sql))
      const source = await ofServer('clickhouse', servers[0])
      expect(source.joinsSeveral).toBe(false)
      await holds(source)
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
    }
  })
})

describe.skipIf(!hasModernClickHouse)('live datasets of a modern ClickHouse', () => {
  it('are joined there over several steps', async () => {
    const server = await startModernClickHouse()
    try {
      await fillClickHouse((sql) => server.admin(sql))
      await holds(await ofServer('clickhouse', server))
    } finally {
      await server.stop()
    }
  })
})
