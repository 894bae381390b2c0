import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { newReport } from '../../shared/report/new-report.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { addDataset } from '../state/board-actions.ts'
import { showReport } from '../state/report-files.ts'
import { languageOf } from '../state/settings-store.ts'

/** On to designing: the datasets stand ready in the open report, or in a new one. */
export function designWith(app: App, datasets: readonly DatasetInfo[]): void {
  app.shell.closeDialog()
  if (app.documents.current()) {
    for (const dataset of datasets) addDataset(app, dataset)
    app.shell.go('designer')
    return
  }
  const text = textIn(languageOf(app.settings.store.getState()))
  const report = newReport(text('app.untitled'), text('page.first'), app.newId)
  const slots = datasets.map((dataset) => ({
    dataset: dataset.id,
    slot: { id: app.newId('sl'), name: dataset.name, fields: dataset.fields },
  }))
  showReport(app, {
    file: null,
    stamp: null,
    recovered: false,
    report: { ...report, datasets: Object.fromEntries(slots.map(({ slot }) => [slot.id, slot])) },
    bindings: Object.fromEntries(slots.map(({ slot, dataset }) => [slot.id, dataset])),
  })
}
