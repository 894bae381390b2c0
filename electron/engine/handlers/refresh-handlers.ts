import type { Handlers } from '../../../shared/contract.ts'
import { calls } from '../../../shared/contract.ts'
import type { RefreshedDataset } from '../../../shared/data/refresh-words.ts'
import type { EngineContext } from '../engine-context.ts'
import type { ReportFiles } from '../reports/report-files.ts'
import { datasetChanges } from '../workspace/refresh/compare-kept.ts'
import { datasetVersions, dropVersions, rollBack } from '../workspace/refresh/dataset-history.ts'
import { refreshDatasets } from '../workspace/refresh/refresh-datasets.ts'
import { staleDatasets } from '../workspace/refresh/source-states.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import { pathOf } from './workspace-handlers.ts'

export type RefreshGroup = Pick<
  Handlers,
  | 'dataset.refresh'
  | 'dataset.staleness'
  | 'dataset.versions'
  | 'dataset.changes'
  | 'dataset.rollback'
  | 'dataset.dropVersions'
>

const isRefreshed = (done: readonly RefreshedDataset[], id: string): boolean =>
  done.some((one) => one.state === 'refreshed' && one.dataset.id === id)

/** `openFiles`: paths of the extracts some process reads now. */
export function createRefreshHandlers(
  context: EngineContext,
  workspaces: WorkspaceService,
  reports: ReportFiles,
  openFiles: () => ReadonlySet<string>,
  requireAgreed: (dataset: string) => Promise<void>,
): RefreshGroup {
  return {
    'dataset.refresh': ({ orders }, { signal, part }) =>
      answer(calls['dataset.refresh'].fails, async () => {
        const workspace = await workspaces.require()
        try {
          const datasets = await refreshDatasets(workspace, orders, {
            ...{ signal, onProgress: part, requireAgreed },
            pathOf: (file) => pathOf(context, file),
            readReport: async (path) => {
              const read = await reports.read(path)
              return read.ok ? read.value.report : undefined
            },
          })
          const joined = orders.filter(({ dataset }) => isRefreshed(datasets, dataset))
          await context.inbox.keep(joined.flatMap(({ add = [] }) => add.map((file) => pathOf(context, file)))) // prettier-ignore
          return { datasets }
        } finally {
          // Even a cancelled run has refreshed what was through by then.
          workspaces.announce('datasets')
        }
      }),
    'dataset.staleness': () =>
      answer(calls['dataset.staleness'].fails, async () => {
        const workspace = await workspaces.require()
        return staleDatasets(workspace.catalogue.datasets())
      }),
    'dataset.versions': ({ dataset }) =>
      answer(calls['dataset.versions'].fails, async () => {
        return { versions: await datasetVersions(await workspaces.require(), dataset) }
      }),
    'dataset.changes': (ask, { signal }) =>
      answer(calls['dataset.changes'].fails, async () =>
        datasetChanges(await workspaces.require(), ask, signal),
      ),
    'dataset.rollback': ({ dataset, version }, { signal, part }) =>
      answer(calls['dataset.rollback'].fails, async () => {
        const made = await rollBack(await workspaces.require(), dataset, version, {
          ...{ signal, onProgress: part },
        })
        workspaces.announce('datasets')
        return made
      }),
    'dataset.dropVersions': ({ dataset, versions }) =>
      answer(calls['dataset.dropVersions'].fails, async () => {
        const workspace = await workspaces.require()
        return { freed: await dropVersions(workspace, dataset, versions, openFiles) }
      }),
  }
}
