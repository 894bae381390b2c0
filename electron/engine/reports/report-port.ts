/** The file steps a save rests on, behind a port so that tests can make each one fail. */
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { maxReportBytes } from '../../../shared/report/read-report.ts'

export interface ReportPort {
  /** Of a file too large to be a report, its beginning and more than a report may have. */
  read(path: string): Promise<Uint8Array>
  /** Writes a new file and flushes it to disk. */
  write(path: string, bytes: Uint8Array): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Flushes the names in a folder. */
  flushFolder(path: string): Promise<void>
  remove(path: string): Promise<void>
}

export const diskReports: ReportPort = {
  read: async (path) => {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      if (size <= maxReportBytes) return await file.readFile()
      // Whoever gets it sees that it is too large to be a report; a person may pick any file.
      const { buffer } = await file.read(Buffer.alloc(maxReportBytes + 1), 0)
      return buffer
    } finally {
      await file.close()
    }
  },
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
