import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgresSession } from '../../electron/engine/runner/server/postgres-session.ts'
import { serverLimits } from '../../electron/engine/runner/server/server-access.ts'
import type { PostgresServer } from '../support/servers/postgres-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'

describe.skipIf(!hasPostgres)('questions to PostgreSQL that find no connection free', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  const session = () =>
    openPostgresSession({
      ...{ kind: 'postgres', host: '127.0.0.1', port: server.port, database: 'postgres' },
      ...{ user: 'analyst', secret: server.password, tls: 'off', authority: null },
      limits: serverLimits,
    })

  it('end when they are withdrawn, before anybody lets a connection go', async () => {
    const asked = session()
    const slow = [1, 2, 3, 4].map((id) =>
      asked.run('select pg_sleep(60) as n', [], id).catch((error: unknown) => String(error)),
    )
    const waiting = asked.run('select 5 as n', [], 5).catch((error: unknown) => String(error))
    asked.interrupt(5)
    expect(await waiting).toContain('INTERRUPT')
    // The connection it waited for is the next one's.
    const next = asked.run('select 6 as n', [], 6)
    asked.interrupt(1)
    expect((await next).rows).toBe(1)
    for (const id of [2, 3, 4]) asked.interrupt(id)
    for (const failure of slow) expect(await failure).toContain('INTERRUPT')
  })

  it('know nothing of one that was withdrawn after it had ended', async () => {
    const asked = session()
    expect((await asked.run('select 1 as n', [], 7)).rows).toBe(1)
    asked.interrupt(7)
    expect((await asked.run('select 1 as n', [], 7)).rows).toBe(1)
  })
})
