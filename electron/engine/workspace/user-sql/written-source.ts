/** The statement of a live dataset as a question reads it, and the name under which it was agreed to. */
import { createHash } from 'node:crypto'
import type { SqlParameter } from '../../../../shared/data/sql-words.ts'
import type { WrittenSource } from '../../query/query-catalog.ts'
import type { Table } from '../../sql/nodes.ts'
import { readStatement } from '../../sql/user/statement.ts'
import type { SqlKind } from '../../sql/user/tokens.ts'
import type { StoredDataset, StoredSql } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'

export type SqlTarget =
  | { readonly kind: 'extracts' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'server'; readonly connection: string }

export interface Written {
  readonly text: string
  readonly parameters: readonly SqlParameter[]
}

export function targetOfSql(stored: StoredDataset): SqlTarget {
  if (stored.liveServer) return { kind: 'server', connection: stored.liveServer.connection }
  return stored.livePath === null ? { kind: 'extracts' } : { kind: 'file', path: stored.livePath }
}

export function sqlKind(workspace: Workspace, target: SqlTarget): SqlKind {
  if (target.kind === 'extracts') return 'duckdb'
  if (target.kind === 'file') return 'sqlite'
  return workspace.catalogue.connections.find(target.connection)?.settings.kind ?? 'postgres'
}

/** Of what runs and of whom it asks: other words, another value, another server or file is another one. */
export function sqlHash(workspace: Workspace, target: SqlTarget, written: Written): string {
  const { text, parameters } = written
  const values = parameters.map(({ name, type, value }) => [name, type, value])
  const said = JSON.stringify([placeName(workspace, target), text, values])
  return createHash('sha256').update(said).digest('hex')
}

/** As it is known outside of this workspace. */
function placeName(workspace: Workspace, target: SqlTarget): readonly (string | number)[] {
  if (target.kind === 'extracts') return ['extracts']
  if (target.kind === 'file') return ['file', target.path]
  const settings = workspace.catalogue.connections.find(target.connection)?.settings
  if (settings === undefined) return ['server', target.connection]
  const { kind, host, port, database, user } = settings
  return ['server', kind, host, port, database, user]
}

export function writtenSource(
  workspace: Workspace,
  stored: StoredDataset,
  sql: StoredSql,
): WrittenSource {
  const target = targetOfSql(stored)
  try {
    const { parts } = readStatement(sql.text, sql.parameters, sqlKind(workspace, target))
    return { parts, hash: sqlHash(workspace, target, sql) }
  } catch {
    // Written by another version of the program, or by a stranger: nobody agreed to it, so it is never run.
    return { parts: [], hash: '' }
  }
}

export const writtenTable = (
  workspace: Workspace,
  stored: StoredDataset,
  sql: StoredSql,
): Table => ({
  kind: 'written',
  ...writtenSource(workspace, stored, sql),
})
