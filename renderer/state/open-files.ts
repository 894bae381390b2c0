import type { FileRef } from '../../shared/host-words.ts'
import type { App } from './app.ts'
import { openReport } from './report-files.ts'
import { leaveSample } from './workspace-actions.ts'

const isReport = (file: FileRef): boolean => file.name.toLowerCase().endsWith('.storeboard')
const isTemplate = (file: FileRef): boolean => file.name.toLowerCase().endsWith('.sbtemplate')

/** Files from a dialog, a drop or the system, each to the flow it is made for; none opens the empty import. */
export function openFiles(app: App, files: readonly FileRef[]): void {
  const report = files.find(isReport)
  const template = files.find(isTemplate)
  const data = files.filter((file) => !isReport(file) && !isTemplate(file))
  if (data.length > 0 || files.length === 0) void startImport(app, data)
  else if (template) app.shell.openDialog('useTemplate', { files: [template] })
  else if (report) void openReport(app, report)
}

/** The analyst's own data never goes into the sample chain's workspace. */
async function startImport(app: App, files: readonly FileRef[]): Promise<void> {
  if (await leaveSample(app)) app.shell.openDialog('import', { files })
}

/** A folder whose files become one dataset, or several, that new files of it join. */
export async function openFolder(app: App): Promise<void> {
  if (await leaveSample(app)) app.shell.openDialog('import', { folder: true })
}

export async function pickTemplate(app: App): Promise<void> {
  const answer = await app.engine['host.pickOpen']({ purpose: 'template', multiple: false })
  const file = answer.ok ? answer.value.files[0] : undefined
  if (file) app.shell.openDialog('useTemplate', { files: [file] })
}
