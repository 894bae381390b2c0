/** How rows of one live table find their partner in another: by the key itself, as the source of both compares it. */
import type { Expr, Join, Table } from '../sql/nodes.ts'
import { all, binary, cast, column, integer, select } from '../sql/nodes.ts'
import { filledOnly, metColumn, stored, tableOf } from './field-access.ts'
import type { QueryField, QueryRelation } from './query-catalog.ts'
import type { FieldAt, Source } from './resolve.ts'

export function liveJoin(
  source: Source,
  from: Source,
  relation: QueryRelation,
  keys: readonly QueryField[],
): Join {
  const pairs = relation.to.fields.flatMap((name, index) => {
    const [to, key] = [source.dataset.fields.find((field) => field.name === name), keys[index]]
    return to && key ? [{ to, key }] : []
  })
  const clickhouse = kindOf(source) === 'clickhouse'
  const tests = pairs.map(({ to, key }, index) => {
    const asText = kindOf(source) !== undefined && (to.type !== key.type || to.type === 'text')
    const one = clickhouse ? column(source.as, keyColumn(index)) : keyExpr(column(source.as, to.name), asText) // prettier-ignore
    return binary('=', one, filledKey({ ref: key.name, source: from, field: key }, asText))
  })
  const [only] = tests
  return {
    table: clickhouse ? marked(source, pairs.map(({ to, key }) => keyExpr(column('j', to.name), to.type !== key.type || to.type === 'text'))) : tableOf(source), // prettier-ignore
    as: source.as,
    on: tests.length === 1 && only ? only : all(tests),
  }
}

const keyColumn = (index: number): string => `~key${index}`

/** A code kept as a whole number meets the same code kept as a text; SQLite compares the two by itself. */
const keyExpr = (expr: Expr, asText: boolean): Expr => (asText ? cast(expr, 'text') : expr)

/** An empty key is no key, and is nobody's partner. */
function filledKey(at: FieldAt, asText: boolean): Expr {
  const key = keyExpr(stored(at), asText)
  return at.field.type === 'text' || asText ? filledOnly(key) : key
}

function kindOf({ dataset: { storage } }: Source) {
  return storage.kind === 'live' ? storage.server?.kind : undefined
}

/** Rows without a partner get noughts and empty texts there, so that those with one have to be told apart. */
function marked(source: Source, keys: readonly Expr[]): Table {
  return {
    kind: 'nested',
    select: select({
      columns: [
        ...source.dataset.fields.map(({ name }) => ({ expr: column('j', name), as: name })),
        { expr: integer(1), as: metColumn },
        ...keys.map((expr, index) => ({ expr, as: keyColumn(index) })),
      ],
      from: tableOf(source),
      as: 'j',
    }),
  }
}
