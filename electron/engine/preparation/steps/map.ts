import type { StepOf } from '../../../../shared/preparation/recipe.ts'
import type { Expr } from '../../sql/nodes.ts'
import { all, any, binary, column, isNull, not, nothing, param, when } from '../../sql/nodes.ts'
import { prepare } from '../../sql/prepare-functions.ts'
import { row } from '../../sql/row-functions.ts'
import type { Cell, Stage } from '../stage.ts'
import { carried, decoded, freshId, nextStage, own } from '../stage.ts'
import type { CompiledStep } from '../step-context.ts'
import { columnNamed, newText, personalOf, refuseTaken, refuseTypes } from '../step-context.ts'
import { asText, literalOf } from '../typed-values.ts'

const text = (value: string | null): Expr =>
  row('typedText', [value === null ? nothing : param(value)])
const day = (value: string | undefined): Expr =>
  literalOf(value ?? null, { type: 'date', scale: 0 }) ?? row('day', [nothing])

/** The dictionary is a table of its own beside the rows: at most one entry holds for a row. */
export function map(step: StepOf<'map'>, before: Stage): CompiledStep {
  const stage = decoded(before, [columnNamed(before, step.field)])
  const field = columnNamed(stage, step.field)
  const value = asText(own(field), field)
  const entry = (name: string): Expr => column('e', name)
  const isListed = not(isNull(entry('found')))
  const otherwise = step.otherwise === 'keep' ? value : text(null)
  const mapped = prepare('filled', [when(isListed, entry('to'), otherwise)])
  const join = {
    table: {
      kind: 'values' as const,
      columns: ['found', 'to', 'first', 'last'],
      rows: step.entries.map(({ from, to, validFrom, validTo }) => [
        ...[text(from), text(to)],
        ...[day(validFrom), day(validTo)],
      ]),
    },
    as: 'e',
    on: all([binary('=', entry('found'), value), holds(step, stage)]),
  }
  const { into } = step
  const changesItself = into === undefined
  if (!changesItself) refuseTaken([into], stage.columns)
  const fresh = { ...newText(freshId(stage), into ?? field.name), ...personalOf([field]) }
  const cells = stage.columns.flatMap((one): Cell[] => {
    if (one !== field) return [carried(one)]
    if (!changesItself) return [carried(one), { column: fresh, expr: mapped }]
    const { id, role, meaning } = field
    return [
      {
        column: { ...fresh, id, meaning, role: role === 'measure' ? 'dimension' : role },
        expr: mapped,
      },
    ]
  })
  return {
    stage: nextStage(stage, cells, { joins: [join] }),
    changes: [{ before: changesItself ? value : null, after: mapped }],
  }
}

/** Open ends hold always; a row without a date meets only entries that are open at both. */
function holds({ dateField }: StepOf<'map'>, stage: Stage): Expr {
  if (dateField === undefined) return all([])
  const date = columnNamed(stage, dateField)
  refuseTypes([date], ({ type }) => type === 'date' || type === 'timestamp')
  const at = row('day', [own(date)])
  const bound = (name: 'first' | 'last', op: '<=' | '>='): Expr =>
    any([isNull(column('e', name)), row('isTrue', [binary(op, column('e', name), at)])])
  return all([bound('first', '<='), bound('last', '>=')])
}
