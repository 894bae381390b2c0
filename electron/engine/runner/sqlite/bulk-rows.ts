/**
 * Rows of a table some thousand at a time, as one run of JSON lines the database itself writes: a call and a string for each
 * cell is what reading it otherwise costs. SQLite writes whole numbers and shortest doubles that read back exactly.
 */
import type Database from 'better-sqlite3'
import { endOfLines } from './json-rows.ts'
import { sqliteCode } from './sqlite-errors.ts'
import type { SqliteTable } from './sqlite-tables.ts'
import { quoteName } from './sqlite-tables.ts'

const mostRows = 8000
/** A run is one text in memory: of long rows it holds fewer, and it grows slowly, lest long ones follow short ones. */
const firstRows = 64
const aimedBytes = 4 * 1_048_576
const rowIdNames = ['_rowid_', 'rowid', 'oid']

export interface RowBatch {
  /** UTF-8: one JSON array a line, and what ends them. */
  readonly lines: Buffer
  /** Row ids in it are at least this. */
  readonly from: bigint
  readonly rows: number
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
  const rowId = rowIdOf(table)
  const all = { sql: `select ${columns} from ${name}`, values: [] }
  if (table.view || !table.typed || rowId === undefined || !inUtf8(database)) return all
  const source = { database, name, columns, rowId, alias: quoteName(unusedName(table.columns)) }
  const ends = endsOf(source)
  return ends === undefined ? all : yield* batches(source, ends)
}

const rowIdOf = ({ columns }: SqliteTable): string | undefined =>
  rowIdNames.find((one) => !columns.some((column) => column.toLowerCase() === one))

/**
 * Some BLOBs of one byte are the database's own binary JSON for null or an empty text, and come in batches as such: how many there
 * are in columns with blanks, among the rows before those left over. Comparing costs a fraction of what reading them one by one does.
 */
export function hiddenBytes(
  database: Database.Database,
  table: SqliteTable,
  blanks: readonly number[],
  left: LeftOver,
): Map<number, number> {
  const rowId = rowIdOf(table)
  const [end] = left?.values ?? []
  const names = blanks.map((column) => quoteName(table.columns[column] ?? ''))
  if (names.length === 0 || rowId === undefined) return new Map()
  // Every BLOB comes behind every text and number.
  const counts = names.map((name) => `count(*) filter (where ${name} >= x'')`)
  const before = end === undefined ? '' : ` where ${rowId} < ?`
  const found = database
    .prepare<bigint[], number[]>(
      `select ${counts.join(', ')} from ${quoteName(table.name)}${before}`,
    )
    .raw()
    .get(...(end === undefined ? [] : [end]))
  return new Map(
    blanks.flatMap((column, index) => {
      const count = found?.[index] ?? 0
      return count > 0 ? [[column, count] as const] : []
    }),
  )
}

/** A text as bytes is in the encoding of its database. */
function inUtf8(database: Database.Database): boolean {
  return database.pragma('encoding', { simple: true }) === 'UTF-8'
}

function unusedName(columns: readonly string[]): string {
  const taken = new Set(columns.map((column) => column.toLowerCase()))
  let name = 'line'
  while (taken.has(name)) name += '_'
  return name
}

interface Ends {
  readonly low: bigint
  readonly high: bigint
}

/** Undefined for a table without row ids, and for one without rows. */
function endsOf({ database, name, rowId }: Source): Ends | undefined {
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

/** JSON has no word for BLOBs, a run of lines may get longer than a text can be, and a call takes only so many columns. */
const notInBulk = new Set(['SQLITE_ERROR', 'SQLITE_TOOBIG', 'SQLITE_NOMEM'])

type Run = [last: bigint | null, lines: Buffer | null, rows: bigint]

function* batches(source: Source, { low, high }: Ends): Generator<RowBatch, LeftOver> {
  const ask = runsOf(source)
  let most = firstRows
  for (let next = low; next <= high;) {
    const found = ask?.(next, most)
    if (found === undefined) return leftFrom(source, next)
    const [last, lines, rows] = found
    if (last === null || lines === null) break
    yield {
      lines,
      from: next,
      rows: Number(rows),
      fraction: Number(last - low + 1n) / Number(high - low + 1n),
    }
    const fitting = Math.floor((aimedBytes * Number(rows)) / lines.length)
    most = Math.max(1, Math.min(mostRows, most * 2, fitting))
    next = last + 1n
  }
  return undefined
}

const leftFrom = (
  { columns, name, rowId }: Pick<Source, 'columns' | 'name' | 'rowId'>,
  id: bigint,
) => ({
  sql: `select ${columns} from ${name} where ${rowId} >= ? order by ${rowId}`,
  values: [id],
})

/** Everything from so many rows of a run on, for one that could not be read to its end. */
export function rowsBehind(
  database: Database.Database,
  table: SqliteTable,
  run: Pick<RowBatch, 'from' | 'rows'>,
  done: number,
): LeftOver {
  const rowId = rowIdOf(table) ?? ''
  const name = quoteName(table.name)
  const id = database
    .prepare<[bigint, number], bigint>(
      `select ${rowId} from ${name} where ${rowId} >= ? order by ${rowId} limit 1 offset ?`,
    )
    .pluck()
    .safeIntegers(true)
    .get(run.from, done)
  const columns = table.columns.map(quoteName).join(', ')
  return id === undefined ? undefined : leftFrom({ columns, name, rowId }, id)
}

/** Asks for so many rows from an id on; undefined where the database cannot write them as lines. */
function runsOf({ database, name, columns, rowId, alias }: Source) {
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      if (notInBulk.has(sqliteCode(error) ?? '')) return undefined
      throw error
    }
  }
  const statement = attempt(() =>
    database
      .prepare<[bigint, number], Run>(
        `select max(${alias}), cast(group_concat(json_array(${columns}), char(10)) || char(10) || '${endOfLines}' as blob), count(*)
           from (select ${rowId} as ${alias}, ${columns} from ${name} where ${rowId} >= ? order by ${rowId} limit ?)`,
      )
      .raw()
      .safeIntegers(true),
  )
  return statement && ((from: bigint, most: number) => attempt(() => statement.get(from, most)))
}
