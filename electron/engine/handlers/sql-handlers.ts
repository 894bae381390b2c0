import { join } from 'node:path'
import { calls } from '../../../shared/contract.ts'
import type { EngineContext } from '../engine-context.ts'
import type { ConnectionService } from '../workspace/connections/connection-service.ts'
import { SqlAgreements } from '../workspace/user-sql/sql-agreements.ts'
import { SqlService } from '../workspace/user-sql/sql-service.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'

/** What was agreed to is this machine's, not the workspace's: it lies with the settings. */
export function createSqlService(
  context: EngineContext,
  workspaces: WorkspaceService,
  connections: ConnectionService,
): SqlService {
  const path = join(context.host.folders.settings, 'sql-agreements.json')
  const agreements = new SqlAgreements(path)
  return new SqlService({ workspaces, connections, agreements, now: context.now })
}

export function createSqlHandlers(sql: SqlService): HandlerGroup<'sql'> {
  return {
    'sql.preview': ({ draft, dataset }, { signal }) =>
      answer(calls['sql.preview'].fails, () => sql.preview(draft, dataset, signal)),
    'sql.save': (ask, { signal, part }) =>
      answer(calls['sql.save'].fails, () => sql.save(ask, { signal, onProgress: part })),
    'sql.read': ({ dataset }) => answer(calls['sql.read'].fails, () => sql.read(dataset)),
    'sql.agree': ({ dataset, hash }) =>
      answer(calls['sql.agree'].fails, async () => {
        await sql.agree(dataset, hash)
        return {}
      }),
  }
}
