import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { fileFaultOf } from '../file-faults.ts'
import { flushFile, flushFolder } from '../flush-file.ts'
import { besideName, removeStrays } from '../stray-files.ts'

/** The file steps an export rests on, behind a port so that tests can make each one fail. */
export interface ReplacePort {
  /** Makes an empty file that was not there. */
  create(path: string): Promise<void>
  /** Flushes a finished file and the folder entry that names it. */
  flush(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  flushFolder(path: string): Promise<void>
}

const diskReplaces: ReplacePort = { create: createFile, flush: flushFile, rename, flushFolder }

/**
 * Makes a file under a name of its own beside `target` and puts it in place when it is whole: an export that is
 * cancelled or fails leaves what was there. `make` fills the empty file it is given and never creates one: a job process
 * that outlives a killed engine then finds nothing to fill, once the next export has cleared it away. Returns what `make`
 * returned.
 */
export async function replaceFile<T>(
  target: string,
  make: (path: string) => Promise<T>,
  port: ReplacePort = diskReplaces,
): Promise<T> {
  const beside = besideName(target)
  await removeStrays(target)
  try {
    await port.create(beside)
    const made = await make(beside)
    await port.flush(beside)
    await port.rename(beside, target)
    // The file is whole and in place; some network drives flush no folders.
    await port.flushFolder(dirname(target)).catch(() => undefined)
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

export async function createFile(path: string): Promise<void> {
  const file = await open(path, 'wx')
  await file.close()
}
