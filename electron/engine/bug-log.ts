import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { maskText } from '../../shared/data/personal.ts'

export interface BugLog {
  /** Writes the stack to the log and returns the id the user is shown. Never throws. */
  note(error: unknown, where: string): string
}

const largestBytes = 2 << 20

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > largestBytes) renameSync(file, `${file}.1`)
}

/** Stacks go here and never to the page: they may hold the user's values, of which personal numbers are masked. */
export function createBugLog(file: string, now: () => Date): BugLog {
  return {
    note(error, where) {
      const id = `bug_${randomBytes(6).toString('hex')}`
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      try {
        mkdirSync(dirname(file), { recursive: true })
        rotate(file)
        appendFileSync(file, `${now().toISOString()} ${id} ${where}\n${maskText(text)}\n\n`)
      } catch {
        // A log that cannot be written must not turn one trouble into two.
      }
      return id
    },
  }
}
