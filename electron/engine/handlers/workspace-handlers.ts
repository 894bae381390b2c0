import { calls } from '../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { ok } from '../../../shared/errors.ts'
import type { FileRef } from '../../../shared/host-words.ts'
import type { WorkspaceState } from '../../../shared/workspace-words.ts'
import type { EngineContext } from '../engine-context.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'

export function pathOf(context: EngineContext, id: string): string {
  const path = context.host.files.pathOf(id)
  if (path === undefined) throw new AppErrorException(appError('file/unknownReference'))
  return path
}

function stateOf(workspaces: WorkspaceService): WorkspaceState {
  const state = workspaces.state()
  if (state === null) throw new Error('no workspace is open')
  return state
}

export function createWorkspaceHandlers(
  context: EngineContext,
  workspaces: WorkspaceService,
): HandlerGroup<'workspace'> {
  const { host } = context
  const toFolder = async (
    file: FileRef,
    change: (folder: string) => Promise<void>,
  ): Promise<WorkspaceState> => {
    await change(pathOf(context, file.id))
    return stateOf(workspaces)
  }
  return {
    'workspace.state': async () => {
      const recent = await workspaces.recents.reports(host.files)
      return ok({ current: workspaces.state(), recent })
    },
    'workspace.create': ({ file }) =>
      answer(calls['workspace.create'].fails, () =>
        toFolder(file, (folder) => workspaces.create(folder)),
      ),
    'workspace.open': ({ file }) =>
      answer(calls['workspace.open'].fails, () =>
        toFolder(file, (folder) => workspaces.open(folder)),
      ),
    'workspace.openDefault': () =>
      answer(calls['workspace.openDefault'].fails, async () => {
        // The user's own: the sample chain has a workspace beside it.
        if (workspaces.state()?.sample !== false) await workspaces.openDefault()
        return stateOf(workspaces)
      }),
    'workspace.backUp': ({ file }) =>
      answer(calls['workspace.backUp'].fails, async () => ({
        file: host.files.register(await workspaces.backUp(pathOf(context, file.id))),
      })),
    'workspace.move': ({ file }) =>
      answer(calls['workspace.move'].fails, () =>
        toFolder(file, (folder) => workspaces.move(folder)),
      ),
  }
}
