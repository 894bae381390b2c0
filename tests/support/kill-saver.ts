import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Starts the saver, kills it `afterMs` after its first finished turn, and returns the last turn it said was finished. */
export async function killSaver(
  what: 'save' | 'recovery' | 'export',
  path: string,
  afterMs: number,
): Promise<number> {
  const entry = join(import.meta.dirname, 'saver-process.ts')
  const child = fork(entry, [what, path], { stdio: 'ignore', execArgv: [] })
  let finished = 0
  child.on('message', (message) => {
    if (typeof message === 'number') finished = message
  })
  await once(child, 'message')
  await wait(afterMs)
  child.kill('SIGKILL')
  await once(child, 'exit')
  // Messages sent before the end are still on their way.
  await wait(50)
  return finished
}

/** `count` moments within `spanMs`, spread by the golden ratio so that every phase is met. */
export function moments(count: number, spanMs: number): number[] {
  return Array.from({ length: count }, (_, turn) => Math.round(((turn * 0.618) % 1) * spanMs))
}
