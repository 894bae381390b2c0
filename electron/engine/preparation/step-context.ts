import type { Classes } from '../../../shared/preparation/recipe.ts'
import type { StepProblem } from '../../../shared/preparation/recipe-words.ts'
import type { Expr } from '../sql/nodes.ts'
import type { LookupDataset } from './lookups.ts'
import type { Stage, StageColumn } from './stage.ts'

export interface RecipeContext {
  /** Epoch day LASTDAY() of a formula gives: the last day as imported. */
  readonly lastDay: number | null
  readonly classSet: (id: string, version: number) => Classes | undefined
  /** Further datasets formulas may look into. */
  readonly lookups: readonly LookupDataset[]
}

/** A value a step gives a field. */
export interface Change {
  /** Null where the field is new. */
  readonly before: Expr | null
  readonly after: Expr
  /** The values are of different types: what is filled became another, what went blank was lost. */
  readonly retyped?: true
}

export interface CompiledStep {
  readonly stage: Stage
  /** Read over the stage before this step's own select, whose joins they may use. */
  readonly changes: readonly Change[]
  /** Names of the datasets it reads besides its own. */
  readonly lookedUp?: readonly string[]
}

/** What keeps a step from running; caught where steps are put together. */
export class StepFault extends Error {
  readonly problem: StepProblem
  constructor(
    reason: StepProblem['reason'],
    fields: readonly string[],
    error?: StepProblem['error'],
  ) {
    super(reason)
    this.name = 'StepFault'
    this.problem = { reason, fields: [...fields], ...(error === undefined ? {} : { error }) }
  }
}

/** The columns of these names, in their order. */
export function columnsNamed(stage: Stage, names: readonly string[]): StageColumn[] {
  const byName = new Map(stage.columns.map((one) => [one.name, one]))
  const missing = names.filter((name) => !byName.has(name))
  if (missing.length > 0) throw new StepFault('missingField', [...new Set(missing)])
  return names.flatMap((name) => byName.get(name) ?? [])
}

export function columnNamed(stage: Stage, name: string): StageColumn {
  const [found] = columnsNamed(stage, [name])
  if (found === undefined) throw new StepFault('missingField', [name])
  return found
}

/** New names must differ from each other and from those that stay, whatever their case. */
export function refuseTaken(names: readonly string[], staying: readonly StageColumn[]): void {
  const taken = new Set(staying.map(({ name }) => name.toLowerCase()))
  const clashes = names.filter((name) => {
    const key = name.toLowerCase()
    if (taken.has(key)) return true
    taken.add(key)
    return false
  })
  if (clashes.length > 0) throw new StepFault('nameTaken', clashes)
}

export function refuseTypes(
  columns: readonly StageColumn[],
  suits: (column: StageColumn) => boolean,
): void {
  const wrong = columns.filter((one) => !suits(one)).map(({ name }) => name)
  if (wrong.length > 0) throw new StepFault('typeUnsuitable', wrong)
}

export const isText = ({ type }: StageColumn): boolean => type === 'text'

/** Columns as they stand in a later stage of the same rows. */
export function again(stage: Stage, columns: readonly StageColumn[]): StageColumn[] {
  return columnsNamed(
    stage,
    columns.map(({ name }) => name),
  )
}

/** Of which person's data a field made from these tells, if any. */
export function personalOf(
  from: readonly Pick<StageColumn, 'personal'>[],
): Pick<StageColumn, 'personal'> {
  const personal = from.find((one) => one.personal != null)?.personal
  return personal == null ? {} : { personal }
}

export const newText = (id: string, name: string): StageColumn => ({
  ...{ id, name, type: 'text', role: 'dimension', scale: 0, wide: false },
})
