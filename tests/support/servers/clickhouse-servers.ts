/** ClickHouse twice: Debian's old server with a table over two shards, and the modern engine of `chdb` behind HTTP. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { StartedServer } from './server-process.ts'
import { freePort, serverFolder, startServer } from './server-process.ts'

const program = ['/usr/sbin/clickhouse-server', '/usr/bin/clickhouse-server'].find(existsSync)

export const hasOldClickHouse = program !== undefined

export const modernBinding = '@chdb/lib-linux-x64-gnu'

function binding(): boolean {
  try {
    createRequire(import.meta.url).resolve(modernBinding)
    return true
  } catch {
    return false
  }
}

export const hasModernClickHouse = binding()

export interface ClickHouseServer extends StartedServer {
  readonly port: number
  readonly password: string
  /** Knows days beyond those of 16 bits. */
  readonly wideDays: boolean
  /** Statements as the user who may write. */
  admin(sql: string): Promise<string>
}

const password = 's3cret<&>'

const config = (folder: string, ports: Ports, shards: readonly number[]): string => `<yandex>
  <logger><level>warning</level><console>1</console></logger>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${ports.http}</http_port>
  <tcp_port>${ports.tcp}</tcp_port>
  <interserver_http_port>${ports.between}</interserver_http_port>
  <path>${folder}/data/</path>
  <tmp_path>${folder}/tmp/</tmp_path>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <mark_cache_size>5368709</mark_cache_size>
  <timezone>Asia/Shanghai</timezone>
  <remote_servers><pair>${shards
    .map(
      (port) =>
        `<shard><replica><host>127.0.0.1</host><port>${port}</port><user>default</user><password>writer</password></replica></shard>`,
    )
    .join('')}</pair></remote_servers>
</yandex>`

const users = `<yandex>
  <profiles><default><max_memory_usage>2000000000</max_memory_usage></default><reader><readonly>2</readonly></reader></profiles>
  <users>
    <default><password>writer</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
    <analyst><password>${password.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</password><networks><ip>127.0.0.1</ip></networks><profile>reader</profile><quota>default</quota></analyst>
  </users>
  <quotas><default/></quotas>
</yandex>`

interface Ports {
  readonly http: number
  readonly tcp: number
  readonly between: number
}

async function ports(): Promise<Ports> {
  return { http: await freePort(), tcp: await freePort(), between: await freePort() }
}

/** Two servers; each knows both as the cluster \`pair\`. */
export async function startOldClickHouse(): Promise<readonly [ClickHouseServer, ClickHouseServer]> {
  const both = [await ports(), await ports()] as const
  const shards = both.map(({ tcp }) => tcp)
  const [first, second] = await Promise.all([
    oldServer(both[0], shards),
    oldServer(both[1], shards),
  ])
  return [first, second]
}

async function oldServer(own: Ports, shards: readonly number[]): Promise<ClickHouseServer> {
  const folder = serverFolder()
  for (const name of ['data', 'tmp']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'config.xml'), config(folder, own, shards))
  writeFileSync(join(folder, 'users.xml'), users)
  const command = [program ?? '', `--config-file=${join(folder, 'config.xml')}`]
  const server = await startServer(command, folder, () => answers(own.http))
  return { ...server, port: own.http, password, wideDays: false, admin: adminOf(own.http) }
}

/** The process of \`chdb-process.ts\` around the modern engine. */
export async function startModernClickHouse(): Promise<ClickHouseServer> {
  const [folder, port] = [serverFolder(), await freePort()]
  const entry = join(import.meta.dirname, '../chdb-process.ts')
  const env = { ...process.env, PORT: String(port), DATA: folder, PASSWORD: password }
  const server = await startServer([process.execPath, entry], folder, () => answers(port), { env })
  return { ...server, port, password, wideDays: true, admin: adminOf(port) }
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/ping`).then(
    ({ ok }) => ok,
    () => false,
  )
}

function adminOf(port: number): ClickHouseServer['admin'] {
  return async (sql) => {
    const headers = { 'x-clickhouse-user': 'default', 'x-clickhouse-key': 'writer' }
    const url = `http://127.0.0.1:${port}/`
    const answer = await fetch(url, { method: 'POST', body: sql, headers })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${text}\n${sql.slice(0, 500)}`)
    return text
  }
}
