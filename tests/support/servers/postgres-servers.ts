/** PostgreSQL as Debian brings it: one server alone, and one whose table lies in two others. */
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { StartedServer } from './server-process.ts'
import { freePort, serverFolder, startServer } from './server-process.ts'

const versions = '/usr/lib/postgresql'

function programs(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync(versions)) return undefined
  const folders = readdirSync(versions).map((version) => join(versions, version, 'bin'))
  return folders.toSorted().findLast((folder) => existsSync(join(folder, 'initdb')))
}

export const hasPostgres = programs() !== undefined

export interface PostgresServer extends StartedServer {
  readonly port: number
  /** Of the superuser `postgres` and of `analyst`, who may only read. */
  readonly password: string
  /** The certificate its TLS is signed with. */
  readonly certificate: string
  /** Statements as the superuser. */
  admin(
    sql: string,
    database?: string,
    values?: readonly unknown[],
  ): Promise<readonly Record<string, unknown>[]>
}

const password = 's3cret\'"\\ 密码'

/** The superuser's socket needs no password; everybody else comes by TCP and shows one. */
const access = `local all postgres trust
host all all 127.0.0.1/32 scram-sha-256
`

function run(command: string, args: readonly string[], user?: number, group?: number): void {
  const ids = user === undefined ? {} : { uid: user, gid: group }
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', ...ids, cwd: '/tmp' })
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`)
}

function userIds(): { readonly user: number; readonly group: number } {
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  return { user: id('-u'), group: id('-g') }
}

/** Signed by itself, for `localhost` alone: any other name for the server fails the check of names. */
function makeCertificate(folder: string, user: number, group: number): string {
  const [key, certificate] = [join(folder, 'server.key'), join(folder, 'server.crt')]
  run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
  ])
  chmodSync(key, 0o600)
  for (const file of [key, certificate]) chownSync(file, user, group)
  return certificate
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = programs()
  if (bin === undefined) throw new Error('no PostgreSQL here')
  const { user, group } = userIds()
  const [folder, port] = [serverFolder(), await freePort()]
  chownSync(folder, user, group)
  const data = join(folder, 'data')
  const made = ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  run(join(bin, 'initdb'), made, user, group)
  const certificate = makeCertificate(folder, user, group)
  writeFileSync(join(data, 'pg_hba.conf'), access)
  appendFileSync(
    join(data, 'postgresql.conf'),
    `fsync = off\nshared_buffers = 32MB\nmax_connections = 40\nlisten_addresses = '127.0.0.1'
ssl = on\nssl_cert_file = '${certificate}'\nssl_key_file = '${join(folder, 'server.key')}'\n`,
  )
  const command = [join(bin, 'postgres'), '-D', data, '-k', folder, '-p', String(port)]
  const admin = adminOf(folder, port)
  const isUp = (): Promise<boolean> =>
    admin('select 1').then(
      () => true,
      () => false,
    )
  const server = await startServer(command, folder, isUp, { user: 'postgres' })
  const quoted = `'${password.replaceAll("'", "''")}'`
  await admin(
    `alter role postgres password ${quoted}; create role analyst login password ${quoted}`,
  )
  return { ...server, port, password, certificate, admin }
}

function adminOf(host: string, port: number): PostgresServer['admin'] {
  return async (sql, database = 'postgres', values = []) => {
    const client = new pg.Client({ host, port, user: 'postgres', database })
    client.on('error', () => undefined)
    await client.connect()
    try {
      const found = await client.query<Record<string, unknown>>(
        sql,
        values.length > 0 ? [...values] : undefined,
      )
      return Array.isArray(found) ? [] : found.rows
    } finally {
      await client.end()
    }
  }
}

/**
 * Makes `name`, which is quoted, in the database `postgres` of `head` a table whose rows lie in two databases of `shards`. Rows go where their
 * number in the statement that brings them sends them.
 */
export async function shardTable(
  head: PostgresServer,
  shards: PostgresServer,
  name: string,
  columns: string,
): Promise<void> {
  await head.admin('create extension if not exists postgres_fdw')
  const quoted = `'${shards.password.replaceAll("'", "''")}'`
  await head.admin(
    `create table ${name} (shard integer not null, ${columns}) partition by list (shard)`,
  )
  for (const shard of [0, 1]) {
    const database = `shard${shard}`
    const known = await shards.admin(`select 1 from pg_database where datname = '${database}'`)
    if (known.length === 0) {
      await shards.admin(`create database ${database}`)
      await head.admin(`create server ${database} foreign data wrapper postgres_fdw
        options (host '127.0.0.1', port '${shards.port}', dbname '${database}', use_remote_estimate 'true')`)
      for (const role of ['postgres', 'analyst']) {
        await head.admin(`create user mapping for ${role} server ${database}
          options (user 'postgres', password ${quoted.replaceAll('\\', '\\\\').replace(/^/, 'E')})`)
      }
    }
    const part = `${name.slice(0, -1)}_${shard}"`
    await shards.admin(`create table ${name} (shard integer not null, ${columns})`, database)
    await head.admin(
      `create foreign table ${part} partition of ${name} for values in (${shard})
        server ${database} options (table_name '${name.slice(1, -1).replaceAll('""', '"')}')`,
    )
  }
}
