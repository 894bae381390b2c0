import { localMoment } from '../../shared/data/local-moment.ts'
import type { Outcome } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { WorkspaceState } from '../../shared/workspace-words.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from './app.ts'
import { mayLeave, showReport } from './report-files.ts'
import { mayStopImports } from './running-imports.ts'
import { languageOf } from './settings-store.ts'
import type { Sentence } from './shell-store.ts'

type Switched = Promise<Outcome<WorkspaceState>>

/** Imports of this workspace end with leaving it: they are asked about last, for what is stopped is gone. */
async function mayLeaveWorkspace(app: App): Promise<boolean> {
  return (await mayLeave(app)) && mayStopImports(app)
}

const currentName = (app: App): string => app.workspace.store.getState().current?.name ?? ''

/** Another workspace has other datasets: the open report closes, the start page shows what is there. */
async function switchTo(app: App, change: () => Switched): Promise<boolean> {
  const answer = await change()
  if (!answer.ok) {
    app.shell.tellError(answer.error)
    return false
  }
  app.documents.close()
  app.results.clear()
  app.shell.go('gallery')
  await app.workspace.refresh()
  welcome(app, answer.value)
  return true
}

function welcome(app: App, workspace: WorkspaceState): void {
  app.shell.tell('success', { key: 'workspace.opened', values: { name: workspace.name } })
  for (const warning of workspace.warnings)
    app.shell.tell('info', { key: `workspace.warning.${warning}` })
}

async function pickFolderToMake(app: App, suggestedName: string): Promise<FileRef | null> {
  const answer = await app.engine['host.pickSave']({ purpose: 'workspace', suggestedName })
  if (answer.ok) return answer.value.file
  app.shell.tellError(answer.error)
  return null
}

export async function newWorkspace(app: App): Promise<void> {
  if (!(await mayLeave(app))) return
  const text = textIn(languageOf(app.settings.store.getState()))
  const file = await pickFolderToMake(app, text('workspace.newName'))
  if (file && (await mayStopImports(app)))
    await switchTo(app, () => app.engine['workspace.create']({ file }))
}

export async function pickWorkspace(app: App): Promise<void> {
  if (!(await mayLeave(app))) return
  const answer = await app.engine['host.pickOpen']({ purpose: 'workspace', multiple: false })
  const file = answer.ok ? answer.value.files[0] : undefined
  if (file && (await mayStopImports(app)))
    await switchTo(app, () => app.engine['workspace.open']({ file }))
}

/** A copy in a folder of its own; the workspace in use stays where it is. */
export async function backUpWorkspace(app: App): Promise<void> {
  const day = localMoment(new Date().toISOString()).slice(0, 10)
  const file = await pickFolderToMake(app, `${currentName(app)} ${day}`)
  if (!file) return
  const answer = await app.engine['workspace.backUp']({ file })
  report(app, answer, { key: 'workspace.backedUp', values: { name: file.name } })
}

/** The report stays open: its datasets come along. */
export async function moveWorkspace(app: App): Promise<void> {
  const file = await pickFolderToMake(app, currentName(app))
  if (!file || !(await mayStopImports(app))) return
  const answer = await app.engine['workspace.move']({ file })
  report(app, answer, { key: 'workspace.moved', values: { name: file.name } })
  if (!answer.ok) return
  for (const warning of answer.value.warnings)
    app.shell.tell('info', { key: `workspace.warning.${warning}` })
}

function report(app: App, answer: Outcome<unknown>, done: Sentence): void {
  if (answer.ok) app.shell.tell('success', done)
  else app.shell.tellError(answer.error)
}

/** Opens "Store overview" over the sample chain, in the chain's own workspace. */
export async function openSample(app: App): Promise<void> {
  if (!(await mayLeaveWorkspace(app))) return
  const answer = await app.engine['sample.open']({})
  await app.workspace.refresh()
  if (answer.ok) showReport(app, answer.value)
  else app.shell.tellError(answer.error)
}

/** From the sample chain back to the analyst's own workspace. */
export async function openOwnWorkspace(app: App): Promise<boolean> {
  if (!(await mayLeaveWorkspace(app))) return false
  return switchTo(app, () => app.engine['workspace.openDefault']({}))
}

/** True when the workspace is not, or no longer, the sample chain's. */
export function leaveSample(app: App): Promise<boolean> {
  const sample = app.workspace.store.getState().current?.sample === true
  return sample ? openOwnWorkspace(app) : Promise.resolve(true)
}
