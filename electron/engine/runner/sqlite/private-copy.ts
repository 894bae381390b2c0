/** A copy of a SQLite file as one moment left it, with what waits beside it: rows in the -wal, a half-written journal. */
import { constants, copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { refusal } from '../../sources/source-limits.ts'
import { writingStamp } from './file-stamp.ts'

const attempts = 5
const pauseMs = 100
/** The -shm is an index over the -wal and is made anew. */
const copiedEnds = ['-journal', '-wal', '']

/**
 * Resolves with the copy's path in `tempFolder`, which must be private. A file that changes while it is copied is copied
 * again; one that never holds still is `dataset/locked`.
 */
export async function privateCopy(path: string, tempFolder: string): Promise<string> {
  const copy = join(tempFolder, `copy-${crypto.randomUUID()}.sqlite`)
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt))
      const before = await writingStamp(path)
      await removeCopy(copy)
      for (const end of copiedEnds) await copyPart(`${path}${end}`, `${copy}${end}`, end !== '')
      if ((await writingStamp(path)) === before) return copy
    }
  } catch (error) {
    await removeCopy(copy)
    throw error
  }
  await removeCopy(copy)
  throw refusal('dataset/locked')
}

/** Shares blocks with the original where the file system can. */
async function copyPart(from: string, to: string, mayBeMissing: boolean): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!missing || !mayBeMissing) throw error
  }
}

export async function removeCopy(path: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${path}${end}`, { force: true })
}
