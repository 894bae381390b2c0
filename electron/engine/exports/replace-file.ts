import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { fileFaultOf } from '../file-faults.ts'
import { besideName, removeStrays } from '../stray-files.ts'

/**
 * Makes a file under a name of its own beside `target` and puts it in place when it is whole: an export that is
 * cancelled or fails leaves what was there. Returns what `make` returned.
 */
export async function replaceFile<T>(
  target: string,
  make: (path: string) => Promise<T>,
): Promise<T> {
  const beside = besideName(target)
  await removeStrays(target)
  try {
    const made = await make(beside)
    await flush(beside)
    await rename(beside, target)
    return made
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    const fault = fileFaultOf(error)
    if (fault === undefined) throw error
    throw new AppErrorException(appError(fault, whatIsMissing(target), true))
  }
}

/** A file that is being made cannot be missing: its folder is. */
function whatIsMissing(target: string): { name: string; reason?: string } {
  const folder = dirname(target)
  return existsSync(folder)
    ? { name: basename(target) }
    : { name: basename(folder), reason: 'noFolder' }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
