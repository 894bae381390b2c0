/** Statements people wrote: a dataset's rows are the answer of its statement. The same for all versions of the dataset. */
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { SqlParameter } from '../../../../shared/data/sql-words.ts'

/** Where it is asked: the file and the connection of a live dataset stand with the dataset itself. */
const StoredSql = z.strictObject({
  text: z.string(),
  parameters: z.array(SqlParameter),
  place: z.enum(['extracts', 'file', 'server']),
  /** Datasets it read when it last ran, by the names it calls them, and their versions then. */
  inputs: z.array(z.strictObject({ name: z.string(), dataset: z.string(), version: z.number() })),
})
export type StoredSql = z.infer<typeof StoredSql>

export class SqlDatasets {
  readonly #database: Database.Database
  /** Datasets are read at every question; a text never changes its meaning. */
  readonly #read = new Map<string, StoredSql>()

  constructor(database: Database.Database) {
    this.#database = database
  }

  of(dataset: string): { readonly sql?: StoredSql } {
    const row = this.#database
      .prepare<[string], { definition: string }>(
        'select definition from sql_dataset where dataset = ?',
      )
      .get(dataset)
    if (row === undefined) return {}
    const known = this.#read.get(row.definition)
    if (known) return { sql: known }
    const sql = StoredSql.parse(JSON.parse(row.definition))
    if (this.#read.size > 1000) this.#read.clear()
    this.#read.set(row.definition, sql)
    return { sql }
  }

  save({ id, sql }: { readonly id: string; readonly sql?: StoredSql }): void {
    if (!sql) return
    this.#database
      .prepare('insert or replace into sql_dataset (dataset, definition) values (?, ?)')
      .run(id, JSON.stringify(sql))
  }

  /** Rows that come another way make it an ordinary dataset. */
  forget(dataset: string): void {
    this.#database.prepare('delete from sql_dataset where dataset = ?').run(dataset)
  }
}
