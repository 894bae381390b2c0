/** Reports that would lose something if a relationship went: those with a block that leads over it. */
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { waysBetween } from '../../../shared/data/relationship-graph.ts'
import { datasetsTogether } from '../../../shared/report/datasets-together.ts'
import type { ReadReport } from './refresh/schema-question.ts'
import { endsOf } from './relate-datasets.ts'
import type { Workspace } from './workspace.ts'

export async function reportsOver(
  workspace: Workspace,
  id: string,
  read: ReadReport,
): Promise<{ title: string }[]> {
  const stored = workspace.catalogue.relationships()
  const own = stored.find((one) => one.id === id)
  if (!own) throw new AppErrorException(appError('relationship/notFound'))
  const edges = stored.map((one) => ({ ...endsOf(one), id: one.id }))
  const leadsOver = (from: string, to: string): boolean =>
    waysBetween(from, to, edges).some((way) => way.some((edge) => edge.id === id))
  const found: { title: string }[] = []
  for (const { path, title, slots } of workspace.catalogue.reports()) {
    const report = await read(path)
    if (!report) continue
    const groups = datasetsTogether(report, slots)
    const isUsed = groups.some((group) =>
      group.some((from) => group.some((to) => from !== to && leadsOver(from, to))),
    )
    if (isUsed) found.push({ title })
  }
  return found
}
