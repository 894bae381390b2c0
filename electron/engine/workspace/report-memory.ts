/** What the workspace remembers of reports: bindings of their slots in the catalogue, recency with the person's settings. */
import type { Field } from '../../../shared/data/field.ts'
import type { Bindings } from '../../../shared/report/report.ts'
import { datasetInfo } from './dataset-words.ts'
import type { WorkspaceService } from './workspace-service.ts'

export interface ReportMemory {
  bindingsOf(path: string): Bindings
  remember(path: string, title: string, bindings: Bindings): Promise<void>
  datasets(): readonly { readonly id: string; readonly name: string; readonly fields: Field[] }[]
}

export function reportIndex(workspaces: WorkspaceService, now: () => Date): ReportMemory {
  return {
    bindingsOf: (path) => {
      const known = workspaces.current?.catalogue.reports().find((report) => report.path === path)
      return { ...known?.slots }
    },
    remember: async (path, title, bindings) => {
      const openedAt = now()
      const report = { path, title, openedAt: openedAt.toISOString(), slots: bindings }
      workspaces.current?.catalogue.saveReport(report)
      await workspaces.recents.addReport(path, title, openedAt)
    },
    datasets: () => (workspaces.current?.catalogue.datasets() ?? []).map(datasetInfo),
  }
}
