import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isMarkOfDead, markPattern, ownMark } from './process-mark.ts'

/** Of a writer that may still live (another machine's, or one whose number was given out again), a younger one stays. */
const strayAfterMs = 10 * 60_000

const ending = new RegExp(`^(${markPattern})\\.[0-9a-f]{8}\\.new$`)

/** File systems take 255 bytes a name: a long one is cut where no file name of four-byte characters goes beyond. */
const start = (target: string): string => `.${Array.from(basename(target)).slice(0, 48).join('')}.`

/** A name of its own beside `target`, hidden, for writing a file whole before it takes the target's place. */
export function besideName(target: string): string {
  const name = `${start(target)}${ownMark}.${randomBytes(4).toString('hex')}.new`
  return join(dirname(target), name)
}

/** Removes what a process that was killed while writing `target` left beside it. */
export async function removeStrays(target: string, now = Date.now()): Promise<void> {
  const folder = dirname(target)
  const begin = start(target)
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const writer = name.startsWith(begin) ? ending.exec(name.slice(begin.length))?.[1] : undefined
    if (writer === undefined) continue
    const path = join(folder, name)
    if (isMarkOfDead(writer) || (await isOld(path, now))) {
      await rm(path, { force: true }).catch(() => undefined)
    }
  }
}

async function isOld(path: string, now: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && now - found.mtimeMs > strayAfterMs
}
