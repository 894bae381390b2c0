import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { FileRef } from '../../shared/host-words.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import { CommandRefused } from '../../shared/report/commands/command.ts'
import * as history from '../../shared/report/history.ts'
import type { History, Mode, Selection } from '../../shared/report/history.ts'
import type { OpenedReport } from '../../shared/report/report-words.ts'
import type { Bindings, Report } from '../../shared/report/report.ts'

/** The open report: its history, what its slots are bound to, and where it lives. */
export interface OpenDocument {
  readonly history: History
  readonly bindings: Bindings
  readonly file: FileRef | null
  /** Names the bytes the file had when it was read or saved. */
  readonly stamp: string | null
  /** The bindings as they were opened or last saved. */
  readonly savedBindings: Bindings
  /** Brought back after a crash and not saved since: it counts as edited without an entry. */
  readonly recovered: boolean
  /** What a step of the history did to the bindings, by its id: undo and redo do it with the step. */
  readonly rebound: Readonly<Record<number, Rebound>>
}

interface Rebound {
  readonly before: Bindings
  readonly after: Bindings
}

export interface DocumentState {
  readonly current: OpenDocument | null
}

export interface RunOptions {
  /** What is selected afterwards; the selection stays when absent. */
  readonly select?: readonly string[]
  readonly page?: string
  /** `merge` folds a change into the one before when both are typed at the same setting. */
  readonly mode?: Mode
  /** Place of what is typed at in a list the command sets as a whole. */
  readonly place?: number
}

export interface DocumentStore {
  readonly store: StoreApi<DocumentState>
  current(): OpenDocument | null
  open(opened: OpenedReport): void
  close(): void
  /** Null when it ran, otherwise why it was refused; nothing changed then. */
  run(command: Command, options?: RunOptions): CommandRefused['reason'] | null
  /** Several commands as one undo step; refused as a whole. */
  runAll(
    commands: readonly Command[],
    label: string,
    options?: RunOptions,
  ): CommandRefused['reason'] | null
  begin(): void
  commit(label: string): void
  bail(): void
  undo(): void
  redo(): void
  select(selection: Selection): void
  bind(slot: string, dataset: string): void
  /** Binds slots and runs the commands that go with it, as one undo step. */
  rebind(
    bindings: Bindings,
    commands: readonly Command[],
    label: string,
    options?: RunOptions,
  ): CommandRefused['reason'] | null
  /** `written` is the document as it was handed over to be saved; what was changed since is not saved. */
  saved(file: FileRef, stamp: string, written: OpenDocument): void
}

export function documentIsEdited(open: OpenDocument): boolean {
  if (open.recovered || history.isEdited(open.history)) return true
  // A binding counts while its slot is in the report: undoing a dataset's first field takes both away.
  return Object.keys(open.history.report.datasets).some(
    (slot) => open.bindings[slot] !== open.savedBindings[slot],
  )
}

/** A selection names only what is there: undo and removing may have taken things away. */
function settled(report: Report, wanted: Selection): Selection {
  const page = report.pages[wanted.page] ?? report.pages[report.pageOrder[0] ?? '']
  if (!page) return { page: '', blocks: [] }
  const blocks = page.id === wanted.page ? wanted.blocks.filter((id) => id in page.blocks) : []
  return { page: page.id, blocks }
}

/** What a command changes, without the values: two typed changes fold only when this is the same. */
function aimOf({ name, args }: Command, place: number | undefined): string {
  const leaf = (value: unknown): unknown =>
    typeof value === 'string' && /^[a-z]{2}_[a-z0-9]+$/.test(value) ? value : null
  return `${name} ${place ?? ''} ${JSON.stringify(args, (_, value: unknown) => (typeof value === 'object' ? value : leaf(value)))}`
}

function settle(value: History): History {
  const selection = settled(value.report, value.selection)
  const same =
    selection.page === value.selection.page &&
    selection.blocks.length === value.selection.blocks.length
  return same ? value : history.select(value, selection)
}

const after = (value: History, options: RunOptions): Selection => ({
  page: options.page ?? value.selection.page,
  blocks: options.select ?? value.selection.blocks,
})

