/**
 * Rows of a table a thousand at a time, as one run of JSON lines the database itself writes: a call and a string for each
 * cell is what reading it otherwise costs. SQLite writes whole numbers and shortest doubles that read back exactly.
 */
import type Database from 'better-sqlite3'
import { sqliteCode } from './sqlite-errors.ts'
import type { SqliteTable } from './sqlite-tables.ts'
import { quoteName } from './sqlite-tables.ts'

const batchRows = 1000
const rowIdNames = ['_rowid_', 'rowid', 'oid']

export interface RowBatch {
  /** UTF-8: one JSON array a line. */
  readonly lines: Buffer
  /** Share of the table's row ids that lie behind. */
  readonly fraction: number
}

/** What is left to be read row by row, in this order. */
export type LeftOver = { readonly sql: string; readonly values: readonly bigint[] } | undefined

interface Source {
  readonly database: Database.Database
  readonly name: string
  readonly columns: string
  readonly rowId: string
  /** What the row id is called beside the columns. */
  readonly alias: string
}

/** Gives batches, and ends with what they do not hold: all of a view, and everything from the first BLOB on. */
export function* bulkRows(
  database: Database.Database,
  table: SqliteTable,
): Generator<RowBatch, LeftOver> {
  const name = quoteName(table.name)
  const columns = table.columns.map(quoteName).join(', ')
  const rowId = rowIdNames.find(
    (one) => !table.columns.some((column) => column.toLowerCase() === one),
  )
  const all = { sql: `select ${columns} from ${name}`, values: [] }
  if (table.view || !table.typed || rowId === undefined) return all
  const source = { database, name, columns, rowId, alias: quoteName(unusedName(table.columns)) }
  const ends = endsOf(source)
  return ends === undefined ? all : yield* batches(source, ends)
}

function unusedName(columns: readonly string[]): string {
  const taken = new Set(columns.map((column) => column.toLowerCase()))
  let name = 'line'
  while (taken.has(name)) name += '_'
  return name
}

/** Undefined for a table without row ids, and for one without rows. */
function endsOf({ database, name, rowId }: Source): { low: bigint; high: bigint } | undefined {
  try {
    const [low = null, high = null] =
      database
        .prepare<[], [bigint | null, bigint | null]>(
          // Asked in one select without its own, each would be looked for in every row.
          `select (select min(${rowId}) from ${name}), (select max(${rowId}) from ${name})`,
        )
        .raw()
        .safeIntegers(true)
        .get() ?? []
    return low === null || high === null ? undefined : { low, high }
  } catch (error) {
    if (sqliteCode(error) === 'SQLITE_ERROR') return undefined
    throw error
  }
}

/** JSON has no word for BLOBs, and a run of lines may get longer than a text can be. */
const notInBulk = new Set(['SQLITE_ERROR', 'SQLITE_TOOBIG', 'SQLITE_NOMEM'])

function* batches(
  { database, name, columns, rowId, alias }: Source,
  { low, high }: { low: bigint; high: bigint },
): Generator<RowBatch, LeftOver> {
  const batch = database
    .prepare<[bigint], [bigint | null, Buffer]>(
      `select max(${alias}), cast(group_concat(json_array(${columns}), char(10)) as blob)
         from (select ${rowId} as ${alias}, ${columns} from ${name} where ${rowId} >= ? order by ${rowId} limit ${batchRows})`,
    )
    .raw()
    .safeIntegers(true)
  for (let next = low; next <= high;) {
    let found: [bigint | null, Buffer] | undefined
    try {
      found = batch.get(next)
    } catch (error) {
      if (!notInBulk.has(sqliteCode(error) ?? '')) throw error
      const sql = `select ${columns} from ${name} where ${rowId} >= ? order by ${rowId}`
      return { sql, values: [next] }
    }
    const [last = null, lines] = found ?? []
    if (last === null || lines === undefined) break
    yield { lines, fraction: Number(last - low + 1n) / Number(high - low + 1n) }
    next = last + 1n
  }
  return undefined
}
