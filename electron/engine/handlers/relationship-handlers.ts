import { calls } from '../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { relationshipInfo } from '../workspace/dataset-words.ts'
import { proposeRelationships } from '../workspace/propose-relationships.ts'
import type { ReportFiles } from '../reports/report-files.ts'
import { createRelationship } from '../workspace/relate-datasets.ts'
import { reportsOver } from '../workspace/reports-over.ts'
import { repeatedKeys } from '../workspace/repeated-keys.ts'
import { followVersions } from '../workspace/follow-versions.ts'
import { followLookups } from '../workspace/preparation/follow-lookups.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import type { QueryRunner } from '../query/query-runner.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'

export function createRelationshipHandlers(
  workspaces: WorkspaceService,
  reports: ReportFiles,
  live: {
    readonly runner: QueryRunner
    readonly requireAgreed: (dataset: string) => Promise<void>
  },
): HandlerGroup<'relationship'> {
  return {
    'relationship.create': (ends, { signal }) =>
      answer(calls['relationship.create'].fails, async () => {
        const workspace = await workspaces.require()
        for (const { dataset } of [ends.from, ends.to]) await live.requireAgreed(dataset)
        const { made, followed } = await workspace.exclusive(async () => {
          const related = await createRelationship(workspace, ends, signal, live.runner)
          // Recipes may look things up by other keys now, or again.
          const { followed: to } = await followLookups(workspace, new Set([related.toDataset]), {
            signal,
          })
          if (to.size > 0) await followVersions(workspace, to, { signal })
          return { made: related, followed: to }
        })
        workspaces.announce('relationships')
        if (followed.size > 0) workspaces.announce('datasets')
        return relationshipInfo(made)
      }),
    'relationship.remove': ({ id }) =>
      answer(calls['relationship.remove'].fails, async () => {
        const workspace = await workspaces.require()
        if (!workspace.catalogue.removeRelationship(id)) {
          throw new AppErrorException(appError('relationship/notFound', { relationship: id }))
        }
        workspaces.announce('relationships')
        return {}
      }),
    'relationship.usedBy': ({ id }) =>
      answer(calls['relationship.usedBy'].fails, async () => {
        const workspace = await workspaces.require()
        const read = async (path: string) => {
          const found = await reports.read(path)
          return found.ok ? found.value.report : undefined
        }
        return { reports: await reportsOver(workspace, id, read) }
      }),
    'relationship.propose': ({ among = [] }, { signal }) =>
      answer(calls['relationship.propose'].fails, async () => {
        const workspace = await workspaces.require()
        return workspace.exclusive(async () => {
          const proposals = await proposeRelationships(workspace, signal)
          const repeated = await repeatedKeys(workspace, proposals, new Set(among), signal)
          return { proposals, repeated }
        })
      }),
  }
}
