/** Engines over real servers, made of the product's own sessions and of what it asks a server about itself. */
import type { Field } from '../../shared/data/field.ts'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { ConnectionKind } from '../../shared/data/connection.ts'
import type { QueryRunner } from '../../electron/engine/query/query-runner.ts'
import type { QuerySession } from '../../electron/engine/runner/query-messages.ts'
import { openServerSession } from '../../electron/engine/runner/server/open-server.ts'
import type { ServerAccess } from '../../electron/engine/runner/server/server-access.ts'
import { serverLimits } from '../../electron/engine/runner/server/server-access.ts'
import { factsOf } from '../../electron/engine/workspace/connections/server-facts.ts'
import { quoteIdentifier } from '../../electron/engine/sql/printer.ts'
import type { TestedEngine } from './query-engines.ts'
import { describedSales, engine } from './query-engines.ts'
import type { Row } from './reference-pivot.ts'
import type { ClickHouseServer } from './servers/clickhouse-servers.ts'
import type { PostgresServer } from './servers/postgres-servers.ts'
import { shardTable } from './servers/postgres-servers.ts'

export type MakeEngine = (
  fields: readonly Field[],
  rows: readonly Row[],
  lastDay: string,
) => Promise<TestedEngine>

export function accessTo(
  kind: ConnectionKind,
  server: { readonly port: number; readonly password: string },
  more: Partial<ServerAccess> = {},
): ServerAccess {
  return {
    ...{ kind, host: '127.0.0.1', port: server.port, user: 'analyst', secret: server.password },
    database: kind === 'postgres' ? 'postgres' : 'default',
    ...{ tls: 'off', authority: null, limits: serverLimits },
    ...more,
  }
}

export function runnerOver(session: QuerySession): QueryRunner {
  let next = 1
  return {
    run: async (_target, { text, values }) => {
      const answer = await session.run(text, values, next++)
      return { rows: answer.rows, columns: new Map(answer.columns) }
    },
  }
}

async function engineOf(
  name: string,
  access: ServerAccess,
  place: { readonly schema: string; readonly table: string },
  fields: readonly Field[],
  rows: readonly Row[],
  lastDay: string,
): Promise<TestedEngine> {
  const runner = runnerOver(openServerSession(access))
  const target = { kind: 'server', connection: 'con_test00' } as const
  const { signal } = new AbortController()
  const facts = await factsOf(access, (text, values = []) =>
    runner.run(target, { text, values }, signal),
  )
  const server = {
    ...{ connection: 'con_test00', kind: access.kind, schema: place.schema },
    features: facts.features,
  }
  const storage = { kind: 'live' as const, path: 'con_test00', table: place.table, server }
  const dataset = { ...describedSales(fields, rows, lastDay), storage }
  return engine(name, { datasets: [dataset], relations: [] }, runner)
}

let made = 0

const postgresTypes: Readonly<Record<Field['type'], string>> = {
  ...{ text: 'text', integer: 'bigint', decimal: 'numeric(38, 2)', double: 'double precision' },
  ...{ boolean: 'boolean', date: 'date', timestamp: 'timestamp' },
}

function postgresValue(value: CellValue): string {
  if (value === null) return 'null'
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

const columnsOf = (
  fields: readonly Field[],
  types: Readonly<Record<Field['type'], string>>,
  quote: (name: string) => string,
): string => fields.map(({ name, type }) => `${quote(name)} ${types[type]}`).join(', ')

/** In the server's other way to quote, so that the product's own is checked by it. */
const backticks = (name: string): string => `\`${name.replaceAll(/[\\`]/g, '\\$&')}\``

/** With `shards`, half the rows lie on each of two databases there. */
export function postgresEngine(server: PostgresServer, shards?: PostgresServer): MakeEngine {
  return async (fields, rows, lastDay) => {
    const table = `sales "${made++}" 销售`
    const quoted = quoteIdentifier(table)
    const columns = columnsOf(fields, postgresTypes, quoteIdentifier)
    if (shards) await shardTable(server, shards, quoted, columns)
    else await server.admin(`create table ${quoted} (${columns})`)
    const lines = rows.map((row, index) => {
      const cells = fields.map(({ name }) => postgresValue(row[name] ?? null))
      return `(${[...(shards ? [String(index % 2)] : []), ...cells].join(', ')})`
    })
    if (lines.length > 0) await server.admin(`insert into ${quoted} values ${lines.join(', ')}`)
    await server.admin(`grant select on ${quoted} to analyst`)
    const place = { schema: 'public', table }
    const name = shards ? 'sharded postgres' : 'postgres'
    return engineOf(name, accessTo('postgres', server), place, fields, rows, lastDay)
  }
}

const clickhouseTypes: Readonly<Record<Field['type'], string>> = {
  ...{ text: 'Nullable(String)', integer: 'Nullable(Int64)', decimal: 'Nullable(Decimal(18, 2))' },
  ...{ double: 'Nullable(Float64)', boolean: 'Nullable(UInt8)', date: 'Nullable(Date)' },
  timestamp: 'Nullable(DateTime)',
}

function clickhouseValue(value: CellValue, type: Field['type']): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number') return String(value)
  const text = type === 'timestamp' ? value.replace('T', ' ') : value
  return `'${text.replaceAll(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`
}

/** With a second server, half the rows lie on each, behind a table over both. */
export function clickhouseEngine(
  name: string,
  server: ClickHouseServer,
  shard?: ClickHouseServer,
): MakeEngine {
  return async (fields, rows, lastDay) => {
    const table = `sales_${made++}`
    const columns = columnsOf(fields, clickhouseTypes, backticks)
    const servers = shard ? [server, shard] : [server]
    const own = shard ? `${table}_here` : table
    for (const [index, one] of servers.entries()) {
      await one.admin(`create table ${own} (${columns}) engine = MergeTree() order by tuple()`)
      const lines = rows
        .filter((_row, at) => at % servers.length === index)
        .map((row) => `(${fields.map(({ name, type }) => clickhouseValue(row[name] ?? null, type)).join(',')})`) // prettier-ignore
      if (lines.length > 0) await one.admin(`insert into ${own} values ${lines.join(',')}`)
    }
    if (shard) {
      await server.admin(`create table ${table} as ${own} engine = Distributed(pair, default, ${own}, rand())`) // prettier-ignore
    }
    const place = { schema: 'default', table }
    return engineOf(name, accessTo('clickhouse', server), place, fields, rows, lastDay)
  }
}
