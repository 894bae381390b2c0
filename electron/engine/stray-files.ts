import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A younger one may belong to a write under way. */
const strayAfterMs = 10 * 60_000

/** A name of its own beside `target`, hidden, for writing a file whole before it takes the target's place. */
export function besideName(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.new`)
}

/** Removes what a process that was killed while writing `target` left beside it. */
export async function removeStrays(target: string, now = Date.now()): Promise<void> {
  const folder = dirname(target)
  const start = `.${basename(target)}.`
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    if (!name.startsWith(start) || !/^[0-9a-f]{12}\.new$/.test(name.slice(start.length))) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && now - found.mtimeMs > strayAfterMs) await rm(path, { force: true })
  }
}
