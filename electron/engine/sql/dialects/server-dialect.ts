import type { ConnectionKind, ServerFeature } from '../../../../shared/data/connection.ts'
import type { Dialect } from '../printer.ts'
import { clickhouse } from './clickhouse.ts'
import { postgres } from './postgres.ts'

const dialects: Readonly<Record<ConnectionKind, (features: readonly ServerFeature[]) => Dialect>> =
  { postgres, clickhouse }

/** How a server is spoken to, by what it said it can do. */
export function serverDialect(server: {
  readonly kind: ConnectionKind
  readonly features: readonly ServerFeature[]
}): Dialect {
  return dialects[server.kind](server.features)
}
