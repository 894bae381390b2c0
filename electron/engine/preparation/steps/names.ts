import type { StepOf } from '../../../../shared/preparation/recipe.ts'
import type { Stage } from '../stage.ts'
import { carried, nextStage } from '../stage.ts'
import type { CompiledStep } from '../step-context.ts'
import { columnsNamed, refuseTaken, StepFault } from '../step-context.ts'

export function rename({ names }: StepOf<'rename'>, stage: Stage): CompiledStep {
  const renamed = new Map(names.map(({ field, to }) => [field, to]))
  columnsNamed(stage, [...renamed.keys()])
  const staying = stage.columns.filter(({ name }) => !renamed.has(name))
  refuseTaken([...renamed.values()], staying)
  const cells = stage.columns.map((one) => {
    const cell = carried(one)
    return { ...cell, column: { ...one, name: renamed.get(one.name) ?? one.name } }
  })
  return { stage: nextStage(stage, cells), changes: [] }
}

export function remove({ fields }: StepOf<'remove'>, stage: Stage): CompiledStep {
  const gone = new Set(columnsNamed(stage, fields))
  const left = stage.columns.filter((one) => !gone.has(one))
  if (left.length === 0) throw new StepFault('nothingLeft', fields)
  return { stage: nextStage(stage, left.map(carried)), changes: [] }
}
