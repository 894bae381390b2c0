/** What a live dataset over a server's table knows: declared types, and a little the server counts in one pass. */
import { isoDay } from '../../../../shared/data/calendar-day.ts'
import type { ServerTable } from '../../../../shared/data/connection.ts'
import { isTemporal } from '../../../../shared/data/field.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { tellsWhen } from '../../../../shared/data/main-date.ts'
import { tagFields } from '../../sources/typing/tag-fields.ts'
import { serverDialect } from '../../sql/dialects/server-dialect.ts'
import { call, column, select } from '../../sql/nodes.ts'
import type { Expr, Table } from '../../sql/nodes.ts'
import { print } from '../../sql/printer.ts'
import type { StoredField } from '../store/catalogue.ts'
import type { StoredConnection } from '../store/connections.ts'
import type { ServerColumn } from './server-columns.ts'
import { columnType } from './server-columns.ts'
import { mostPlaces, typedAndTold } from '../../sources/typing/told-columns.ts'
import type { AskServer } from './server-facts.ts'
import { cellOf } from './server-facts.ts'

export interface Place {
  readonly schema: string
  readonly table: string
}

export interface DescribedTable {
  readonly rows: number
  readonly fields: readonly StoredField[]
  readonly lastDay: string | null
}

export type Known = Pick<StoredConnection, 'settings' | 'facts'>

const postgresTables = `select n.nspname as "schema", c.relname as "name",
    case when c.relkind in ('v', 'm') then 1 else 0 end as "view"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm', 'f', 'p') and not coalesce(c.relispartition, false)
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
    and has_table_privilege(c.oid, 'select')
  order by 1, 2 limit 5000`

/** Of the connection's own database: others are other connections. */
const clickhouseTables = `select database as schema, name, engine like '%View' as view
  from system.tables where database = currentDatabase() and name not like '.%' order by name limit 5000`

export async function tablesOf({ settings }: Known, ask: AskServer): Promise<ServerTable[]> {
  const found = await ask(settings.kind === 'postgres' ? postgresTables : clickhouseTables)
  return Array.from({ length: found.rows }, (_, row) => ({
    schema: cellOf(found, 'schema', row),
    name: cellOf(found, 'name', row),
    view: cellOf(found, 'view', row) === '1',
  }))
}

/** Values are bound where the server knows them; else the dialect's one printer of literals writes them. */
async function columnsOf(known: Known, place: Place, ask: AskServer): Promise<ServerColumn[]> {
  const dialect = dialectOf(known)
  const values = [place.schema, place.table]
  const [schema = '', table = ''] = values.map(
    (value, index) => dialect.literal?.(value) ?? dialect.placeholder(index + 1, value),
  )
  const text =
    known.settings.kind === 'postgres'
      ? `select a.attname as "name", format_type(a.atttypid, a.atttypmod) as "type"
           from pg_attribute a join pg_class c on c.oid = a.attrelid
             join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = ${schema} and c.relname = ${table} and a.attnum > 0 and not a.attisdropped
           order by a.attnum`
      : `select name, type from system.columns where database = ${schema} and table = ${table}`
  const found = await ask(text, dialect.literal ? [] : values)
  return Array.from({ length: found.rows }, (_, row) => ({
    name: cellOf(found, 'name', row),
    type: cellOf(found, 'type', row),
  }))
}

export const dialectOf = ({ settings, facts }: Known) =>
  serverDialect({ kind: settings.kind, features: facts.features })

type Field = StoredField & { readonly open?: true }

function fieldOf(known: Known, column: ServerColumn): Field[] {
  const declared = columnType(known.settings.kind, column)
  if (declared === undefined || column.name === '' || column.name.length > 200) return []
  const told = typedAndTold(column.name, declared)
  return [
    {
      ...{ name: column.name, ...told, coded: false, wide: told.type === 'integer' },
      ...{ distinct: -1, blanks: 0, min: null, max: null },
      ...(declared.open ? { open: true as const } : {}),
    },
  ]
}

