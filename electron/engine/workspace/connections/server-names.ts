/** Tables and columns of a server by name, in one short question: for completion while a statement is written. */
import type { ServerNames } from '../../../../shared/data/connection.ts'
import type { Field } from '../../../../shared/data/field.ts'
import { typedAndTold } from '../../sources/typing/told-columns.ts'
import type { Known } from './describe-server.ts'
import { columnType } from './server-columns.ts'
import type { AskServer } from './server-facts.ts'
import { cellOf } from './server-facts.ts'

/** Enough for a list that is searched by its first letters. */
export const mostNames = 20_000

const postgresColumns = `select n.nspname as "schema", c.relname as "table", a.attname as "name",
    format_type(a.atttypid, a.atttypmod) as "type"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where c.relkind in ('r', 'v', 'm', 'f', 'p') and not coalesce(c.relispartition, false)
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
    and has_table_privilege(c.oid, 'select') and a.attnum > 0 and not a.attisdropped
  order by 1, 2, a.attnum limit ${mostNames + 1}`

/** The server gives columns in the order of their table. */
const clickhouseColumns = `select database as schema, table, name, type
  from system.columns where database = currentDatabase() and table not like '.%' limit ${mostNames + 1}`

export async function namesOf({ settings }: Known, ask: AskServer): Promise<ServerNames> {
  const found = await ask(settings.kind === 'postgres' ? postgresColumns : clickhouseColumns)
  const tables = new Map<string, ServerNames['tables'][number]>()
  for (let row = 0; row < Math.min(found.rows, mostNames); row++) {
    const [schema, name] = [cellOf(found, 'schema', row), cellOf(found, 'table', row)]
    const key = JSON.stringify([schema, name])
    const table = tables.get(key) ?? { schema, name, fields: [] }
    tables.set(key, table)
    const field = fieldOf(settings.kind, cellOf(found, 'name', row), cellOf(found, 'type', row))
    if (field) table.fields.push(field)
  }
  return { tables: [...tables.values()], cut: found.rows > mostNames }
}

/** Of a type no question can use it is told as a text: a statement may still make something of it. */
function fieldOf(kind: Known['settings']['kind'], name: string, type: string): Field | undefined {
  if (name === '' || name.length > 200) return undefined
  const declared = columnType(kind, { name, type }) ?? { type: 'text', scale: 0 }
  const { type: known, scale, role } = typedAndTold(name, declared)
  return { name, type: known, role, ...(known === 'decimal' ? { scale } : {}) }
}
