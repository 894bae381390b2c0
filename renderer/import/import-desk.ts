/** All imports of the window: the one the dialog shows, those that read in the background, and those that ended there. */
import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { App } from '../state/app.ts'
import { mayStop } from '../state/running-imports.ts'
import type { ShellState } from '../state/shell-store.ts'
import type { ImportFlow } from './import-flow.ts'
import type { ImportState } from './import-state.ts'
import { createImportFlow } from './import-flow.ts'
import type { Beside } from './import-plan.ts'

export interface DeskImport {
  readonly id: string
  readonly flow: ImportFlow
}

export interface DeskState {
  /** In the order they were begun. */
  readonly imports: readonly DeskImport[]
  /** The one in the dialog. */
  readonly shown: string | null
}

export interface ImportDesk {
  readonly store: StoreApi<DeskState>
  /** The dialog was opened, or files were dropped while it was open. */
  opened(ask: ShellState['dialogFor']): void
  /** The dialog is closed, by whatever closed it. What reads goes on; the rest of it is over. */
  left(): void
  /** Brings one into the dialog. */
  show(id: string): void
  /** Stops the whole import, after a question when much would be lost. */
  stop(id: string): Promise<void>
  /** Stops one dataset of it; the last one takes the import with it. */
  leaveOut(id: string, name: string): Promise<void>
  /** Lets go of one that has ended. */
  dismiss(id: string): void
}

export type Standing = 'open' | 'reading' | 'done' | 'failed'

export function standingOf({ step, error }: ImportState): Standing {
  if (step === 'importing') return 'reading'
  if (step === 'result' || step === 'links') return 'done'
  return error === null ? 'open' : 'failed'
}

/** Steps at which further files still join what is looked at. */
const takesFiles = new Set<ImportState['step']>(['files', 'looking', 'plan'])

export function createImportDesk(app: App): ImportDesk {
  const store = createStore<DeskState>(() => ({ imports: [], shown: null }))
  let count = 0
  const find = (id: string | null): DeskImport | undefined =>
    store.getState().imports.find((one) => one.id === id)

  function drop(id: string): void {
    store.setState(({ imports, shown }) => ({
      imports: imports.filter((one) => one.id !== id),
      shown: shown === id ? null : shown,
    }))
    tell()
  }

  function tell(): void {
    tellRunning(app, store, (id) => find(id)?.flow.cancel())
    tellBeside(store)
  }

  function begin(): DeskImport {
    count += 1
    const one = { id: `import ${count}`, flow: createImportFlow(app) }
    one.flow.store.subscribe((now, before) => {
      if (now.step === before.step && now.leftOut === before.leftOut) return
      // Stopped where nobody looks: there is nothing to come back to.
      const hidden = store.getState().shown !== one.id
      if (hidden && before.step === 'importing' && standingOf(now) === 'open') drop(one.id)
      else tell()
    })
    store.setState(({ imports }) => ({ imports: [...imports, one] }))
    return one
  }

  /** Files join a preview that is open; beside one that reads, or has ended, they are an import of their own. */
  function takes(): DeskImport {
    const shown = find(store.getState().shown)
    if (shown && takesFiles.has(shown.flow.store.getState().step)) return shown
    const next = begin()
    store.setState({ shown: next.id })
    tell()
    return next
  }

  // Results of another workspace lead nowhere in this one.
  app.on('workspace.changed', ({ reason }) => {
    if (reason !== 'opened') return
    for (const { id, flow } of store.getState().imports)
      if (standingOf(flow.store.getState()) !== 'reading') drop(id)
  })

  return {
    store,
    opened({ files = [], folder = false, running }) {
      if (running !== undefined) {
        if (find(running)) store.setState({ shown: running })
        return
      }
      const { flow } = takes()
      void (files.length > 0 ? flow.look(files) : folder ? flow.pickFolder() : flow.pick())
    },
    left() {
      const shown = find(store.getState().shown)
      store.setState({ shown: null })
      if (!shown) return
      const { step, proposing } = shown.flow.store.getState()
      if (step === 'importing') return
      if (step === 'looking' || proposing) shown.flow.cancel()
      drop(shown.id)
    },
    show(id) {
      if (find(id)) app.shell.openDialog('import', { running: id })
    },
    async stop(id) {
      await mayStop(
        app,
        app.imports.getState().filter((one) => one.id === id),
      )
    },
    async leaveOut(id, name) {
      const flow = find(id)?.flow
      const { run, leftOut } = flow?.store.getState() ?? { run: null, leftOut: [] }
      const others = run?.names.filter((one) => one !== name && !leftOut.includes(one)) ?? []
      if (others.length === 0) await this.stop(id)
      else await flow?.leaveOut(name)
    },
    dismiss(id) {
      const one = find(id)
      if (one && standingOf(one.flow.store.getState()) !== 'reading') drop(id)
    },
  }
}

/** What leaving the workspace or the window would lose. */
function tellRunning(app: App, store: StoreApi<DeskState>, stop: (id: string) => void): void {
  const running = store.getState().imports.flatMap(({ id, flow }) => {
    const { run, leftOut } = flow.store.getState()
    if (run === null) return []
    const names = run.names.filter((name) => !leftOut.includes(name))
    return [{ id, since: run.since, names, stop: () => stop(id) }]
  })
  const before = app.imports.getState()
  if (running.length > 0 || before.length > 0) app.imports.setState(running, true)
}

/** Every preview knows what the others read meanwhile. */
function tellBeside(store: StoreApi<DeskState>): void {
  const { imports } = store.getState()
  const reads = imports.map(({ id, flow }) => ({ id, reads: readBy(flow.store.getState()) }))
  for (const { id, flow } of imports) {
    const beside = reads.filter((one) => one.id !== id).flatMap((one) => one.reads)
    const same = JSON.stringify(beside) === JSON.stringify(flow.store.getState().beside)
    if (!same) flow.store.setState({ beside })
  }
}

function readBy({ run, plan, leftOut }: ImportState): Beside[] {
  const names = run?.names.filter((name) => !leftOut.includes(name)) ?? []
  return names.map((name) => {
    const parts = plan.find((one) => one.name.trim() === name)?.parts ?? []
    return { name, files: [...new Set(parts.map(({ fileName }) => fileName))] }
  })
}
