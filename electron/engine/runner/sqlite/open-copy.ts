import Database from 'better-sqlite3'

/** Opens a private copy of a stranger's file, to read only and with every optional power off. */
export function openCopy(path: string): Database.Database {
  const database = new Database(path, { fileMustExist: true })
  database.pragma('trusted_schema = off')
  database.pragma('cell_size_check = on')
  database.pragma('query_only = on')
  return database
}
