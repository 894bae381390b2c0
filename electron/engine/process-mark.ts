/** Names a process so that another one can tell later whether it is gone, also when its number was given out again. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Field 22 of the process's stat line: ticks from boot to its start. Null where the system does not tell. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** True only when no such process runs on this machine any more; `started` as `processStart` told it. */
export function hasEnded(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
  const now = processStart(pid)
  return now !== null && started !== null && started !== now
}

const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 6)

/** Of this process, for use in a file name: machine, number and start. */
export const ownMark = `${machine}-${process.pid}-${processStart(process.pid) ?? ''}`

/** What a mark looks like in a file name. */
export const markPattern = '[0-9a-f]{6}-[0-9]+-[0-9]*'

/** True when the marked process ran on this machine and is provably gone. */
export function isMarkOfDead(mark: string): boolean {
  const [where, pid = '', started = ''] = mark.split('-')
  return where === machine && hasEnded(Number(pid), started === '' ? null : started)
}
