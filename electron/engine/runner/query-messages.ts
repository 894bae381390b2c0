import type { RawColumn } from '../query/query-runner.ts'
import type { SqlValue } from '../sql/nodes.ts'
import type { ErrorDetails } from '../../../shared/errors.ts'
import type { ServerAccess } from './server/server-access.ts'
import type { ServerFault } from './server/server-errors.ts'

/** A live file that cannot be asked now. */
export const fileFaults = [
  'file/notFound',
  'file/denied',
  'file/inUse',
  'dataset/locked',
  'dataset/unreadable',
] as const
export type FileFault = (typeof fileFaults)[number]

/** Messages between the engine and a query process; both ship together, so they are types only. */
export type ToQueryProcess =
  | {
      readonly kind: 'openExtracts'
      readonly extracts: readonly { readonly alias: string; readonly path: string }[]
      readonly memoryLimitMb: number
      readonly tempFolder: string
      readonly threads: number
    }
  | {
      readonly kind: 'openLive'
      readonly path: string
      /** Private: copies of files that must not be read in place. */
      readonly tempFolder: string
    }
  | { readonly kind: 'openServer'; readonly access: ServerAccess }
  | {
      readonly kind: 'run'
      readonly id: number
      readonly text: string
      readonly values: readonly SqlValue[]
      /** Hashes of the user's own statements in it. */
      readonly written?: readonly string[]
    }
  | { readonly kind: 'interrupt'; readonly id: number }

export type FromQueryProcess =
  | { readonly kind: 'opened' }
  | { readonly kind: 'openFailed'; readonly message: string }
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly rows: number
      readonly columns: readonly (readonly [string, RawColumn])[]
    }
  | {
      readonly kind: 'failed'
      readonly id: number
      readonly message: string
      readonly interrupted: boolean
      /** Set when the trouble is the file's or the server's and not the statement's. */
      readonly fault?: FileFault | ServerFault
      readonly details?: ErrorDetails
    }

/** A statement the engine did not understand: the place it names, as it counts, and its own code. */
export class StatementTrouble extends Error {
  readonly details: ErrorDetails
  constructor(message: string, details: ErrorDetails) {
    super(message)
    this.details = details
  }
}

/** What a query process answers with, whichever engine is behind it. */
export interface QuerySession {
  run(
    text: string,
    values: readonly SqlValue[],
    id: number,
    /** Holds a statement of the user's: nothing it does may outlast it. */
    written?: boolean,
  ): Promise<{ rows: number; columns: readonly (readonly [string, RawColumn])[] }>
  interrupt(id: number): void
}
