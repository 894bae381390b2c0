import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Dragged, DropIntent, DropTarget } from '../../shared/report/drop-intent.ts'
import { dropIntent } from '../../shared/report/drop-intent.ts'
import type { App } from './app.ts'

/** What a drag source hands over; the dataset is bound when its slot comes into the report with the drop. */
export interface DragLoad {
  readonly dragged: Dragged
  readonly dataset?: string
}

export interface DragState {
  readonly load: DragLoad | null
  readonly target: DropTarget | null
  /** What letting go now would do: shown while dragging, run unchanged at the drop. */
  readonly intent: DropIntent | null
}

export type DragStore = StoreApi<DragState>

const nothing: DragState = { load: null, target: null, intent: null }

export const dragStore: DragStore = createStore<DragState>(() => nothing)

export function startDrag(load: DragLoad): void {
  dragStore.setState({ ...nothing, load })
}

/** Called on every move; the intent is made anew only when the target is another. */
export function dragOver(app: App, target: DropTarget | null): void {
  const { load, target: before } = dragStore.getState()
  if (!load || JSON.stringify(before) === JSON.stringify(target)) return
  const report = app.documents.current()?.history.report
  const intent = report && target ? dropIntent(report, load.dragged, target, app.newId) : null
  dragStore.setState({ target, intent })
}

export function endDrag(): void {
  dragStore.setState(nothing)
}

/** Does what was said. */
export function drop(app: App): void {
  const { load, intent } = dragStore.getState()
  endDrag()
  if (load && intent) runIntent(app, load, intent)
}

function runIntent(app: App, load: DragLoad, intent: DropIntent): void {
  if (intent.commands.length === 0) return
  if (load.dragged.kind === 'field' && load.dataset !== undefined)
    app.documents.bind(load.dragged.slot.id, load.dataset)
  const refused = app.documents.runAll(intent.commands, intent.step, { select: intent.select })
  if (refused) app.shell.tell('info', { key: `refused.${refused}` })
}

/** The keyboard's way of dropping: the same decision, without a preview. */
export function place(app: App, load: DragLoad, target: DropTarget): void {
  const report = app.documents.current()?.history.report
  const intent = report && dropIntent(report, load.dragged, target, app.newId)
  if (!intent) return
  if (intent.commands.length === 0)
    app.shell.tell('info', { key: intent.label, values: intent.values })
  runIntent(app, load, intent)
}
