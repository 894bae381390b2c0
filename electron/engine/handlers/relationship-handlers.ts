import { calls } from '../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { relationshipInfo } from '../workspace/dataset-words.ts'
import { createRelationship, proposeRelationships } from '../workspace/relate-datasets.ts'
import { repeatedKeys } from '../workspace/repeated-keys.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'

export function createRelationshipHandlers(
  workspaces: WorkspaceService,
): HandlerGroup<'relationship'> {
  return {
    'relationship.create': (ends, { signal }) =>
      answer(calls['relationship.create'].fails, async () => {
        const workspace = await workspaces.require()
        const made = await workspace.exclusive(() => createRelationship(workspace, ends, signal))
        workspaces.announce('relationships')
        return relationshipInfo(made)
      }),
    'relationship.remove': ({ id }) =>
      answer(calls['relationship.remove'].fails, async () => {
        const workspace = await workspaces.require()
        if (!workspace.catalogue.removeRelationship(id)) {
          throw new AppErrorException(appError('dataset/notFound', { relationship: id }))
        }
        workspaces.announce('relationships')
        return {}
      }),
    'relationship.propose': ({ among = [] }, { signal }) =>
      answer(calls['relationship.propose'].fails, async () => {
        const workspace = await workspaces.require()
        const proposals = proposeRelationships(workspace)
        const repeated = await workspace.exclusive(() =>
          repeatedKeys(workspace, proposals, new Set(among), signal),
        )
        return { proposals, repeated }
      }),
  }
}
