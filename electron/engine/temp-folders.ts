/** Folders among the system's temporary ones that belong to one of our processes and go with it, however it ended. */
import { mkdtempSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isMarkOfDead, markPattern, ownMark } from './process-mark.ts'

const named = new RegExp(`^storeboard-(${markPattern})-[^-]+$`)

/** A new folder only the user can look into; whoever makes it removes it. */
export function makeTempFolder(base: string): string {
  return mkdtempSync(join(base, `storeboard-${ownMark}-`))
}

/** Removes those of processes that were killed before they could. */
export async function removeDeadFolders(base: string): Promise<void> {
  for (const name of await readdir(base).catch(() => [])) {
    const owner = named.exec(name)?.[1]
    if (owner === undefined || !isMarkOfDead(owner)) continue
    // Another user's, or still open in an orphan (Windows): the next start tries again.
    await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined)
  }
}
