import type { Field } from '../../shared/data/field.ts'
import type { AppError } from '../../shared/errors.ts'
import type { RecipeStep } from '../../shared/preparation/recipe.ts'
import { RecipeStep as RecipeStepSchema } from '../../shared/preparation/recipe.ts'
import type { RecipeLookup, StepReport } from '../../shared/preparation/recipe-words.ts'
import type { RecipeHistory, Steps } from './recipe-history.ts'
import { sameSteps, withStep } from './recipe-history.ts'
import type { PreviewState } from './recipe-preview.ts'
import type { RunState } from './recipe-run.ts'

/** A step in its form: not part of the recipe before it is kept. */
export interface Draft {
  readonly step: RecipeStep
  /** Where a new step goes in. */
  readonly at: number
  readonly isNew: boolean
}

export interface RecipeState {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: AppError | null
  readonly imported: { readonly fields: readonly Field[]; readonly rows: number }
  /** Datasets formulas may look into. */
  readonly lookups: readonly RecipeLookup[]
  readonly saved: Steps
  readonly history: RecipeHistory
  /** What the engine said of each step, by its id; counts only of steps that did not change since. */
  readonly reports: Readonly<Record<string, StepReport>>
  /** The step looked at; null for the recipe as a whole. */
  readonly chosen: string | null
  readonly draft: Draft | null
  readonly preview: PreviewState
  readonly run: RunState
}

export const isEdited = ({ history, saved }: RecipeState): boolean =>
  !sameSteps(history.steps, saved)

export const isWhole = (step: RecipeStep): boolean => RecipeStepSchema.safeParse(step).success

/** The recipe as it is looked at: with a draft that could run. */
export function stepsShown({ history, draft }: RecipeState): Steps {
  if (!draft || !isWhole(draft.step)) return history.steps
  return withStep(history.steps, draft.step, draft.at)
}

/** The fields a step at this place works on. */
export function fieldsBefore(state: RecipeState, at: number): readonly Field[] {
  for (let before = at - 1; before >= 0; before--) {
    const report = state.reports[state.history.steps[before]?.id ?? '']
    if (report) return report.fields
  }
  return state.imported.fields
}

export function brokenCount({ history, reports }: RecipeState): number {
  return history.steps.filter(({ id, on }) => on && reports[id]?.state === 'broken').length
}
