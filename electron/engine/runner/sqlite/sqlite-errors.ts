/** What the driver's errors mean to the person whose file it is. */
import type { UnreadableReason } from '../../../../shared/data/unreadable-reason.ts'
import { refusal, unreadable } from '../../sources/source-limits.ts'

const broken = /^SQLITE_(NOTADB|CORRUPT|IOERR|FORMAT|CANTOPEN|PROTOCOL|READONLY)/

export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  return code.startsWith('SQLITE_') ? code : undefined
}

/** A plain SQL error while a table is read comes from a view that names what is no longer there. */
function reasonOf(code: string): UnreadableReason {
  if (code === 'SQLITE_NOTADB') return 'notADatabase'
  return code === 'SQLITE_ERROR' ? 'brokenView' : 'damaged'
}

/** A fault of the file rather than of the statement; anything else stays what it is. */
export function explainFault(error: unknown): unknown {
  const code = sqliteCode(error)
  if (code === undefined) return error
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return refusal('dataset/locked')
  return broken.test(code) ? unreadable(reasonOf(code), code) : error
}

/** Reading a whole table: whatever the driver says, the file could not be read. */
export function explainReading(error: unknown): unknown {
  const explained = explainFault(error)
  const code = sqliteCode(explained)
  return code === undefined ? explained : unreadable(reasonOf(code), code)
}