/** Rejects with AppErrorException: `dataset/notFound` where there is no such table, else what the server says. */
export async function describeServerTable(
  known: Known,
  place: Place,
  ask: AskServer,
): Promise<DescribedTable> {
  const columns = await columnsOf(known, place, ask)
  const described = await describeRows(known, tableAt(place), columns, ask)
  if (described) return described
  throw new AppErrorException(appError('dataset/notFound', { table: place.table }))
}

export const tableAt = ({ schema, table }: Place): Table => ({
  ...{ kind: 'stored', catalog: undefined, schema, name: table },
})

/** Undefined where no column has a type a question can use. */
export async function describeRows(
  known: Known,
  from: Table,
  columns: readonly ServerColumn[],
  ask: AskServer,
): Promise<DescribedTable | undefined> {
  const fields = columns.flatMap((column) => fieldOf(known, column))
  if (fields.length === 0) return undefined
  const placed = await withPlaces(known, fields, from, ask)
  const { firstDay, ...counted } = await countRows(known, from, placed, ask)
  const dated = placed.map((field) => (field === mainDate(placed) ? { ...field, min: firstDay } : field)) // prettier-ignore
  return { ...counted, fields: tagFields(dated, counted.rows, () => []) }
}

/** Decimals nobody declared the places of get as many as their values have. */
async function withPlaces(
  known: Known,
  fields: readonly Field[],
  from: Table,
  ask: AskServer,
): Promise<StoredField[]> {
  const open = fields.filter((field) => field.open)
  const places = new Map<string, number>()
  if (open.length > 0) {
    const columns = open.map(({ name }, index) => ({
      ...{ expr: call('max', call('placesOf', column('t', name))), as: `s${index}` },
    }))
    const found = await askOver(known, from, ask, columns)
    open.forEach(({ name }, index) => places.set(name, Number(cellOf(found, `s${index}`) || '0')))
  }
  return fields.map(({ open: isOpen, ...field }) => {
    if (!isOpen) return field
    const scale = places.get(field.name) ?? 0
    if (scale > mostPlaces) return { ...field, type: 'double', scale: 0 }
    return scale === 0 ? { ...field, type: 'integer', scale } : { ...field, scale }
  })
}

async function countRows(
  known: Known,
  from: Table,
  fields: readonly StoredField[],
  ask: AskServer,
): Promise<Pick<DescribedTable, 'rows' | 'lastDay'> & { readonly firstDay: string | null }> {
  const answer = await askOver(known, from, ask, [
    { expr: call('countAll'), as: 'n' },
    ...daysAt(fields, 'min', 'first'),
    ...daysAt(fields, 'max', 'last'),
  ])
  const [firstDay, lastDay] = [dayIn(cellOf(answer, 'first')), dayIn(cellOf(answer, 'last'))]
  return { rows: Number(cellOf(answer, 'n')), firstDay, lastDay }
}

/** The last day of the rows as they are now: relative dates count from it. */
export async function lastDayOf(
  known: Known,
  from: Table,
  fields: readonly StoredField[],
  ask: AskServer,
): Promise<string | null> {
  const columns = daysAt(fields, 'max', 'last')
  if (columns.length === 0) return null
  return dayIn(cellOf(await askOver(known, from, ask, columns), 'last'))
}

const dayIn = (cell: string): string | null => (cell === '' ? null : isoDay(Number(cell)))

function mainDate(fields: readonly StoredField[]): StoredField | undefined {
  const dated = fields.filter(({ type }) => isTemporal(type))
  return dated.find(({ name }) => tellsWhen(name)) ?? dated[0]
}

function daysAt(
  fields: readonly StoredField[],
  end: 'min' | 'max',
  as: string,
): { expr: Expr; as: string }[] {
  const main = mainDate(fields)
  return main ? [{ expr: call(end, call('epochDay', column('t', main.name))), as }] : []
}

function askOver(
  known: Known,
  from: Table,
  ask: AskServer,
  columns: readonly { readonly expr: Expr; readonly as: string }[],
) {
  const { text, values, written } = print(select({ columns, from, as: 't' }), dialectOf(known))
  return ask(text, values, written)
}
