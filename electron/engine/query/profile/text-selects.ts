import { dictionaryTable } from '../../extracts/extract-columns.ts'
import type { Expr, Select } from '../../sql/nodes.ts'
import { binary, call, cast, column, isNull, not, select } from '../../sql/nodes.ts'
import type { GroupKey } from '../field-access.ts'
import { groupKey, tableOf } from '../field-access.ts'
import type { FieldAt } from '../resolve.ts'

/** Values of a field with their rows, blanks apart; keys as stored. */
export function frequencySelect(at: FieldAt, { expr }: GroupKey): Select {
  return select({
    columns: [
      { expr, as: 'k' },
      // As a double: whole numbers of 64 bits are read one object at a time.
      { expr: cast(call('countAll'), 'double'), as: 'n' },
    ],
    from: tableOf(at.source),
    as: at.source.as,
    where: not(isNull(expr)),
    groupBy: [expr],
  })
}

const value = column('t', 'v')
const rows = column('t', 'n')

/** Texts with their rows: grouped as stored, then looked up once for each. */
function textsOf(at: FieldAt): NonNullable<Select['with']> {
  const group = groupKey(at, undefined)
  const grouped = { name: 'f', select: frequencySelect(at, group) }
  const from = { kind: 'named', name: 'f' } as const
  const counted = { expr: column('f', 'n'), as: 'n' }
  const { storage } = at.source.dataset
  if (group.key.kind !== 'code' || storage.kind !== 'extract') {
    const texts = select({ columns: [{ expr: column('f', 'k'), as: 'v' }, counted], from, as: 'f' })
    return [grouped, { name: 't', select: texts }]
  }
  const dictionary = {
    kind: 'stored',
    catalog: storage.alias,
    name: dictionaryTable(at.field.index),
  } as const
  const texts = select({
    columns: [{ expr: column('d', 'value'), as: 'v' }, counted],
    from,
    as: 'f',
    joins: [{ table: dictionary, as: 'd', on: binary('=', column('d', 'code'), column('f', 'k')) }],
  })
  return [grouped, { name: 't', select: texts }]
}

const fromTexts = { from: { kind: 'named', name: 't' } as const, as: 't' }
const length: Expr = call('textLength', value)

/** Different values, rows and lengths. */
export function measuresSelect(at: FieldAt): Select {
  return select({
    ...fromTexts,
    with: textsOf(at),
    columns: [
      { expr: call('countAll'), as: 'different' },
      { expr: call('sum', rows), as: 'n' },
      { expr: call('min', length), as: 'shortest' },
      { expr: call('max', length), as: 'longest' },
      { expr: call('sum', binary('*', length, rows)), as: 'letters' },
    ],
  })
}

/** The same from the rows themselves, for servers whose selects have no names. */
export function plainMeasures(at: FieldAt): Select {
  const { expr } = groupKey(at, undefined)
  const letters = call('textLength', expr)
  return select({
    columns: [
      { expr: call('countDistinct', expr), as: 'different' },
      { expr: call('count', expr), as: 'n' },
      { expr: call('min', letters), as: 'shortest' },
      { expr: call('max', letters), as: 'longest' },
      { expr: call('sum', letters), as: 'letters' },
    ],
    from: tableOf(at.source),
    as: at.source.as,
  })
}

export function topTextsSelect(at: FieldAt, limit: number): Select {
  return select({
    ...fromTexts,
    with: textsOf(at),
    columns: [
      { expr: value, as: 'v' },
      { expr: rows, as: 'n' },
    ],
    orderBy: [
      { by: rows, descending: true },
      { by: value, descending: false },
    ],
    limit,
  })
}

export function patternsSelect(at: FieldAt, limit: number): Select {
  const pattern = call('textPattern', value)
  return select({
    ...fromTexts,
    with: textsOf(at),
    columns: [
      { expr: pattern, as: 'p' },
      { expr: call('sum', rows), as: 'n' },
      { expr: call('min', value), as: 'v' },
    ],
    groupBy: [pattern],
    orderBy: [
      { by: call('sum', rows), descending: true },
      { by: pattern, descending: false },
    ],
    limit,
  })
}
