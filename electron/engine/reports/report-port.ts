/** The file steps a save rests on, behind a port so that tests can make each one fail. */
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface ReportPort {
  read(path: string): Promise<Uint8Array>
  /** Writes a new file and flushes it to disk. */
  write(path: string, bytes: Uint8Array): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Flushes the names in a folder. */
  flushFolder(path: string): Promise<void>
  remove(path: string): Promise<void>
}

export const diskReports: ReportPort = {
  read: (path) => readFile(path),
  write: async (path, bytes) => {
    const file = await open(path, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  },
  rename,
  flushFolder: async (path) => {
    // Windows has no handle for a folder; its entries are journalled with the file.
    if (process.platform === 'win32') return
    const folder = await open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  },
  remove: (path) => rm(path, { force: true }),
}

export const folderOf = dirname
