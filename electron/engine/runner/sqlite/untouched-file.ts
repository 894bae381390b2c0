/** Reads a SQLite file of the user's without leaving a trace: no byte, no time and no name in its folder changes. */
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { writingStamp } from './file-stamp.ts'
import { privateCopy, removeCopy } from './private-copy.ts'
import { explainFault, sqliteCode } from './sqlite-errors.ts'

export interface UntouchedFile {
  readonly database: Database.Database
  /** State of the file this connection reads. */
  readonly stamp: string
  close(): Promise<void>
}

const heapBytes = 512 * 1024 * 1024

/**
 * A file with a rollback journal is read in place: its locks are the system's and leave no mark. SQLite makes files
 * beside one in WAL mode, and a crashed writer's journal has to be rolled back: both are read from a private copy.
 */
export async function openUntouched(path: string, tempFolder: string): Promise<UntouchedFile> {
  const stamp = await writingStamp(path)
  const inPlace = (await writesBeside(path)) ? undefined : openInPlace(path)
  if (inPlace)
    return { database: inPlace, stamp, close: () => Promise.resolve(void inPlace.close()) }
  const copy = await privateCopy(path, tempFolder)
  try {
    const database = hardened(new Database(copy, { fileMustExist: true }))
    return {
      database,
      stamp,
      async close() {
        database.close()
        await removeCopy(copy)
      },
    }
  } catch (error) {
    await removeCopy(copy)
    throw explainFault(error)
  }
}

/** Bytes 18 and 19 of the header say whether writing and reading need a -wal; a journal in use begins with its mark. */
async function writesBeside(path: string): Promise<boolean> {
  if (existsSync(`${path}-wal`)) return true
  if (existsSync(`${path}-journal`) && (await bytesOf(`${path}-journal`, 0, 1))[0]) return true
  return (await bytesOf(path, 18, 2)).includes(2)
}

async function bytesOf(path: string, from: number, count: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, from)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Undefined when a writer crashed since the look: reading would have to write. */
function openInPlace(path: string): Database.Database | undefined {
  try {
    return hardened(new Database(path, { readonly: true, fileMustExist: true }))
  } catch (error) {
    if (existsSync(`${path}-journal`) && needsRollback(sqliteCode(error))) return undefined
    throw explainFault(error)
  }
}

const needsRollback = (code: string | undefined): boolean =>
  code !== undefined && /^SQLITE_(READONLY|CANTOPEN)/.test(code)

/** Nothing the schema says is trusted; the first read shows whether there is a database at all. */
function hardened(database: Database.Database): Database.Database {
  try {
    database.pragma('trusted_schema = off')
    database.pragma('cell_size_check = on')
    database.pragma('query_only = on')
    database.pragma(`hard_heap_limit = ${heapBytes}`)
    database.prepare('select count(*) from sqlite_schema').get()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
