/** A recipe as a chain of selects over the extract as imported. Pure: nothing is read, broken steps are left out. */
import type { Field } from '../../../shared/data/field.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { Recipe, RecipeStep, StepKind, StepOf } from '../../../shared/preparation/recipe.ts'
import { recipeLimits } from '../../../shared/preparation/recipe.ts'
import type { StepProblem, StepReport } from '../../../shared/preparation/recipe-words.ts'
import type { ExtractField } from '../extracts/extract-columns.ts'
import type { Stage } from './stage.ts'
import { fieldOf, firstStage } from './stage.ts'
import type { CompiledStep, RecipeContext } from './step-context.ts'
import { StepFault } from './step-context.ts'
import { classify, formula } from './steps/derived.ts'
import { map } from './steps/map.ts'
import { remove, rename } from './steps/names.ts'
import { merge, split } from './steps/parts.ts'
import { dedupe, filter, unpivot } from './steps/rows.ts'
import { fill, normalise, replace, type } from './steps/values.ts'

type Compile<K extends StepKind> = (
  step: StepOf<K>,
  stage: Stage,
  context: RecipeContext,
) => CompiledStep

const compilers: { readonly [K in StepKind]: Compile<K> } = {
  ...{ rename, remove, type, normalise, replace, map, fill, split, merge, filter, dedupe },
  ...{ unpivot, formula, classify },
}

export interface CompiledRecipe {
  readonly imported: Stage
  readonly steps: readonly StepOutcome[]
  readonly last: Stage
  /** Whether any step runs: without one the rows are those imported. */
  readonly runs: boolean
  /** Names of the datasets its steps look into. */
  readonly lookedUp: readonly string[]
}

export interface StepOutcome {
  readonly step: RecipeStep
  /** Undefined for a step that is off or broken. */
  readonly compiled: CompiledStep | undefined
  readonly problem: StepProblem | undefined
  readonly before: Stage
  readonly after: Stage
}

/** Throws AppErrorException `recipe/tooLarge` when fields times steps are beyond what one statement should carry. */
export function compileRecipe(
  recipe: Recipe,
  fields: readonly ExtractField[],
  catalog: string,
  context: RecipeContext,
): CompiledRecipe {
  const imported = firstStage(fields, catalog)
  const steps: StepOutcome[] = []
  let stage = imported
  let cells = 0
  for (const step of recipe.steps) {
    const outcome = outcomeOf(step, stage, context)
    steps.push(outcome)
    stage = outcome.after
    if (outcome.compiled !== undefined) cells += stage.columns.length
    if (cells > recipeLimits.cells) throw new AppErrorException(appError('recipe/tooLarge'))
  }
  const lookedUp = new Set(steps.flatMap(({ compiled }) => compiled?.lookedUp ?? []))
  const runs = steps.some(({ compiled }) => compiled)
  return { imported, steps, last: stage, runs, lookedUp: [...lookedUp] }
}

function outcomeOf(step: RecipeStep, before: Stage, context: RecipeContext): StepOutcome {
  const base = { step, before }
  if (!step.on) return { ...base, after: before, compiled: undefined, problem: undefined }
  try {
    // The compiler of a kind takes steps of that kind alone, which the record's type says and a lookup forgets.
    const compile = compilers[step.kind] as Compile<StepKind>
    const compiled = compile(step, before, context)
    return { ...base, after: compiled.stage, compiled, problem: undefined }
  } catch (error) {
    if (!(error instanceof StepFault)) throw error
    return { ...base, after: before, compiled: undefined, problem: error.problem }
  }
}

export const fieldsAfter = (stage: Stage): Field[] => stage.columns.map(fieldOf)

export function stepReport({ step, compiled, problem, after }: StepOutcome): StepReport {
  return {
    step: step.id,
    state: compiled ? 'on' : problem ? 'broken' : 'off',
    ...(problem === undefined ? {} : { problem }),
    fields: fieldsAfter(after),
  }
}

/** The steps that cannot run, with their place in the recipe counted from 1. */
export function brokenSteps({ steps }: CompiledRecipe): {
  readonly step: RecipeStep
  readonly place: number
  readonly problem: StepProblem
}[] {
  return steps.flatMap(({ step, problem }, index) =>
    problem === undefined ? [] : [{ step, place: index + 1, problem }],
  )
}

/** The first broken step as an error, if any. */
export function refuseBroken(compiled: CompiledRecipe): void {
  const [first] = brokenSteps(compiled)
  if (first === undefined) return
  const { step, place, problem } = first
  const { reason, fields, error } = problem
  throw new AppErrorException(
    appError('recipe/broken', {
      ...{ step: place, id: step.id, kind: step.kind, reason, fields },
      ...(error === undefined ? {} : { formula: error.code }),
    }),
  )
}
