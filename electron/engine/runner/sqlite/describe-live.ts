/** Looks at every row of a live table once: what a live dataset knows of its columns. Runs in a job process. */
import type Database from 'better-sqlite3'
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { mainDateField } from '../../extracts/main-date.ts'
import { tagFields } from '../../sources/typing/tag-fields.ts'
import { refusal } from '../../sources/source-limits.ts'
import type { ImportStep } from '../import/import-order.ts'
import { fileStamp } from './file-stamp.ts'
import type { LiveCell, LiveField } from './live-column.ts'
import { LiveColumn } from './live-column.ts'
import { explainReading } from './sqlite-errors.ts'
import type { SqliteTable } from './sqlite-tables.ts'
import { quoteName, tablesOf } from './sqlite-tables.ts'
import { openUntouched } from './untouched-file.ts'

export interface DescribeOrder {
  readonly path: string
  readonly table: string
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
  { path, table, tempFolder }: DescribeOrder,
  onStep: (step: ImportStep) => void,
): Promise<DescribeOutcome> {
  const stamp = await fileStamp(path)
  const file = await openUntouched(path, tempFolder)
  try {
    const found = tablesOf(file.database).find(({ name }) => name === table)
    if (!found) throw refusal('dataset/notFound', { table })
    const names = found.columns.filter((name) => name !== '' && name.length <= longestName)
    const columns = names.map((name) => new LiveColumn(name))
    const rows = readAll(file.database, found, columns, onStep)
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

function readAll(
  database: Database.Database,
  table: SqliteTable,
  columns: readonly LiveColumn[],
  onStep: (step: ImportStep) => void,
): number {
  if (columns.length === 0) return 0
  const expected = expectedRows(database, table)
  const names = columns.map(({ name }) => quoteName(name)).join(', ')
  const cells = database
    .prepare<[], LiveCell[]>(`select ${names} from ${quoteName(table.name)}`)
    .raw(true)
    .safeIntegers(true)
    .iterate()
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
