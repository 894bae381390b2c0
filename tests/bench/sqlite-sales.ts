/** The same lines in SQLite without indexes: texts, dates as texts, amounts as doubles. */
import type { DuckDBConnection } from '@duckdb/node-api'
import Database from 'better-sqlite3'
import { salesColumns } from './sales-lines.ts'

export interface SqliteSales {
  /** The rows of the first statement; all are run. */
  ask(statements: readonly string[]): unknown[][]
  close(): void
}

export async function openSqliteSales(path: string, from: DuckDBConnection): Promise<SqliteSales> {
  const lite = new Database(path)
  lite.exec(`create table sales (${salesColumns.join(', ')})`)
  const places = salesColumns.map(() => '?').join(', ')
  const insert = lite.prepare(`insert into sales values (${places})`)
  const all = await from.stream(
    `select * replace (strftime(sold_at, '%Y-%m-%d %H:%M:%S') as sold_at, amount::double as amount, quantity::double as quantity) from sales`,
  )
  lite.exec('begin')
  for (
    let chunk = await all.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await all.fetchChunk()
  ) {
    for (const row of chunk.getRows()) insert.run(row)
  }
  lite.exec('commit')
  return {
    ask(statements) {
      // better-sqlite3 answers rows as arrays when asked raw.
      const answers = statements.map((sql) => lite.prepare(sql).raw().all() as unknown[][])
      return answers[0] ?? []
    },
    close: () => void lite.close(),
  }
}
