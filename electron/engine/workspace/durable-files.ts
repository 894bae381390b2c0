/** The few file operations durability rests on, behind a port so that tests can make each one fail. */
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { flushFile } from '../flush-file.ts'

export interface FilePort {
  readonly makeFolder: (path: string) => Promise<void>
  /** Names in a folder; empty when it is not there. */
  readonly list: (path: string) => Promise<string[]>
  /** File or folder; nothing when it is not there. */
  readonly remove: (path: string) => Promise<void>
  readonly move: (from: string, to: string) => Promise<void>
  readonly copy: (from: string, to: string) => Promise<void>
  /** Flushes a finished file and the folder entry that names it. */
  readonly flush: (path: string) => Promise<void>
}

export const nodeFiles: FilePort = {
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true })
  },
  list: async (path) => {
    try {
      return await readdir(path)
    } catch {
      return []
    }
  },
  // An orphan's last file may appear in a folder while it is being emptied: then it is emptied again.
  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }),
  move: rename,
  copy: (from, to) => cp(from, to, { recursive: true, errorOnExist: true, force: false }),
  flush: flushFile,
}
