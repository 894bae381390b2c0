import type { Patch } from 'immer'
import { applyPatches, enablePatches, produceWithPatches } from 'immer'
import type { Command } from './commands/commands.ts'
import { applyCommand, commandLabel } from './commands/commands.ts'
import type { Report } from './report.ts'

enablePatches()

/** What was selected, so that undo shows the reader where the change was. */
export interface Selection {
  readonly page: string
  readonly blocks: readonly string[]
}

interface Entry {
  readonly id: number
  readonly label: string
  readonly patches: readonly Patch[]
  readonly inverse: readonly Patch[]
  readonly before: Selection
  readonly after: Selection
}

interface Gesture {
  readonly start: Report
  readonly past: readonly Entry[]
  readonly future: readonly Entry[]
  readonly selection: Selection
}

/**
 * The document with its past and future, as one immutable value. `past` and `future` are bounded; `saved` is the id of
 * the entry the file on disk shows, or -1 once that entry was dropped by the bound.
 */
export interface History {
  readonly report: Report
  readonly selection: Selection
  readonly past: readonly Entry[]
  readonly future: readonly Entry[]
  readonly gesture: Gesture | null
  readonly nextId: number
  readonly saved: number
}

const maxEntries = 500

export type Mode = 'record' | 'merge' | 'skip'

export function startHistory(report: Report, selection?: Selection): History {
  return {
    report,
    selection: selection ?? { page: report.pageOrder[0] ?? '', blocks: [] },
    past: [],
    future: [],
    gesture: null,
    nextId: 1,
    saved: 0,
  }
}

const cursor = (history: History): number => history.past.at(-1)?.id ?? 0

export function isEdited(history: History): boolean {
  return cursor(history) !== history.saved
}

/** Marks what was written as saved: the history as it was then, which may have gone on since. */
export function markSaved(history: History, written: History = history): History {
  return { ...history, saved: cursor(written) }
}

export function select(history: History, selection: Selection): History {
  return { ...history, selection }
}

/**
 * Runs a command. `merge` folds it into the entry before (typing), or into the open gesture; `skip` leaves no entry
 * (loading). Throws what the command throws; the given history is unchanged then.
 */
export function run(
  history: History,
  command: Command,
  after: Selection = history.selection,
  mode: Mode = 'record',
): History {
  const [report, patches, inverse] = produceWithPatches(history.report, (draft) => {
    applyCommand(draft, command)
  })
  if (patches.length === 0) return { ...history, selection: after }
  if (mode === 'skip') return { ...history, report, selection: after }
  const entry: Entry = {
    id: history.nextId,
    label: commandLabel(command),
    patches,
    inverse,
    before: history.selection,
    after,
  }
  const last = history.past.at(-1)
  const folds = mode === 'merge' && last?.label === entry.label && history.future.length === 0
  const past = folds ? [...history.past.slice(0, -1), fold(last, entry)] : [...history.past, entry]
  return {
    ...history,
    report,
    selection: after,
    past: past.slice(-maxEntries),
    future: [],
    nextId: history.nextId + 1,
    saved: past.length > maxEntries && history.saved === 0 ? -1 : history.saved,
  }
}

/** A step that changes nothing of the document itself, for what changes beside it and is undone with it. */
export function note(history: History, label: string): History {
  const { selection, nextId, past } = history
  const entry = { id: nextId, label, patches: [], inverse: [], before: selection, after: selection }
  return {
    ...history,
    past: [...past, entry].slice(-maxEntries),
    future: [],
    nextId: nextId + 1,
    saved: past.length >= maxEntries && history.saved === 0 ? -1 : history.saved,
  }
}

function fold(first: Entry, second: Entry): Entry {
  return {
    ...second,
    patches: [...first.patches, ...second.patches],
    inverse: [...second.inverse, ...first.inverse],
    before: first.before,
  }
}

export function canUndo(history: History): boolean {
  return history.past.length > 0 && history.gesture === null
}

export function canRedo(history: History): boolean {
  return history.future.length > 0 && history.gesture === null
}

export function undoLabel(history: History): string | undefined {
  return history.past.at(-1)?.label
}

export function redoLabel(history: History): string | undefined {
  return history.future.at(-1)?.label
}

export function undo(history: History): History {
  const entry = history.past.at(-1)
  if (!entry || history.gesture) return history
  return {
    ...history,
    report: applyPatches(history.report, entry.inverse),
    selection: entry.before,
    past: history.past.slice(0, -1),
    future: [...history.future, entry],
  }
}

export function redo(history: History): History {
  const entry = history.future.at(-1)
  if (!entry || history.gesture) return history
  return {
    ...history,
    report: applyPatches(history.report, entry.patches),
    selection: entry.after,
    past: [...history.past, entry],
    future: history.future.slice(0, -1),
  }
}

/** Opens a gesture (a drag): the commands until `commit` become one entry, `bail` restores and leaves no redo. */
export function begin(history: History): History {
  if (history.gesture) return history
  const { report, past, future, selection } = history
  return { ...history, gesture: { start: report, past, future, selection } }
}

export function commit(history: History, label: string): History {
  const gesture = history.gesture
  if (!gesture) return history
  const added = history.past.filter((entry) => !gesture.past.includes(entry))
  const first = added[0]
  const squashed = first && added.slice(1).reduce(fold, first)
  if (!squashed || history.report === gesture.start) {
    return { ...history, gesture: null, past: gesture.past, future: gesture.future }
  }
  return { ...history, gesture: null, past: [...gesture.past, { ...squashed, label }] }
}

export function bail(history: History): History {
  const gesture = history.gesture
  if (!gesture) return history
  return {
    ...history,
    report: gesture.start,
    selection: gesture.selection,
    past: gesture.past,
    future: gesture.future,
    gesture: null,
  }
}
