import type { Relationship } from '../../shared/data/dataset.ts'
import { waysBetween } from '../../shared/data/relationship-graph.ts'
import { datasetsTogether } from '../../shared/report/datasets-together.ts'
import type { App } from '../state/app.ts'

/** Titles of reports with a block that leads over the relationship: saved ones, and the open one as it is now. */
export async function reportsUsing(app: App, relationship: Relationship): Promise<string[]> {
  const answer = await app.engine['relationship.usedBy']({ id: relationship.id })
  const saved = answer.ok ? answer.value.reports.map(({ title }) => title) : []
  const open = app.documents.current()
  if (!open) return saved
  const { report } = open.history
  const edges = app.workspace.store.getState().current?.relationships ?? []
  const leadsOver = (from: string, to: string): boolean =>
    waysBetween(from, to, edges).some((way) => way.some(({ id }) => id === relationship.id))
  const isUsed = datasetsTogether(report, open.bindings).some((group) =>
    group.some((from) => group.some((to) => from !== to && leadsOver(from, to))),
  )
  return isUsed ? [...new Set([...saved, report.title])] : saved
}
