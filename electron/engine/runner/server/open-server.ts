import type { ConnectionKind } from '../../../../shared/data/connection.ts'
import type { QuerySession } from '../query-messages.ts'
import { openClickHouseSession } from './clickhouse-session.ts'
import { openPostgresSession } from './postgres-session.ts'
import type { ServerAccess } from './server-access.ts'

const sessions: Readonly<Record<ConnectionKind, (access: ServerAccess) => QuerySession>> = {
  postgres: openPostgresSession,
  clickhouse: openClickHouseSession,
}

/** Nothing is connected before the first question. */
export function openServerSession(access: ServerAccess): QuerySession {
  return sessions[access.kind](access)
}
