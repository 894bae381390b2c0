/** What processes below another hold, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs'

interface Proc {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

function processes(): Proc[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [, parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0', 1)[0] ?? ''
      return [{ pid: Number(name), parent: Number(parent), command }]
    } catch {
      // It ended while it was looked at.
      return []
    }
  })
}

/** KiB that a process and those below it hold, shared pages counted once among all who share them. */
export function treeKb(
  ancestor: number,
  counts: (command: string) => boolean = () => true,
): number {
  const all = processes()
  const own = new Set([ancestor])
  for (let before = -1; before !== own.size;) {
    before = own.size
    for (const { pid, parent } of all) if (own.has(parent)) own.add(pid)
  }
  return all
    .filter(({ pid, command }) => own.has(pid) && counts(command))
    .reduce((sum, { pid }) => sum + shareOf(pid), 0)
}

function shareOf(pid: number): number {
  try {
    const found = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
    return Number(found?.[1] ?? 0)
  } catch {
    return 0
  }
}
