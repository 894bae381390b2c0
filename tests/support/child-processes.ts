/** The query and job processes of a running host, as the system lists them (Linux only). */
import { readFileSync } from 'node:fs'

export interface ChildOf {
  readonly pid: number
  readonly command: string
}

export const listsChildren = process.platform === 'linux'

/** Children that run now, oldest first; those of a process that is gone are none. */
export function childrenOf(pid: number): ChildOf[] {
  return read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((word) => word.trim() !== '')
    .map((word) => ({
      pid: Number(word),
      command: read(`/proc/${word}/cmdline`).replaceAll('\0', ' '),
    }))
    .filter(({ command }) => command !== '')
}

export const isJob = ({ command }: ChildOf): boolean => /\bjob(-process)?\.[jt]s/.test(command)
export const isQuery = ({ command }: ChildOf): boolean => /\bquery(-process)?\.[jt]s/.test(command)

/** Sends a signal to a process that may be gone by now. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself in between.
  }
}

export function isRunning(pid: number): boolean {
  const state = read(`/proc/${pid}/stat`)
  return state !== '' && !/\) [ZX] /.test(state)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
