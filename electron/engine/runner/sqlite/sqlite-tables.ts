/** Tables and views of a SQLite file that a person made. */
import type Database from 'better-sqlite3'

export interface SqliteTable {
  readonly name: string
  readonly view: boolean
  /** Empty for a view that no longer fits its tables. */
  readonly columns: readonly string[]
  /** Every column is declared as text or numbers, so that none is meant for BLOBs. */
  readonly typed: boolean
}

/** Without virtual and internal ones, and those a virtual table keeps its own matters in. */
export function tablesOf(database: Database.Database): SqliteTable[] {
  const listed = database
    .prepare<[], { name: string; type: string }>(
      `select name, type from sqlite_schema where type in ('table', 'view')
       and name not like 'sqlite\\_%' escape '\\'
       and (sql is null or lower(ltrim(sql)) not like 'create virtual%') order by name`,
    )
    .all()
  const shadows = shadowTables(database)
  const made = listed.filter(({ name }) => !shadows.has(name))
  return made.map(({ name, type }) => ({
    name,
    view: type === 'view',
    ...columnsOf(database, name),
  }))
}

function shadowTables(database: Database.Database): ReadonlySet<string> {
  try {
    const found = database
      .prepare<[], { name: string }>("select name from pragma_table_list where type = 'shadow'")
      .all()
    return new Set(found.map(({ name }) => name))
  } catch {
    // A damaged schema, whose sound tables can still be read.
    return new Set()
  }
}

const textOrNumbers = /int|char|clob|text|string|real|floa|doub|num|dec|money|bool|date|time/i
/** `bit` as well: exports write its values as BLOBs of one byte. */
const bytes = /blob|binary|bit/i

function columnsOf(
  database: Database.Database,
  table: string,
): Pick<SqliteTable, 'columns' | 'typed'> {
  try {
    const columns = database
      .prepare<[string], { name: string; type: string }>(
        'select name, type from pragma_table_xinfo(?) where hidden in (0, 2, 3)',
      )
      .all(table)
    const typed = columns.every(({ type }) => textOrNumbers.test(type) && !bytes.test(type))
    return { columns: columns.map(({ name }) => name), typed }
  } catch {
    // A view over something that is gone: its neighbours can still be read.
    return { columns: [], typed: false }
  }
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
