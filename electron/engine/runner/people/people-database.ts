/** A database of a job's own with the member lists attached: what reads them may write nowhere else. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { openForWriting } from '../duckdb/extract-writer.ts'
import { quoteText } from '../duckdb/locked-duckdb.ts'
import { TableAppender } from '../duckdb/table-appender.ts'
import type { PeopleSide } from './people-order.ts'
import { recordSelect, sideAlias } from './record-sql.ts'

interface Workshop {
  readonly sides: readonly PeopleSide[]
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

export class PeopleDatabase {
  readonly #close: () => void
  readonly #connection: DuckDBConnection

  private constructor(connection: DuckDBConnection, close: () => void) {
    this.#connection = connection
    this.#close = close
  }

  /** With the files of `targets` attached for writing, as `target0` and so on. */
  static async open(workshop: Workshop, targets: readonly string[] = []): Promise<PeopleDatabase> {
    const { instance, connection } = await openForWriting(':memory:', workshop)
    const database = new PeopleDatabase(connection, () => {
      connection.closeSync()
      instance.closeSync()
    })
    try {
      for (const [place, side] of workshop.sides.entries()) {
        await database.run(`attach ${quoteText(side.path)} as ${sideAlias(place)} (read_only)`)
      }
      for (const [place, path] of targets.entries()) {
        await database.run(`attach ${quoteText(path)} as target${place}`)
      }
      await database.run('set preserve_insertion_order = false')
    } catch (error) {
      database.close()
      throw error
    }
    return database
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql)
  }

  async rows(sql: string): Promise<unknown[][]> {
    return (await this.#connection.run(sql)).getRowsJson()
  }

  async one(sql: string): Promise<readonly number[]> {
    const [first = []] = await this.rows(sql)
    return first.map(Number)
  }

  /** A table of texts, filled from here. */
  async texts(name: string, columns: readonly (readonly string[])[]): Promise<void> {
    const shape = columns.map((_, place) => ({ name: `v${place}`, sqlType: 'VARCHAR' }))
    const table = await TableAppender.create(this.#connection, name, shape)
    const count = columns[0]?.length ?? 0
    if (count > 0) table.append(columns, count)
    table.close()
  }

  /** Table `raw`: every row of every list. Rows are numbered through. */
  async read(
    sides: readonly PeopleSide[],
    withShown: boolean,
    onRead: (rows: number) => void,
  ): Promise<number> {
    let first = 0
    for (const [place, side] of sides.entries()) {
      const select = recordSelect(side, place, first, withShown)
      await this.run(
        place === 0 ? `create temp table raw as ${select}` : `insert into raw ${select}`,
      )
      first += side.rows
      onRead(first)
    }
    return first
  }

  close(): void {
    this.#close()
  }
}
