import { localMoment } from '../../shared/data/local-moment.ts'
import type { FileRef } from '../../shared/host-words.ts'
import { newReport } from '../../shared/report/new-report.ts'
import type { OpenedReport, RecoveryCopy } from '../../shared/report/report-words.ts'
import type { Bindings } from '../../shared/report/report.ts'
import { messages, textIn } from '../../shared/text/messages.ts'
import type { App } from './app.ts'
import { documentIsEdited } from './document-store.ts'
import { forgetReading } from './session-store.ts'
import { mayStopImports } from './running-imports.ts'
import { languageOf } from './settings-store.ts'

/** Shows a report in the designer; what was open before has been settled by `mayLeave`. */
export function showReport(app: App, opened: OpenedReport): void {
  forgetReading(app.session)
  app.results.clear()
  app.documents.open(opened)
  app.shell.go('designer')
}

/** Asks what to do with unsaved work; true when the report may be left. */
export async function mayLeave(app: App): Promise<boolean> {
  const open = app.documents.current()
  if (!open || !documentIsEdited(open)) return true
  const answer = await app.shell.ask({
    title: { key: 'leave.title', values: { title: open.history.report.title } },
    body: { key: 'leave.body' },
    choices: [
      { id: 'discard', label: 'leave.discard' },
      { id: 'cancel', label: 'app.cancel' },
      { id: 'save', label: 'action.report.save', tone: 'primary' },
    ],
  })
  if (answer === 'save') return saveReport(app)
  return answer === 'discard'
}

export async function startReport(app: App): Promise<void> {
  if (!(await mayLeave(app))) return
  const text = textIn(languageOf(app.settings.store.getState()))
  const report = newReport(text('app.untitled'), text('page.first'), app.newId)
  showReport(app, { file: null, stamp: null, report, bindings: {}, recovered: false })
}

export async function openReport(app: App, file: FileRef): Promise<void> {
  if (!(await mayLeave(app))) return
  const answer = await app.engine['report.open']({ file })
  if (answer.ok) showReport(app, answer.value)
  else app.shell.tellError(answer.error)
}

export async function pickReport(app: App): Promise<void> {
  const answer = await app.engine['host.pickOpen']({ purpose: 'report', multiple: false })
  const file = answer.ok ? answer.value.files[0] : undefined
  if (file) await openReport(app, file)
}

/** Bindings of slots the report still has. */
export function liveBindings(app: App): Bindings {
  const open = app.documents.current()
  if (!open) return {}
  const slots = open.history.report.datasets
  return Object.fromEntries(Object.entries(open.bindings).filter(([slot]) => slot in slots))
}

/** True when the report is safe on disk. */
export async function saveReport(app: App): Promise<boolean> {
  const open = app.documents.current()
  if (!open) return false
  return open.file ? write(app, open.file, open.stamp) : saveReportAs(app)
}

export async function saveReportAs(app: App): Promise<boolean> {
  const open = app.documents.current()
  if (!open) return false
  const { title } = open.history.report
  const ask = { purpose: 'report' as const, suggestedName: title }
  const answer = await app.engine['host.pickSave'](ask)
  if (!answer.ok) {
    app.shell.tellError(answer.error)
    return false
  }
  const { file } = answer.value
  if (!file) return false
  if (open.file === null && isUntitled(title)) nameAfter(app, file)
  return write(app, file, null)
}

const isUntitled = (title: string): boolean =>
  title.trim() === '' || Object.values(messages).some((words) => words['app.untitled'] === title)

/** A report nobody named is called as its file is; the step can be undone. */
function nameAfter(app: App, file: FileRef): void {
  const title = file.name.replace(/\.storeboard$/i, '').slice(0, 200)
  app.documents.run({ name: 'report.rename', args: { title } })
}

async function write(app: App, file: FileRef, expectedStamp: string | null): Promise<boolean> {
  const open = app.documents.current()
  if (!open) return false
  const { report } = open.history
  const bindings = liveBindings(app)
  const answer = await app.engine['report.save']({ file, report, bindings, expectedStamp })
  if (answer.ok) {
    // Changes made while it was being written stay unsaved; the file's new stamp is known either way.
    if (app.documents.current()?.history.report.id === report.id)
      app.documents.saved(answer.value.file, answer.value.stamp, open)
    app.shell.tell('success', { key: 'save.done', values: { file: answer.value.file.name } })
    return true
  }
  if (answer.error.code === 'report/changedOnDisk') return settleChangedFile(app, file)
  app.shell.tellError(answer.error)
  return false
}

