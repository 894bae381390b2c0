/** Which state of a SQLite file was read: changes whenever somebody writes, replaces or checkpoints it. */
import { stat } from 'node:fs/promises'

/** The file and its -wal. Rejects with the system's error when the file is gone. */
export async function fileStamp(path: string): Promise<string> {
  const [file, wal] = await Promise.all([stampOf(path), besideStamp(`${path}-wal`)])
  return `${file} ${wal}`
}

/** With the rollback journal, which a writer keeps only while it writes. */
export async function writingStamp(path: string): Promise<string> {
  return `${await fileStamp(path)} ${await besideStamp(`${path}-journal`)}`
}

async function stampOf(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true })
  return size === 0n ? '-' : `${ino}:${size}:${mtimeNs}`
}

/** An empty file says what a missing one says: nothing waits in it. */
async function besideStamp(path: string): Promise<string> {
  try {
    return await stampOf(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '-'
    throw error
  }
}
