/** The steps of a recipe while they are edited, with the way back and forth. Pure. */
import type { RecipeStep } from '../../shared/preparation/recipe.ts'

export type Steps = readonly RecipeStep[]

export interface RecipeHistory {
  readonly steps: Steps
  /** The newest last. */
  readonly past: readonly Steps[]
  /** The next one first. */
  readonly future: readonly Steps[]
}

const keptEdits = 200

export const historyOf = (steps: Steps): RecipeHistory => ({ steps, past: [], future: [] })

export const sameSteps = (a: Steps, b: Steps): boolean => JSON.stringify(a) === JSON.stringify(b)

/** An edit that changes nothing leaves no trace. */
export function edited(history: RecipeHistory, steps: Steps): RecipeHistory {
  if (sameSteps(history.steps, steps)) return history
  return { steps, past: [...history.past.slice(1 - keptEdits), history.steps], future: [] }
}

export function undone(history: RecipeHistory): RecipeHistory {
  const steps = history.past.at(-1)
  if (steps === undefined) return history
  return {
    steps,
    past: history.past.slice(0, -1),
    future: [history.steps, ...history.future],
  }
}

export function redone(history: RecipeHistory): RecipeHistory {
  const [steps, ...future] = history.future
  if (steps === undefined) return history
  return { steps, past: [...history.past, history.steps], future }
}

/** The step takes the place of the one of its id, else it is put in at `at`. */
export function withStep(steps: Steps, step: RecipeStep, at: number): Steps {
  if (!steps.some(({ id }) => id === step.id)) return steps.toSpliced(at, 0, step)
  return steps.map((one) => (one.id === step.id ? step : one))
}

/** The step ends at place `to`, counted after it was taken out. */
export function withMoved(steps: Steps, id: string, to: number): Steps {
  const from = steps.findIndex((step) => step.id === id)
  const step = steps[from]
  if (step === undefined) return steps
  const place = Math.max(0, Math.min(steps.length - 1, to))
  return steps.toSpliced(from, 1).toSpliced(place, 0, step)
}

export const without = (steps: Steps, id: string): Steps => steps.filter((step) => step.id !== id)

/** How many steps at the start are the same in both. */
export function sameUpTo(a: Steps, b: Steps): number {
  const end = Math.min(a.length, b.length)
  for (let at = 0; at < end; at++) {
    if (a[at] !== b[at] && JSON.stringify(a[at]) !== JSON.stringify(b[at])) return at
  }
  return end
}