/** Someone else wrote the file: never overwritten unasked. */
async function settleChangedFile(app: App, file: FileRef): Promise<boolean> {
  const answer = await app.shell.ask({
    title: { key: 'changed.title', values: { file: file.name } },
    body: { key: 'changed.body' },
    choices: [
      { id: 'cancel', label: 'app.cancel' },
      { id: 'overwrite', label: 'changed.overwrite', tone: 'danger' },
      { id: 'saveAs', label: 'action.report.saveAs', tone: 'primary' },
    ],
  })
  if (answer === 'overwrite') return write(app, file, null)
  return answer === 'saveAs' ? saveReportAs(app) : false
}

/**
 * Keeps a recovery copy while there is something to lose, at the latest `withinMs` after a change, however fast the next
 * ones follow. The returned function keeps at once what still waits: the page may be about to go. Lets go of the copy where
 * everything was undone and when the report was left: by then it is saved or thrown away on purpose. A copy of an earlier
 * run may be of the same report, so only what this page kept is its own to drop.
 */
export function keepRecovery(app: App, withinMs: number): () => void {
  let waiting = false
  let kept: string | null = null
  const drop = (): void => {
    if (kept !== null) void app.engine['report.dropRecovery']({ id: kept })
    kept = null
  }
  const keep = (): void => {
    const open = app.documents.current()
    if (!waiting) return
    waiting = false
    if (!open) return
    if (!documentIsEdited(open)) {
      drop()
      return
    }
    const { file, history } = open
    const bindings = liveBindings(app)
    kept = history.report.id
    void app.engine['report.keepRecovery']({ file, report: history.report, bindings })
  }
  app.documents.store.subscribe(({ current }, before) => {
    if (current?.history.report.id !== before.current?.history.report.id) drop()
    if (!current || current.history.report === before.current?.history.report || waiting) return
    waiting = true
    app.clock.after(withinMs, keep)
  })
  return keep
}

/**
 * What was not saved: each copy is offered after a crash, the newest first, until one is opened; what is put off is
 * offered again at the next start. Opened by itself when only the page was loaded anew. True when one was opened.
 */
export async function offerRecovery(app: App, reloaded: boolean): Promise<boolean> {
  const answer = await app.engine['report.recoveries']({})
  const copies = answer.ok ? answer.value.copies : []
  for (const [index, copy] of copies.entries()) {
    const goesOn = index === 0 && reloaded && copy.sameRun
    const choice = goesOn ? 'open' : await askRecovery(app, copy, copies.length - index - 1)
    // Closed without an answer: nothing more is asked now.
    if (choice === null) return false
    if (choice === 'drop') await app.engine['report.dropRecovery']({ id: copy.id })
    if (choice === 'open' && (await openCopy(app, copy, goesOn))) return true
  }
  return false
}

async function openCopy(app: App, copy: RecoveryCopy, goesOn: boolean): Promise<boolean> {
  const opened = await app.engine['report.openRecovery']({ id: copy.id })
  if (opened.ok) showReport(app, opened.value)
  else app.shell.tellError(opened.error)
  if (opened.ok && goesOn) app.shell.tell('info', { key: 'recovery.goesOn' })
  return opened.ok
}

function askRecovery(app: App, copy: RecoveryCopy, more: number): Promise<string | null> {
  const key = copy.sameRun ? 'recovery.kept' : 'recovery.body'
  return app.shell.ask({
    title: { key: 'recovery.title', values: { title: copy.title } },
    body: {
      key: more === 0 ? key : `${key}More`,
      values: { time: localMoment(copy.savedAt), count: more },
    },
    choices: [
      { id: 'drop', label: 'recovery.drop', tone: 'danger' },
      { id: 'later', label: 'recovery.later' },
      { id: 'open', label: 'recovery.open', tone: 'primary' },
    ],
  })
}

/** Imports are asked about last: what is stopped is gone, whatever else is answered. */
async function mayClose(app: App): Promise<boolean> {
  return (await mayLeave(app)) && mayStopImports(app)
}

/** The shell asks before it closes; it waits for this answer. What is thrown away then is not offered at the next start. */
export function guardClose(app: App): void {
  app.on('host.closeAsked', ({ askId }) => {
    void mayClose(app).then(async (close) => {
      const open = app.documents.current()
      const thrownAway = close && open && documentIsEdited(open)
      if (thrownAway) await app.engine['report.dropRecovery']({ id: open.history.report.id })
      await app.engine['host.answerClose']({ askId, close })
    })
  })
}
