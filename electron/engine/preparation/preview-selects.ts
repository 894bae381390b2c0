/** Statements of a preview: a page of the rows at a stage, and what a step did to all rows. */
import type { Expr, Select } from '../sql/nodes.ts'
import {
  any,
  binary,
  call,
  cast,
  column,
  integer,
  isNull,
  not,
  select,
  when,
} from '../sql/nodes.ts'
import { row } from '../sql/row-functions.ts'
import { rowIdColumn, sourceIdColumn, sourceRowColumn } from '../extracts/extract-columns.ts'
import type { Stage, StageColumn } from './stage.ts'
import { carried, decoded, nextStage, own, previous, sourceOrder } from './stage.ts'
import type { Change, CompiledStep } from './step-context.ts'

/** Rows from `offset` on in the order of the sources; column `f<i>` holds field i as `shownColumn` reads it. */
export function pageSelect(stage: Stage, offset: number, limit: number): Select {
  const orderBy = sourceOrder(stage, previous)
  const page = nextStage(stage, stage.columns.map(carried), { orderBy, limit, offset })
  const shown = decoded(page, page.columns)
  return select({
    with: shown.selects,
    columns: [
      { expr: column(previous, rowIdColumn), as: 'id' },
      { expr: column(previous, sourceIdColumn), as: 'source' },
      { expr: column(previous, sourceRowColumn), as: 'line' },
      ...shown.columns.map((one, index) => ({ expr: outgoing(one), as: `f${index}` })),
    ],
    from: { kind: 'named', name: shown.name },
    as: previous,
    orderBy: sourceOrder(shown, previous),
  })
}

/** Days and seconds as numbers, decimals as they are. */
function outgoing(one: StageColumn): Expr {
  switch (one.type) {
    case 'date':
      return call('epochDay', own(one))
    case 'timestamp':
      return call('epochSecond', own(one))
    case 'boolean':
      return cast(own(one), 'integer')
    default:
      return own(one)
  }
}

export function sourcesSelect(catalog: string): Select {
  return select({
    columns: ['source_id', 'name', 'part'].map((name) => ({ expr: column('s', name), as: name })),
    from: { kind: 'stored', catalog, name: 'sources' },
    as: 's',
  })
}

/** One row: `n` rows after the step, and where it changes fields `changed` and `lost` rows. */
export function countSelect({ stage, changes }: CompiledStep): Select {
  const named = stage.selects.at(-1)
  if (changes.length === 0 || named === undefined) {
    const from = { kind: 'named', name: stage.name } as const
    return select({ with: stage.selects, columns: [rowCount], from, as: previous })
  }
  const both = select({
    columns: changes.flatMap(({ before, after }, index) => [
      ...(before === null ? [] : [{ expr: before, as: `b${index}` }]),
      { expr: after, as: `a${index}` },
    ]),
    from: named.select.from,
    as: named.select.as,
    joins: named.select.joins,
  })
  return select({
    with: [...stage.selects.slice(0, -1), { name: 'both', select: both, inline: true }],
    columns: [
      rowCount,
      { expr: rowsWhere(any(changes.map(isChanged))), as: 'changed' },
      { expr: rowsWhere(any(changes.map(isLost))), as: 'lost' },
    ],
    from: { kind: 'named', name: 'both' },
    as: 'b',
  })
}

const rowCount = { expr: cast(call('countAll'), 'double'), as: 'n' }
const rowsWhere = (condition: Expr): Expr =>
  cast(call('coalesce', call('sum', when(condition, integer(1), integer(0))), integer(0)), 'double')

function isChanged({ before, retyped }: Change, index: number): Expr {
  const after = column('b', `a${index}`)
  if (before === null || retyped === true) return not(isNull(after))
  return not(row('same', [column('b', `b${index}`), after]))
}

function isLost({ before, retyped }: Change, index: number): Expr {
  if (before === null || retyped !== true) return binary('=', integer(1), integer(0))
  const wasFilled = not(isNull(column('b', `b${index}`)))
  return row('isTrue', [{ kind: 'all', of: [wasFilled, isNull(column('b', `a${index}`))] }])
}
