/** The first rows of a statement of the user's over a SQLite file, in a job process that is ended to cancel it. */
import { sqlite } from '../../sql/dialects/sqlite.ts'
import { printWritten } from '../../sql/printer.ts'
import { answerNames } from '../../sql/user/answer-names.ts'
import { readStatement } from '../../sql/user/statement.ts'
import type { SqlPreview } from '../../../../shared/data/sql-words.ts'
import type { LiveCell } from '../sqlite/live-column.ts'
import { LiveColumn } from '../sqlite/live-column.ts'
import { explainedInFile } from './explained-in-file.ts'
import { readingOnly } from '../sqlite/statement-check.ts'
import { openUntouched } from '../sqlite/untouched-file.ts'
import type { FileSqlOrder } from './written-order.ts'

const lookedAt = 100

/** Rejects with AppErrorException: what is wrong with the statement or with the file. */
export async function lookIntoFile(order: FileSqlOrder): Promise<SqlPreview> {
  const statement = readStatement(order.text, order.parameters, 'sqlite')
  const { text, values } = printWritten(statement.parts, sqlite)
  const file = await openUntouched(order.path, order.tempFolder)
  try {
    const asked = readingOnly(`select * from (\n${text}\n) limit ${lookedAt + 1}`)
    const prepared = file.database.prepare<unknown[], LiveCell[]>(asked)
    const names = answerNames(prepared.columns().map(({ name }) => name))
    const rows = prepared
      .raw(true)
      .safeIntegers(true)
      .all(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)))
    const columns = names.map((name) => new LiveColumn(name))
    for (const row of rows) columns.forEach((column, index) => column.add(row[index] ?? null))
    return {
      columns: columns.map((column) => ({ name: column.name, type: column.field().type })),
      rows: rows.slice(0, lookedAt).map((row) => row.map(shown)),
      more: rows.length > lookedAt,
    }
  } catch (error) {
    throw explainedInFile(error, statement)
  } finally {
    await file.close()
  }
}

function shown(cell: LiveCell | undefined): string | null {
  if (cell === null || cell === undefined) return null
  return (cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell)).slice(
    0,
    4000,
  )
}
