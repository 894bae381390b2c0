/** SQLite files a live dataset may meet, and what their folder looks like before and after. */
import { copyFileSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export function makeFile(path: string, sql: string): string {
  const database = new Database(path)
  database.exec(sql)
  database.close()
  return path
}

/** Every name in the folder with its bytes and times. */
export function traces(folder: string): unknown {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name)
    const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true })
    const bytes = createHash('sha256').update(readFileSync(path)).digest('hex')
    return { name, size, mtimeNs, ctimeNs, ino, bytes }
  })
}

/** The file as a writer leaves it that dies in the middle of a transaction, its journal beside it. */
export function crashedFile(path: string, before: string, halfWritten: string): string {
  const written = `${path}.writing`
  const database = new Database(written)
  database.exec(before)
  // A small cache spills unfinished pages into the file, so that only the journal can undo them.
  database.exec(`pragma cache_size = 1; pragma cache_spill = 1; begin; ${halfWritten}`)
  for (const end of ['', '-journal', '-wal']) {
    if (existsSync(`${written}${end}`)) copyFileSync(`${written}${end}`, `${path}${end}`)
  }
  database.exec('rollback')
  database.close()
  return path
}
