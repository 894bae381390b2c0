import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { RecipeStep } from '../../shared/preparation/recipe.ts'
import type { StepReport } from '../../shared/preparation/recipe-words.ts'
import type { App } from '../state/app.ts'
import type { Drafts } from './recipe-drafts.ts'
import { createDrafts } from './recipe-drafts.ts'
import type { RecipeHistory, Steps } from './recipe-history.ts'
import {
  edited,
  historyOf,
  redone,
  sameSteps,
  sameUpTo,
  undone,
  withMoved,
  without,
} from './recipe-history.ts'
import { createPreviews, noPreview } from './recipe-preview.ts'
import { createRuns, idle } from './recipe-run.ts'
import type { RecipeState } from './recipe-state.ts'
import { isEdited } from './recipe-state.ts'

export interface RecipeStore extends Drafts {
  readonly store: StoreApi<RecipeState>
  /** Reads the saved recipe; edits that were not applied stay. */
  readonly load: () => Promise<void>
  readonly freshId: () => string
  readonly toggle: (step: string) => void
  readonly move: (step: string, to: number) => void
  readonly remove: (step: string) => void
  readonly note: (step: string, note: string) => void
  /** All steps at once, as from a file: one edit that can be undone. */
  readonly replace: (steps: Steps) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly discard: () => void
  readonly look: () => void
  readonly stopLooking: () => void
  readonly apply: (acceptLoss?: boolean) => Promise<void>
  readonly stopApplying: () => void
  readonly closeRun: () => void
}

export type RecipeApp = Pick<App, 'engine' | 'newId' | 'clock'>

/** What an edit makes of the recipe, with more of the state that changes with it. */
export type ChangeSteps = (steps: Steps, more?: Partial<RecipeState>) => void

const firstState: RecipeState = {
  status: 'loading',
  error: null,
  imported: { fields: [], rows: 0 },
  lookups: [],
  saved: [],
  history: historyOf([]),
  reports: {},
  chosen: null,
  draft: null,
  preview: noPreview,
  run: idle,
}

/** The recipe of one dataset: its edits, what is looked at, and its running. */
export function createRecipeStore(app: RecipeApp, dataset: string): RecipeStore {
  const store = createStore<RecipeState>(() => firstState)
  const state = store.getState
  const previews = createPreviews(app, dataset, store)
  const runs = createRuns(app, dataset, store)
  const freshId = (): string => app.newId('st')

  function become(history: RecipeHistory, more: Partial<RecipeState> = {}): void {
    const { reports, history: before, chosen, run } = state()
    const same = sameUpTo(before.steps, history.steps)
    const gone = chosen !== null && !history.steps.some(({ id }) => id === chosen)
    store.setState({
      history,
      reports: countsUpTo(reports, history.steps, same),
      ...(gone ? { chosen: null } : {}),
      // What was said of the last run is not said of other steps.
      ...(run.state === 'running' ? {} : { run: idle }),
      ...more,
    })
    previews.look()
  }
  const change: ChangeSteps = (steps, more) => become(edited(state().history, steps), more)
  const drafts = createDrafts(store, { change, previews, freshId })

  return {
    ...drafts,
    ...createEdits(store, change),
    store,
    freshId,
    load: async () => {
      const answer = await app.engine['dataset.recipe']({ dataset })
      if (!answer.ok) {
        store.setState({ status: 'failed', error: answer.error })
        return
      }
      const { recipe, imported, lookups, steps } = answer.value
      const { status, history } = state()
      const kept = status === 'ready' && isEdited(state())
      const now = kept || sameSteps(history.steps, recipe.steps) ? history : historyOf(recipe.steps)
      store.setState({
        ...{ status: 'ready', error: null, imported, lookups, saved: recipe.steps, history: now },
        reports: kept ? {} : Object.fromEntries(steps.map((report) => [report.step, report])),
      })
      previews.look()
    },
    replace: (steps) => change(steps, { draft: null, chosen: null }),
    undo: () => become(undone(state().history), { draft: null }),
    redo: () => become(redone(state().history), { draft: null }),
    look: previews.look,
    stopLooking: previews.stop,
    apply: async (acceptLoss = false) => {
      if (state().draft) drafts.keep()
      await runs.apply(acceptLoss)
    },
    stopApplying: runs.stop,
    closeRun: () => store.setState({ run: idle }),
  }
}

/** Edits of single steps, each of which can be undone. */
function createEdits(store: StoreApi<RecipeState>, change: ChangeSteps) {
  const steps = (): Steps => store.getState().history.steps
  const replaced = (id: string, by: (step: RecipeStep) => RecipeStep): void =>
    change(steps().map((step) => (step.id === id ? by(step) : step)))
  return {
    toggle: (id: string) => replaced(id, (step) => ({ ...step, on: !step.on })),
    move: (id: string, to: number) => change(withMoved(steps(), id, to)),
    remove: (id: string) => change(without(steps(), id)),
    note: (id: string, note: string) =>
      replaced(id, (step) => {
        const { note: _, ...rest } = step
        return note.trim() === '' ? rest : { ...rest, note: note.trim() }
      }),
    discard: () => change(store.getState().saved, { draft: null, chosen: null }),
  }
}

/** Fields are good enough until the next answer; counts are not. */
function countsUpTo(
  reports: RecipeState['reports'],
  steps: Steps,
  same: number,
): RecipeState['reports'] {
  const known = steps.flatMap(({ id }, index): (readonly [string, StepReport])[] => {
    const report = reports[id]
    if (!report) return []
    if (index < same) return [[id, report]]
    const { counts: _, ...rest } = report
    return [[id, rest]]
  })
  return Object.fromEntries(known)
}

/** One store for each dataset, kept while the window lives, so that edits outlive a look elsewhere. */
export function createRecipeStores(app: RecipeApp): (dataset: string) => RecipeStore {
  const stores = new Map<string, RecipeStore>()
  return (dataset) => {
    const known = stores.get(dataset)
    if (known) return known
    const made = createRecipeStore(app, dataset)
    stores.set(dataset, made)
    return made
  }
}
