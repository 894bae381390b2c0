import type { ConnectionKind, TlsMode } from '../../../../shared/data/connection.ts'

/** All a query process needs to reach a server. Goes to that process alone: never into a file, a log or an error. */
export interface ServerAccess {
  readonly kind: ConnectionKind
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly secret: string
  readonly tls: TlsMode
  readonly authority: string | null
  readonly limits: ServerLimits
}

export interface ServerLimits {
  /** The server itself ends a statement after it. */
  readonly statementMs: number
  readonly connectMs: number
  /** Of one answer. */
  readonly rows: number
  readonly bytes: number
}

export const serverLimits: ServerLimits = {
  statementMs: 120_000,
  connectMs: 15_000,
  rows: 1_000_000,
  bytes: 256 * 1024 * 1024,
}
