import { join } from 'node:path'
import type { Handlers } from '../../../shared/contract.ts'
import { calls } from '../../../shared/contract.ts'
import type { EngineContext } from '../engine-context.ts'
import type { ServerRunner } from '../workspace/connections/connection-service.ts'
import { ConnectionService } from '../workspace/connections/connection-service.ts'
import { SecretKeeper } from '../workspace/connections/secret-keeper.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { ServerDatasets } from '../workspace/connections/server-datasets.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'

export type ServerDatasetGroup = Pick<Handlers, 'dataset.connectServer'>

/** Passwords are the user's, not the workspace's: the vault lies with the settings. */
export function createConnections(
  context: EngineContext,
  workspaces: WorkspaceService,
  runner: () => ServerRunner,
): { readonly connections: ConnectionService; readonly serverDatasets: ServerDatasets } {
  const keeper = new SecretKeeper({
    vaultPath: join(context.host.folders.settings, 'secrets.vault'),
    findSystem: context.findSystemSecrets,
  })
  const connections = new ConnectionService({ workspaces, keeper, runner })
  const serverDatasets = new ServerDatasets(workspaces, connections, context.now)
  return { connections, serverDatasets }
}

export function createConnectionHandlers(
  connections: ConnectionService,
  datasets: ServerDatasets,
): HandlerGroup<'connection'> & ServerDatasetGroup {
  return {
    'connection.list': () => answer(calls['connection.list'].fails, () => connections.list()),
    'connection.test': (ask, { signal }) =>
      answer(calls['connection.test'].fails, () => connections.test(ask, signal)),
    'connection.save': (ask, { signal }) =>
      answer(calls['connection.save'].fails, () => connections.save(ask, signal)),
    'connection.remove': ({ id }) =>
      answer(calls['connection.remove'].fails, async () => {
        await connections.remove(id)
        return {}
      }),
    'connection.unlock': (ask, { signal }) =>
      answer(calls['connection.unlock'].fails, () => connections.unlock(ask, signal)),
    'connection.names': ({ id }) =>
      answer(calls['connection.names'].fails, () => connections.names(id)),
    'connection.tables': ({ id }, { signal }) =>
      answer(calls['connection.tables'].fails, async () => ({
        tables: await connections.tables(id, signal),
      })),
    'dataset.connectServer': (ask, { signal }) =>
      answer(calls['dataset.connectServer'].fails, () => datasets.connect(ask, signal)),
  }
}
