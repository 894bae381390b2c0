/** Steps after which there are other rows. */
import type { FieldType } from '../../../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../../../shared/data/field.ts'
import type { StepOf } from '../../../../shared/preparation/recipe.ts'
import type { Expr } from '../../sql/nodes.ts'
import { all, any, binary, column, integer, isNull, not, param } from '../../sql/nodes.ts'
import { prepare } from '../../sql/prepare-functions.ts'
import { row } from '../../sql/row-functions.ts'
import { conditionExpr, fieldsIn } from '../condition-sql.ts'
import type { Cell, Stage, StageColumn } from '../stage.ts'
import { carried, decoded, freshId, nextStage, own, previous, sourceOrder } from '../stage.ts'
import type { CompiledStep } from '../step-context.ts'
import {
  again,
  columnNamed,
  columnsNamed,
  newText,
  personalOf,
  refuseTaken,
} from '../step-context.ts'
import { asText, convert } from '../typed-values.ts'

export function filter(step: StepOf<'filter'>, before: Stage): CompiledStep {
  const stage = decoded(before, columnsNamed(before, fieldsIn(step.when)))
  const holds = conditionExpr(step.when, stage)
  const where = step.rows === 'keep' ? holds : not(holds)
  return { stage: nextStage(stage, stage.columns.map(carried), { where }), changes: [] }
}

export function dedupe(step: StepOf<'dedupe'>, before: Stage): CompiledStep {
  columnsNamed(before, step.keys)
  // Codes tell texts apart as well as the texts do, but are in no order.
  const stage = step.by === undefined ? before : decoded(before, [columnNamed(before, step.by)])
  const keys = columnsNamed(stage, step.keys).map(own)
  const isLast = step.keep === 'last'
  const by = step.by === undefined ? [] : [columnNamed(stage, step.by)]
  const orderBy = [
    // Blanks are behind every value in both directions.
    ...by.map((one) => ({ by: own(one), descending: isLast })),
    ...sourceOrder(stage, previous, isLast),
  ]
  const place: Expr = { kind: 'window', fn: 'rowNumber', args: [], partitionBy: keys, orderBy }
  const number = { ...newText(freshId(stage), ''), type: 'integer' as const }
  const counted = nextStage(stage, [...stage.columns.map(carried), { column: number, expr: place }])
  const allBlank = all(columnsNamed(stage, step.keys).map((one) => isNull(own(one))))
  const where = any([binary('=', column(previous, number.id), integer(1)), allBlank])
  return { stage: nextStage(counted, stage.columns.map(carried), { where }), changes: [] }
}

export function unpivot(step: StepOf<'unpivot'>, before: Stage): CompiledStep {
  const named = columnsNamed(before, step.fields)
  const stage = decoded(before, named)
  const fields = again(stage, named)
  const staying = stage.columns.filter((one) => !fields.includes(one))
  refuseTaken([step.nameInto, step.valueInto], staying)
  const name = newText(freshId(stage, 0), step.nameInto)
  const value: StageColumn = { ...commonShape(fields), id: freshId(stage, 1), name: step.valueInto }
  const each = (of: (one: StageColumn, place: number) => Expr): Expr =>
    prepare('each', fields.map(of))
  const cells: Cell[] = [
    ...staying.map(carried),
    { column: name, expr: each((one) => row('typedText', [param(one.name)])) },
    { column: value, expr: each((one) => asShape(one, value)) },
  ]
  const turned = nextStage(stage, cells, { ordinal: each((_, place) => integer(place)) })
  if (step.keepBlanks) return { stage: turned, changes: [] }
  const where = not(isNull(own(value)))
  return { stage: nextStage(turned, turned.columns.map(carried), { where }), changes: [] }
}

function asShape(from: StageColumn, to: StageColumn): Expr {
  if (to.type === 'text') return asText(own(from), from)
  return convert(own(from), from, to) ?? own(from)
}

/** What every value can be without loss; text where there is nothing nearer. */
function commonShape(fields: readonly StageColumn[]): Omit<StageColumn, 'id' | 'name'> {
  const types = new Set(fields.map(({ type }) => type))
  const scale = Math.max(...fields.map((one) => one.scale))
  const [only] = types
  const type = types.size === 1 && only !== undefined ? only : commonType([...types])
  const signs = new Set(fields.map(({ sign }) => sign))
  const [sign] = signs
  return {
    type,
    scale: type === 'decimal' ? scale : 0,
    wide: type === 'decimal' || (type === 'integer' && fields.some((one) => one.wide)),
    role: isNumeric(type) ? 'measure' : 'dimension',
    ...personalOf(fields),
    ...(signs.size === 1 && isNumeric(type) ? { sign } : {}),
  }
}

function commonType(types: readonly FieldType[]): FieldType {
  if (types.every(isNumeric)) return types.includes('double') ? 'double' : 'decimal'
  return types.every(isTemporal) ? 'timestamp' : 'text'
}
