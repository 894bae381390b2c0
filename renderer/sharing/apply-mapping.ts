import type { Report } from '../../shared/report/report.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { mayLeave, showReport } from '../state/report-files.ts'
import { languageOf } from '../state/settings-store.ts'
import type { SlotMapping } from './mapping.ts'
import { mappingCommands, unboundSlots } from './mapping.ts'

/** Points the open report's slots at datasets, fields and bindings alike: one undo step for all of them. */
export function applyMapping(app: App, mappings: readonly SlotMapping[]): void {
  const report = app.documents.current()?.history.report
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  if (!report) return
  const bound = mappings.flatMap(({ slot, dataset }) =>
    dataset === null ? [] : [[slot.id, dataset] as const],
  )
  const commands = mappingCommands(report, mappings, datasets)
  const refused = app.documents.rebind(Object.fromEntries(bound), commands, 'command.slot.remap')
  if (refused) app.shell.tell('info', { key: `refused.${refused}` })
}

/** A new report of the template's layout over the analyst's datasets; false when she stays with the open one. */
export async function startFromTemplate(
  app: App,
  template: Report,
  mappings: readonly SlotMapping[],
): Promise<boolean> {
  if (!(await mayLeave(app))) return false
  const text = textIn(languageOf(app.settings.store.getState()))
  const title = template.title === '' ? text('app.untitled') : template.title
  const report = { ...template, id: app.newId('rp'), title }
  showReport(app, { file: null, stamp: null, report, bindings: {}, recovered: false })
  applyMapping(app, mappings)
  return true
}

/** A report from a file whose datasets this workspace does not know asks to be connected. Returns the end of it. */
export function offerToConnect(app: App): () => void {
  return app.documents.store.subscribe(({ current }, before) => {
    const opened =
      current !== null && current.history.report.id !== before.current?.history.report.id
    if (!opened || current.file === null) return
    // Behind the change of screen, which closes dialogs.
    queueMicrotask(() => {
      const open = app.documents.current()
      if (open && unboundSlots(open.history.report, open.bindings).length > 0)
        app.shell.openDialog('connect')
    })
  })
}
