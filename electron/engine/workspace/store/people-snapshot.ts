/** All that is known of a set of member lists, to be put back when what follows a search does not come to its end. */
import type Database from 'better-sqlite3'

type Row = Readonly<Record<string, unknown>>

export interface PeopleSnapshot {
  readonly set: string
  /** In the order in which rows may be put back. */
  readonly tables: readonly (readonly [table: string, rows: readonly Row[]])[]
}

const ownTables = ['people_account', 'people_step', 'people_pair'] as const

export function takeSnapshot(database: Database.Database, set: string): PeopleSnapshot {
  const rows = (sql: string, ...values: string[]): Row[] =>
    database.prepare<string[], Row>(sql).all(...values)
  return {
    set,
    tables: [
      ['people_set', rows('select * from people_set where id = ?', set)],
      ...ownTables.map(
        (table) => [table, rows(`select * from ${table} where people_set = ?`, set)] as const,
      ),
      // A search may take a list from another set.
      ['people_source', rows('select * from people_source')],
    ],
  }
}

export function restoreSnapshot(
  database: Database.Database,
  { set, tables }: PeopleSnapshot,
): void {
  database.transaction(() => {
    database.prepare('delete from people_set where id = ?').run(set)
    for (const [table, rows] of tables) {
      const [first] = rows
      if (first === undefined) continue
      const names = Object.keys(first)
      const put = database.prepare(
        `insert or replace into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      )
      for (const row of rows) put.run(...names.map((name) => row[name]))
    }
  })()
}
