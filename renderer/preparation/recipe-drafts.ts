import type { StoreApi } from 'zustand/vanilla'
import type { RecipeStep, StepKind } from '../../shared/preparation/recipe.ts'
import { recipeLimits } from '../../shared/preparation/recipe.ts'
import { newStep } from './new-step.ts'
import { withStep } from './recipe-history.ts'
import type { createPreviews } from './recipe-preview.ts'
import type { RecipeState } from './recipe-state.ts'
import { fieldsBefore, isWhole } from './recipe-state.ts'
import type { ChangeSteps } from './recipe-store.ts'
import { gapOf } from './step-gaps.ts'

export interface Drafts {
  /** A draft without gaps is kept, any other is dropped. */
  readonly choose: (step: string | null) => void
  /** A new step after the chosen one. */
  readonly begin: (kind: StepKind) => void
  readonly edit: (step: string) => void
  readonly change: (step: RecipeStep) => void
  readonly keep: () => void
  readonly drop: () => void
  /** A step at the end of the recipe; `open` shows its form first. */
  readonly append: (step: RecipeStep, open: boolean) => void
}

interface DraftPorts {
  readonly change: ChangeSteps
  readonly previews: ReturnType<typeof createPreviews>
  readonly freshId: () => string
}

/** Steps in their form: tried on the rows at once, part of the recipe when kept, as one edit. */
export function createDrafts(
  store: StoreApi<RecipeState>,
  { change, previews, freshId }: DraftPorts,
): Drafts {
  const state = store.getState
  const isFull = (): boolean => state().history.steps.length >= recipeLimits.steps

  function drop(then: string | null): void {
    const known = state().history.steps.some(({ id }) => id === then)
    store.setState({ draft: null, chosen: known ? then : null })
    previews.look()
  }

  function keep(then?: string | null): void {
    const { draft, history } = state()
    if (!draft) return
    const chosen = then === undefined ? draft.step.id : then
    const names = fieldsBefore(state(), draft.at).map(({ name }) => name)
    if (gapOf(draft.step, names) === undefined)
      change(withStep(history.steps, draft.step, draft.at), { draft: null, chosen })
    else drop(chosen)
  }

  function open(step: RecipeStep, at: number, isNew: boolean): void {
    store.setState({ draft: { step, at, isNew } })
    if (isWhole(step)) previews.look()
  }

  return {
    choose: (step) => {
      if (state().draft) return keep(step)
      store.setState({ chosen: step })
      previews.look()
    },
    begin: (kind) => {
      keep()
      if (isFull()) return
      const { history, chosen } = state()
      const place = history.steps.findIndex(({ id }) => id === chosen)
      const at = place < 0 ? history.steps.length : place + 1
      open(newStep(kind, freshId(), fieldsBefore(state(), at)), at, true)
    },
    edit: (id) => {
      keep(id)
      const at = state().history.steps.findIndex((step) => step.id === id)
      const step = state().history.steps[at]
      if (!step) return
      store.setState({ chosen: id })
      open(step, at, false)
    },
    change: (step) => {
      const { draft } = state()
      if (!draft) return
      store.setState({ draft: { ...draft, step } })
      if (isWhole(step)) previews.lookSoon()
    },
    keep: () => keep(),
    drop: () => drop(state().chosen),
    append: (step, opened) => {
      keep()
      if (isFull()) return
      const { steps } = state().history
      if (opened) open(step, steps.length, true)
      else change([...steps, step], { chosen: step.id })
    },
  }
}
