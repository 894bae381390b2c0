import type { Handlers } from '../../../shared/contract.ts'
import { calls } from '../../../shared/contract.ts'
import { mendRejected, rejectedRows } from '../workspace/refresh/mend-rejected.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'

export type RejectedGroup = Pick<Handlers, 'dataset.rejected' | 'dataset.mendRejected'>

export function createRejectedHandlers(workspaces: WorkspaceService): RejectedGroup {
  return {
    'dataset.rejected': (ask) =>
      answer(calls['dataset.rejected'].fails, async () =>
        rejectedRows(await workspaces.require(), ask),
      ),
    'dataset.mendRejected': (ask, { signal, part }) =>
      answer(calls['dataset.mendRejected'].fails, async () => {
        const done = await mendRejected(await workspaces.require(), ask, { signal, onProgress: part }) // prettier-ignore
        workspaces.announce('datasets')
        return done
      }),
  }
}