/** Several commands as one entry, or as part of the gesture that is open. */
function together(
  value: History,
  commands: readonly Command[],
  label: string,
  options: RunOptions,
): History {
  const run = (inner: History, command: Command): History =>
    history.run(inner, command, after(value, options))
  if (value.gesture) return commands.reduce(run, value)
  return history.commit(commands.reduce(run, history.begin(value)), label)
}

/** As above, and an entry even where only the binding changes. */
function rebinding(
  value: History,
  commands: readonly Command[],
  label: string,
  options: RunOptions,
): History {
  const next = together(value, commands, label, options)
  return next.past.at(-1) === value.past.at(-1) ? history.note(value, label) : next
}

export function createDocumentStore(): DocumentStore {
  const store = createStore<DocumentState>(() => ({ current: null }))
  let typed: { readonly entry: number; readonly aim: string } | null = null
  const current = (): OpenDocument | null => store.getState().current

  function change(part: Partial<OpenDocument>): void {
    const open = current()
    if (open) store.setState({ current: { ...open, ...part } })
  }

  function step(next: (value: History) => History): void {
    const open = current()
    if (open) change({ history: settle(next(open.history)) })
  }

  function tried(next: (value: History) => History): CommandRefused['reason'] | null {
    try {
      step(next)
      return null
    } catch (error) {
      if (error instanceof CommandRefused) return error.reason
      throw error
    }
  }

  /** Goes one step through the history, and the bindings with it. */
  function travel(side: keyof Rebound, next: (value: History) => History): void {
    const open = current()
    if (!open) return
    const { past, future } = open.history
    const entry = (side === 'before' ? past : future).at(-1)
    const went = next(open.history)
    if (went === open.history) return
    const bindings = open.rebound[entry?.id ?? 0]?.[side] ?? open.bindings
    change({ history: settle(went), bindings })
  }

  return {
    store,
    current,
    open: ({ report, bindings, file, stamp, recovered }) =>
      store.setState({
        current: {
          history: history.startHistory(report),
          bindings,
          file,
          stamp,
          savedBindings: bindings,
          recovered,
          rebound: {},
        },
      }),
    close: () => store.setState({ current: null }),
    run: (command, options = {}) =>
      tried((value) => {
        const last = value.past.at(-1)?.id
        const aim = aimOf(command, options.place)
        const goesOn = typed?.entry === last && typed?.aim === aim
        const mode = options.mode === 'merge' && !goesOn ? 'record' : options.mode
        const next = history.run(value, command, after(value, options), mode)
        const entry = next.past.at(-1)?.id
        typed = options.mode === 'merge' && entry !== undefined ? { entry, aim } : null
        return next
      }),
    runAll: (commands, label, options = {}) =>
      tried((value) => together(value, commands, label, options)),
    begin: () => step(history.begin),
    commit: (label) => step((value) => history.commit(value, label)),
    bail: () => step(history.bail),
    undo: () => travel('before', history.undo),
    redo: () => travel('after', history.redo),
    select: (selection) => step((value) => history.select(value, selection)),
    bind: (slot, dataset) => {
      const open = current()
      if (!open || open.bindings[slot] === dataset) return
      change({ bindings: { ...open.bindings, [slot]: dataset } })
    },
    rebind: (wanted, commands, label, options = {}) => {
      const before = current()
      if (!before) return null
      const bindings = { ...before.bindings, ...wanted }
      const moved = Object.keys(wanted).some((slot) => wanted[slot] !== before.bindings[slot])
      const by = moved ? rebinding : together
      const reason = tried((value) => by(value, commands, label, options))
      const open = current()
      const entry = open?.history.past.at(-1)
      if (reason !== null || !moved || !open || !entry) return reason
      const rebound = { ...open.rebound, [entry.id]: { before: before.bindings, after: bindings } }
      change({ bindings, rebound })
      return null
    },
    saved: (file, stamp, written) => {
      const open = current()
      if (!open) return
      const savedBindings = written.bindings
      const saved = history.markSaved(open.history, written.history)
      change({ history: saved, file, stamp, savedBindings, recovered: false })
    },
  }
}
