import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Flushes a finished file and the folder entry that names it. */
export async function flushFile(path: string): Promise<void> {
  await flush(path, 'r+')
  await flushFolder(dirname(path))
}

/** Folders cannot be flushed on Windows, where the entry is journalled with the file. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await flush(path, 'r')
}

async function flush(path: string, mode: 'r' | 'r+'): Promise<void> {
  const file = await open(path, mode)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
