/** One of each real server that is on this machine, with the way to put rows on it. */
import type { ClickHouseServer } from './servers/clickhouse-servers.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from './servers/clickhouse-servers.ts'
import { hasPostgres, startPostgres } from './servers/postgres-servers.ts'
import type { MakeEngine } from './server-engines.ts'
import { clickhouseEngine, postgresEngine } from './server-engines.ts'
import type { StartedServer } from './servers/server-process.ts'

export interface AllServers {
  readonly makers: readonly MakeEngine[]
  stop(): Promise<void>
}

export async function allServers(): Promise<AllServers> {
  const started: StartedServer[] = []
  const makers: MakeEngine[] = []
  if (hasPostgres) {
    const server = await startPostgres()
    started.push(server)
    makers.push(postgresEngine(server))
  }
  const add = (name: string, servers: readonly ClickHouseServer[]): void => {
    started.push(...servers)
    const [first] = servers
    if (first) makers.push(clickhouseEngine(name, first))
  }
  if (hasOldClickHouse) add('old clickhouse', await startOldClickHouse())
  if (hasModernClickHouse) add('modern clickhouse', [await startModernClickHouse()])
  return {
    makers,
    async stop() {
      for (const server of started) await server.stop()
    },
  }
}
