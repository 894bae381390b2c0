/** One text into several fields, several fields into one text. */
import type { StepOf } from '../../../../shared/preparation/recipe.ts'
import type { Expr } from '../../sql/nodes.ts'
import { integer, param } from '../../sql/nodes.ts'
import { prepare } from '../../sql/prepare-functions.ts'
import { row } from '../../sql/row-functions.ts'
import type { Cell, Stage, StageColumn } from '../stage.ts'
import { carried, decoded, freshId, nextStage, own } from '../stage.ts'
import type { CompiledStep } from '../step-context.ts'
import {
  again,
  columnNamed,
  columnsNamed,
  isText,
  newText,
  personalOf,
  refuseTaken,
  refuseTypes,
} from '../step-context.ts'
import { asText } from '../typed-values.ts'

export function split(step: StepOf<'split'>, before: Stage): CompiledStep {
  const named = columnNamed(before, step.field)
  refuseTypes([named], isText)
  const stage = decoded(before, [named])
  const field = columnNamed(stage, step.field)
  refuseTaken(step.into, step.keep ? stage.columns : stage.columns.filter((one) => one !== field))
  const made = step.into.map((name, place): Cell => {
    const part = prepare('filled', [prepare('spaceEnds', [partOf(own(field), step, place)])])
    return {
      column: { ...newText(freshId(stage, place), name), ...personalOf([field]) },
      expr: part,
    }
  })
  const cells = beside(stage, field, made, step.keep ? [] : [field])
  return { stage: nextStage(stage, cells), changes: made.map(newValue) }
}

function partOf(text: Expr, { by, into }: StepOf<'split'>, place: number): Expr {
  const isLast = place === into.length - 1
  if (by.kind === 'delimiter') {
    const delimiter = row('typedText', [param(by.text)])
    return prepare(isLast ? 'splitRest' : 'splitPart', [text, delimiter], place + 1)
  }
  const from = place === 0 ? 0 : (by.at[place - 1] ?? 0)
  if (isLast) return prepare('after', [text], from + 1)
  return row('mid', [text, integer(from + 1), integer((by.at[place] ?? 0) - from)])
}

export function merge(step: StepOf<'merge'>, before: Stage): CompiledStep {
  const named = columnsNamed(before, step.fields)
  const stage = decoded(before, named)
  const fields = again(stage, named)
  const [first] = fields
  refuseTaken(
    [step.into],
    step.keep ? stage.columns : stage.columns.filter((one) => !fields.includes(one)),
  )
  const separator = row('typedText', [param(step.separator)])
  const texts = fields.map((one) => asText(own(one), one))
  const made: Cell = {
    column: { ...newText(freshId(stage), step.into), ...personalOf(fields) },
    expr: prepare('filled', [prepare('joined', [separator, ...texts])]),
  }
  const cells = beside(stage, first, [made], step.keep ? [] : fields)
  return { stage: nextStage(stage, cells), changes: [newValue(made)] }
}

const newValue = ({ expr }: Cell): CompiledStep['changes'][number] => ({
  before: null,
  after: expr,
})

/** New fields stand behind the one they came from. */
function beside(
  stage: Stage,
  origin: StageColumn | undefined,
  made: readonly Cell[],
  gone: readonly StageColumn[],
): Cell[] {
  return stage.columns.flatMap((one) => [
    ...(gone.includes(one) ? [] : [carried(one)]),
    ...(one === origin ? made : []),
  ])
}
