import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from './app.ts'
import { languageOf } from './settings-store.ts'

/** Another name for people: reports hold datasets by their id, so none of them notices. */
export async function renameDataset(app: App, dataset: DatasetInfo, name: string): Promise<void> {
  const wanted = name.trim()
  if (wanted === '' || wanted === dataset.name) return
  const answer = await app.engine['dataset.rename']({ dataset: dataset.id, name: wanted })
  if (!answer.ok) app.shell.tellError(answer.error)
  await app.workspace.refresh()
}

/** Asks first, naming the reports that show it: what is removed does not come back. */
export async function removeDataset(app: App, dataset: DatasetInfo): Promise<boolean> {
  const used = await app.engine['dataset.usedBy']({ dataset: dataset.id })
  if (!used.ok) {
    app.shell.tellError(used.error)
    await app.workspace.refresh()
    return false
  }
  const reports = reportTitles(app, dataset, used.value.reports)
  const text = textIn(languageOf(app.settings.store.getState()))
  const answer = await app.shell.ask({
    title: { key: 'removeDataset.title', values: { name: dataset.name } },
    body:
      reports.length === 0
        ? { key: 'removeDataset.unused' }
        : { key: 'removeDataset.used', values: { reports: reports.join(text('list.separator')) } },
    choices: [
      { id: 'remove', label: 'removeDataset.remove', tone: 'danger' },
      { id: 'cancel', label: 'app.cancel', tone: 'primary' },
    ],
  })
  if (answer !== 'remove') return false
  const removed = await app.engine['dataset.remove']({ dataset: dataset.id })
  if (!removed.ok) app.shell.tellError(removed.error)
  else app.shell.tell('success', { key: 'removeDataset.done', values: { name: dataset.name } })
  await app.workspace.refresh()
  return removed.ok
}

/** The open report may use it without having been saved so. */
function reportTitles(
  app: App,
  { id }: DatasetInfo,
  known: readonly { readonly title: string }[],
): string[] {
  const open = app.documents.current()
  const slots = Object.keys(open?.history.report.datasets ?? {})
  const shown = open && slots.some((slot) => open.bindings[slot] === id)
  const titles = known.map(({ title }) => title)
  return [...new Set(shown ? [open.history.report.title, ...titles] : titles)]
}
