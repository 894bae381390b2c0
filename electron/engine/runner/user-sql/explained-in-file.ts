import { SqlRefused } from '../../sql/user/refused.ts'
import type { UserStatement } from '../../sql/user/statement.ts'
import { failedSql, tokenPlace } from '../../sql/user/trouble.ts'
import { explainFault } from '../sqlite/sqlite-errors.ts'
import { NotAllowed } from '../sqlite/statement-check.ts'

/** What went wrong with a statement over a SQLite file: the file's trouble, or the statement's with its place. */
export function explainedInFile(error: unknown, statement: UserStatement): unknown {
  if (error instanceof NotAllowed) {
    return new SqlRefused('notAllowed', tokenPlace(error.near, statement), error.near)
  }
  const known = explainFault(error)
  if (known instanceof Error && 'appError' in known) return known
  return failedSql({ message: error instanceof Error ? error.message : String(error) }, statement)
}
