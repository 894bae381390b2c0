import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { RecipeStep, StepKind } from '../../shared/preparation/recipe.ts'
import { recipeLimits } from '../../shared/preparation/recipe.ts'
import type { StepReport } from '../../shared/preparation/recipe-words.ts'
import type { App } from '../state/app.ts'
import { newStep } from './new-step.ts'
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
  withStep,
} from './recipe-history.ts'
import { createPreviews, noPreview } from './recipe-preview.ts'
import { createRuns, idle } from './recipe-run.ts'
import type { RecipeState } from './recipe-state.ts'
import { fieldsBefore, isEdited, isWhole } from './recipe-state.ts'

export interface RecipeStore {
  readonly store: StoreApi<RecipeState>
  /** Reads the saved recipe; edits that were not applied stay. */
  load(): Promise<void>
  /** A valid draft is kept, any other is dropped. */
  choose(step: string | null): void
  begin(kind: StepKind): void
  edit(step: string): void
  change(step: RecipeStep): void
  keep(): void
  drop(): void
  /** At the end of the recipe; `open` shows its form. */
  append(step: RecipeStep, open: boolean): void
  /** A new step of a kind for the fields of the dataset as it is. */
  freshId(): string
  toggle(step: string): void
  move(step: string, to: number): void
  remove(step: string): void
  note(step: string, note: string): void
  undo(): void
  redo(): void
  discard(): void
  look(): void
  stopLooking(): void
  apply(acceptLoss?: boolean): Promise<void>
  stopApplying(): void
  closeRun(): void
}

type RecipeApp = Pick<App, 'engine' | 'newId' | 'clock'>

/** The recipe of one dataset: its edits, what is looked at, and its running. */
export function createRecipeStore(app: RecipeApp, dataset: string): RecipeStore {
  const store = createStore<RecipeState>(() => ({
    status: 'loading',
    error: null,
    imported: { fields: [], rows: 0 },
    saved: [],
    history: historyOf([]),
    reports: {},
    chosen: null,
    draft: null,
    preview: noPreview,
    run: idle,
  }))
  const state = store.getState
  const previews = createPreviews(app, dataset, store)
  const runs = createRuns(app, dataset, store)
  const freshId = (): string => app.newId('st')

  function become(history: RecipeHistory, more: Partial<RecipeState> = {}): void {
    const { reports, history: before, chosen } = state()
    const same = sameUpTo(before.steps, history.steps)
    const gone = chosen !== null && !history.steps.some(({ id }) => id === chosen)
    store.setState({
      history,
      reports: countsUpTo(reports, history.steps, same),
      ...(gone ? { chosen: null } : {}),
      ...more,
    })
    previews.look()
  }
  const change = (steps: Steps, more: Partial<RecipeState> = {}): void =>
    become(edited(state().history, steps), more)

  function keep(then: string | null | undefined = undefined): void {
    const { draft, history } = state()
    if (!draft) return
    const chosen = then === undefined ? draft.step.id : then
    if (isWhole(draft.step)) {
      change(withStep(history.steps, draft.step, draft.at), { draft: null, chosen })
    } else drop(chosen)
  }

  function drop(then: string | null = state().chosen): void {
    const known = state().history.steps.some(({ id }) => id === then)
    store.setState({ draft: null, chosen: known ? then : null })
    previews.look()
  }

  const stepOf = (id: string): RecipeStep | undefined =>
    state().history.steps.find((step) => step.id === id)

  return {
    store,
    freshId,
    async load() {
      const answer = await app.engine['dataset.recipe']({ dataset })
      if (!answer.ok) {
        store.setState({ status: 'failed', error: answer.error })
        return
      }
      const { recipe, imported, steps } = answer.value
      const kept = state().status === 'ready' && isEdited(state())
      const history = state().history
      const now = kept || sameSteps(history.steps, recipe.steps) ? history : historyOf(recipe.steps)
      store.setState({
        ...{ status: 'ready', error: null, imported, saved: recipe.steps, history: now },
        reports: kept ? {} : Object.fromEntries(steps.map((report) => [report.step, report])),
      })
      previews.look()
    },
    choose(step) {
      if (state().draft) keep(step)
      else {
        store.setState({ chosen: step })
        previews.look()
      }
    },
    begin(kind) {
      if (state().draft) keep()
      const { history, chosen } = state()
      if (history.steps.length >= recipeLimits.steps) return
      const place = history.steps.findIndex(({ id }) => id === chosen)
      const at = place < 0 ? history.steps.length : place + 1
      const step = newStep(kind, freshId(), fieldsBefore(state(), at))
      store.setState({ draft: { step, at, isNew: true } })
      if (isWhole(step)) previews.look()
    },
    edit(id) {
      if (state().draft) keep(id)
      const step = stepOf(id)
      if (!step) return
      const at = state().history.steps.indexOf(step)
      store.setState({ chosen: id, draft: { step, at, isNew: false } })
      previews.look()
    },
    change(step) {
      const { draft } = state()
      if (!draft) return
      store.setState({ draft: { ...draft, step } })
      if (isWhole(step)) previews.lookSoon()
    },
    keep: () => keep(),
    drop: () => drop(),
    append(step, open) {
      if (state().draft) keep()
      const { steps } = state().history
      if (steps.length >= recipeLimits.steps) return
      if (open) {
        store.setState({ chosen: null, draft: { step, at: steps.length, isNew: true } })
        if (isWhole(step)) previews.look()
      } else change([...steps, step], { chosen: step.id })
    },
    toggle(id) {
      const { steps } = state().history
      change(steps.map((step) => (step.id === id ? { ...step, on: !step.on } : step)))
    },
    move: (id, to) => change(withMoved(state().history.steps, id, to)),
    remove: (id) => change(without(state().history.steps, id)),
    note(id, note) {
      const step = stepOf(id)
      if (!step) return
      const { note: _, ...rest } = step
      const next = note.trim() === '' ? rest : { ...rest, note: note.trim() }
      change(withStep(state().history.steps, next, 0))
    },
    undo: () => become(undone(state().history), { draft: null }),
    redo: () => become(redone(state().history), { draft: null }),
    discard: () => change(state().saved, { draft: null, chosen: null }),
    look: () => previews.look(),
    stopLooking: () => previews.stop(),
    async apply(acceptLoss = false) {
      if (state().draft) keep()
      await runs.apply(acceptLoss)
    },
    stopApplying: () => runs.stop(),
    closeRun: () => store.setState({ run: idle }),
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
