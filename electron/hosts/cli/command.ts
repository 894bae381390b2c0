import type { Text } from '../../../shared/text/messages.ts'
import type { Language } from '../../../shared/text/language.ts'
import type { ProcessEntries } from '../loopback/child-process.ts'
import type { Terminal } from './terminal.ts'

/** Where the program and its parts lie; only the entry file knows. */
export interface ProgramFiles {
  readonly version: string
  readonly resources: string
  readonly pageFolder: string
  readonly entries: ProcessEntries
}

export interface CommandRun {
  /** What follows the command's name. */
  readonly args: readonly string[]
  readonly terminal: Terminal
  readonly signal: AbortSignal
  readonly program: ProgramFiles
  readonly locale: Language
  readonly text: Text
}

/** Throws UsageError or AppErrorException; anything else is a bug. */
export type Command = (run: CommandRun) => Promise<void>
