/** Filter words of a recipe over the columns of a stage; the same words mean the same as in questions. */
import { isTemporal } from '../../../shared/data/field.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import type { Condition, RowFilter } from '../../../shared/preparation/recipe.ts'
import { filterExpr } from '../query/filter-sql.ts'
import type { FieldAt, Source } from '../query/resolve.ts'
import type { Expr } from '../sql/nodes.ts'
import { all, any, inList, isNull, not } from '../sql/nodes.ts'
import { row } from '../sql/row-functions.ts'
import type { Stage, StageColumn } from './stage.ts'
import { own, previous } from './stage.ts'
import { columnNamed, refuseTypes, StepFault } from './step-context.ts'
import { literalOf } from './typed-values.ts'

export const fieldsIn = ({ filters }: Condition): string[] => filters.map(({ field }) => field)

/** True or false for every row: what a filter says of a blank is no. */
export function conditionExpr(condition: Condition, stage: Stage): Expr {
  const parts = condition.filters.map((filter) =>
    row('isTrue', [oneFilter(filter, columnNamed(stage, filter.field))]),
  )
  return condition.match === 'all' ? all(parts) : any(parts)
}

function oneFilter(filter: RowFilter, column: StageColumn): Expr {
  if ('text' in filter) refuseTypes([column], ({ type }) => type === 'text')
  if ('grain' in filter && filter.grain !== undefined) {
    const { grain } = filter
    const hours = grain === 'hour' || grain === 'hourOfDay'
    refuseTypes([column], ({ type }) => (hours ? type === 'timestamp' : isTemporal(type)))
  } else if (filter.op === 'in' || filter.op === 'notIn') return listed(filter, column)
  try {
    return filterExpr({ at: fieldAt(column), filter }, { today: 0 })
  } catch (error) {
    if (!(error instanceof AppErrorException)) throw error
    throw new StepFault('valueUnsuitable', [column.name])
  }
}

/** Values no row can have are left out; blanks are listed as null. */
function listed(filter: Extract<RowFilter, { op: 'in' | 'notIn' }>, column: StageColumn): Expr {
  const values = filter.values
    .filter((value) => value !== null && value !== '')
    .flatMap((value) => literalOf(value, column) ?? [])
  const blank = filter.values.includes(null) ? [isNull(own(column))] : []
  const found = any([row('isTrue', [inList(own(column), values)]), ...blank])
  return filter.op === 'in' ? found : not(found)
}

/** A stage has its values in columns of their own type, as a live table has. */
function fieldAt({ id, name, type, role, scale, wide }: StageColumn): FieldAt {
  const source: Source = {
    as: previous,
    via: null,
    dataset: {
      ...{ id: '', name: '', version: 0, rows: 0, dataAsOf: '', lastDay: null, fields: [] },
      storage: { kind: 'live', path: '', table: '' },
    },
  }
  const field = { index: 0, name: id, type, role, scale, coded: false, wide, distinct: -1 }
  return { ref: name, source, field }
}
