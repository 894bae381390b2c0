/** Steps that give fields other values, row by row. */
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { isNumeric } from '../../../../shared/data/field.ts'
import type { StepOf } from '../../../../shared/preparation/recipe.ts'
import type { Expr } from '../../sql/nodes.ts'
import { call, column, isNull, nothing, when } from '../../sql/nodes.ts'
import { prepare } from '../../sql/prepare-functions.ts'
import { row } from '../../sql/row-functions.ts'
import { sourceIdColumn } from '../../extracts/extract-columns.ts'
import type { Stage, StageColumn } from '../stage.ts'
import { carried, decoded, nextStage, own, previous, sourceOrder } from '../stage.ts'
import type { CompiledStep } from '../step-context.ts'
import {
  again,
  columnNamed,
  columnsNamed,
  isText,
  refuseTypes,
  StepFault,
} from '../step-context.ts'
import { commonZone, convert, literalOf } from '../typed-values.ts'

const filled = (expr: Expr): Expr => prepare('filled', [expr])

/** Other values in some columns, everything else as it was. */
function changed(
  stage: Stage,
  columns: readonly StageColumn[],
  value: (one: StageColumn) => Expr,
  shape: (one: StageColumn) => StageColumn = (one) => one,
): CompiledStep {
  const touched = new Set(columns.map(({ id }) => id))
  const cells = stage.columns.map((one) =>
    touched.has(one.id) ? { column: shape(one), expr: value(one) } : carried(one),
  )
  const changes = columns.map((one) => ({ before: own(one), after: value(one) }))
  return { stage: nextStage(stage, cells), changes }
}

export function type(step: StepOf<'type'>, before: Stage): CompiledStep {
  const stage = decoded(before, [columnNamed(before, step.field)])
  const field = columnNamed(stage, step.field)
  const scale = step.to === 'decimal' ? (step.scale ?? 2) : 0
  const shape: StageColumn = {
    ...field,
    ...{ type: step.to, scale },
    wide:
      step.to === 'decimal' || (step.to === 'integer' && field.type === 'integer' && field.wide),
    role: step.role ?? roleAs(field, step.to),
    sign: isNumeric(step.to) ? field.sign : undefined,
  }
  const order = step.dateOrder ?? 'none'
  const dated = field.type === 'text' && (step.to === 'date' || step.to === 'timestamp')
  const zone = dated ? commonZone(stage, own(field), order) : nothing
  const value = convert(own(field), field, shape, { order, zone })
  if (value === undefined) throw new StepFault('typeUnsuitable', [field.name])
  const made = step.to === 'text' ? filled(value) : value
  const { stage: after, changes } = changed(stage, [field], () => made, () => shape) // prettier-ignore
  // A column that is of the type already keeps its values: they are compared as such.
  if (field.type === step.to && field.scale === scale) return { stage: after, changes }
  return { stage: after, changes: changes.map((change) => ({ ...change, retyped: true })) }
}

function roleAs({ role, type: from }: StageColumn, to: FieldType): FieldRole {
  if (role === 'identifier') return role
  if (isNumeric(to)) return isNumeric(from) ? role : 'measure'
  return 'dimension'
}

export function normalise(step: StepOf<'normalise'>, before: Stage): CompiledStep {
  const named = columnsNamed(before, step.fields)
  refuseTypes(named, isText)
  const stage = decoded(before, named)
  return changed(stage, again(stage, named), (one) => filled(normalised(own(one), step)))
}

const spaces = { ends: 'spaceEnds', single: 'spaceSingle', none: 'spaceNone' } as const
const forms = { phone: 'phone', id: 'identity' } as const

function normalised(text: Expr, step: StepOf<'normalise'>): Expr {
  const half = step.width === undefined ? text : prepare('halfWidth', [text])
  const spaced = step.space === undefined ? half : prepare(spaces[step.space], [half])
  const formed = step.form === undefined ? spaced : prepare(forms[step.form], [spaced])
  return step.case === undefined ? formed : row(step.case, [formed])
}

export function replace(step: StepOf<'replace'>, before: Stage): CompiledStep {
  const named = columnNamed(before, step.field)
  const stage = decoded(before, [named])
  const field = columnNamed(stage, step.field)
  const value = step.match === 'whole' ? replacedWhole(step, field) : replacedPart(step, field)
  return changed(stage, [field], () => value)
}

function literal(value: StepOf<'replace'>['pairs'][number]['find'], field: StageColumn): Expr {
  const found = literalOf(value, field)
  if (found === undefined) throw new StepFault('valueUnsuitable', [field.name])
  return found
}

function replacedWhole({ pairs }: StepOf<'replace'>, field: StageColumn): Expr {
  const args = pairs.flatMap((pair) => [
    row('same', [own(field), literal(pair.find, field)]),
    literal(pair.with, field),
  ])
  return row('cases', [...args, own(field)])
}

function replacedPart({ pairs }: StepOf<'replace'>, field: StageColumn): Expr {
  refuseTypes([field], isText)
  const texts = pairs.map(({ find, with: by }) => [find, by ?? ''] as const)
  if (
    texts.some(([find, by]) => typeof find !== 'string' || find === '' || typeof by !== 'string')
  ) {
    throw new StepFault('valueUnsuitable', [field.name])
  }
  const replaced = texts.reduce<Expr>(
    (text, [find, by]) => row('substitute', [text, literal(find, field), emptyOr(by, field)]),
    own(field),
  )
  return filled(replaced)
}

/** Empty text is nothing in place of something here, and no blank. */
const emptyOr = (text: string | number | boolean, field: StageColumn): Expr =>
  row('orEmpty', [literal(text, field)])

export function fill(step: StepOf<'fill'>, before: Stage): CompiledStep {
  const named = columnsNamed(before, step.fields)
  if (step.with.kind === 'above') {
    const order = sourceOrder(before, previous)
    return changed(before, named, (one) => ({
      ...{ kind: 'window', fn: 'lastFilled', args: [own(one)], orderBy: order },
      partitionBy: [column(previous, sourceIdColumn)],
    }))
  }
  const { value } = step.with
  const stage = decoded(before, named)
  return changed(stage, again(stage, named), (one) => {
    const constant = literalOf(value, one)
    if (constant === undefined) throw new StepFault('valueUnsuitable', [one.name])
    return isText(one)
      ? call('coalesce', own(one), constant)
      : when(isNull(own(one)), constant, own(one))
  })
}
