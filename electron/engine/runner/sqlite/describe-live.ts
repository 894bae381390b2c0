/** Looks at every row of a live table once: what a live dataset knows of its columns. Runs in a job process. */
import type Database from 'better-sqlite3'
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { mainDateField } from '../../../../shared/data/main-date.ts'
import { tagFields } from '../../sources/typing/tag-fields.ts'
import { refusal } from '../../sources/source-limits.ts'
import type { ImportStep } from '../import/import-order.ts'
import { fileStamp } from './file-stamp.ts'
import type { LiveCell, LiveField } from './live-column.ts'
import { LiveColumn } from './live-column.ts'
import { explainReading } from './sqlite-errors.ts'
import type { SqlParameter } from '../../../../shared/data/sql-words.ts'
import { sqlite } from '../../sql/dialects/sqlite.ts'
import type { SqlValue } from '../../sql/nodes.ts'
import { printWritten } from '../../sql/printer.ts'
import { answerNames } from '../../sql/user/answer-names.ts'
import { readStatement } from '../../sql/user/statement.ts'
import { explainedInFile } from '../user-sql/explained-in-file.ts'
import { readingOnly } from './statement-check.ts'
import type { SqliteTable } from './sqlite-tables.ts'
import { quoteName, tablesOf } from './sqlite-tables.ts'
import { openUntouched } from './untouched-file.ts'

export interface DescribeOrder {
  readonly path: string
  readonly table: string
  /** Instead of a table: a statement of the user's. */
  readonly sql?: { readonly text: string; readonly parameters: readonly SqlParameter[] }
  readonly tempFolder: string
}

export interface DescribeOutcome {
  readonly rows: number
  readonly fields: readonly LiveField[]
  /** Columns without a value: their type says nothing. */
  readonly empty: readonly string[]
  readonly warnings: readonly DatasetWarning[]
  readonly lastDay: string | null
  /** State of the file this is true of, or of an earlier one. */
  readonly stamp: string
}

const progressEvery = 4096
const longestName = 200

/** Rejects with AppErrorException: `dataset/notFound` when there is no such table, else what is wrong with the file. */
export async function describeLive(
  { path, table, sql, tempFolder }: DescribeOrder,
  onStep: (step: ImportStep) => void,
): Promise<DescribeOutcome> {
  const stamp = await fileStamp(path)
  const file = await openUntouched(path, tempFolder)
  try {
    const found = sql === undefined ? rowsOf(file.database, table) : answerOf(file.database, sql)
    const columns = found.names.map((name) => new LiveColumn(name))
    const rows = columns.length === 0 ? 0 : readAll(found, columns, onStep)
    const fields = tagFields(
      columns.map((column) => column.field()),
      rows,
      (index) => columns[index]?.firstTexts ?? [],
    )
    return {
      rows,
      fields,
      empty: columns.filter((column) => !column.hasValues).map(({ name }) => name),
      warnings: columns.flatMap((column) => column.warnings()),
      lastDay: mainDateField(fields)?.max?.slice(0, 10) ?? null,
      stamp,
    }
  } catch (error) {
    throw explainReading(error)
  } finally {
    await file.close()
  }
}

interface Found {
  readonly names: readonly string[]
  readonly cells: Iterable<LiveCell[]>
  /** 0 where nobody knows. */
  readonly expected: number
}

function rowsOf(database: Database.Database, name: string): Found {
  const table = tablesOf(database).find((one) => one.name === name)
  if (!table) throw refusal('dataset/notFound', { table: name })
  const names = table.columns.filter((one) => one !== '' && one.length <= longestName)
  const list = names.map(quoteName).join(', ')
  const cells = names.length === 0 ? [] : iterated(database, `select ${list} from ${quoteName(name)}`, []) // prettier-ignore
  return { names, cells, expected: expectedRows(database, table) }
}

function answerOf(database: Database.Database, sql: NonNullable<DescribeOrder['sql']>): Found {
  const statement = readStatement(sql.text, sql.parameters, 'sqlite')
  const { text, values } = printWritten(statement.parts, sqlite)
  try {
    const asked = readingOnly(`select * from (\n${text}\n)`)
    const names = answerNames(database.prepare(asked).columns().map(({ name }) => name)) // prettier-ignore
    return { names, cells: iterated(database, asked, values), expected: 0 }
  } catch (error) {
    throw explainedInFile(error, statement)
  }
}

const iterated = (
  database: Database.Database,
  sql: string,
  values: readonly SqlValue[],
): Iterable<LiveCell[]> =>
  database
    .prepare<unknown[], LiveCell[]>(sql)
    .raw(true)
    .safeIntegers(true)
    .iterate(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)))

function readAll(
  { cells, expected }: Found,
  columns: readonly LiveColumn[],
  onStep: (step: ImportStep) => void,
): number {
  let rows = 0
  for (const row of cells) {
    rows++
    for (let at = 0; at < columns.length; at++) columns[at]?.add(row[at] ?? null)
    if (rows % progressEvery === 0) {
      const fraction = expected > 0 ? { fraction: Math.min(1, rows / expected) } : {}
      onStep({ phase: 'reading', rows, ...fraction })
    }
  }
  return rows
}

/** The highest row number is found at once; a view has none, and counting it would be reading it twice. */
function expectedRows(database: Database.Database, { name, view }: SqliteTable): number {
  if (view) return 0
  try {
    const sql = `select max(_rowid_) as last from ${quoteName(name)}`
    return database.prepare<[], { last: number | null }>(sql).get()?.last ?? 0
  } catch {
    // A table without row numbers.
    return 0
  }
}
