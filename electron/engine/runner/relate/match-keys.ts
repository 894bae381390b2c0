/** Measures on all rows how well the keys of one dataset are found in another. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { openForWriting } from '../duckdb/extract-writer.ts'
import { trimmedKey } from '../../sql/dialects/duckdb-prepare.ts'
import { quoteText } from '../duckdb/locked-duckdb.ts'
import { keyedRows, keyOf, rowsOf, textOf } from './key-sql.ts'
import type { Matched, MatchOrder, MatchOutcome, MatchPair, MatchSide } from './match-order.ts'

export async function matchKeys(order: MatchOrder): Promise<MatchOutcome> {
  const { instance, connection } = await openForWriting(':memory:', {
    memoryLimitMb: order.memoryLimitMb,
    tempFolder: order.tempFolder,
    threads: 1,
  })
  try {
    for (const [index, path] of order.files.entries()) {
      await connection.run(`attach ${quoteText(path)} as d${index} (read_only)`)
    }
    const sides = new Sides(connection)
    const pairs: Matched[] = []
    for (const pair of order.pairs) pairs.push(await matched(connection, sides, pair))
    return { pairs }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

async function matched(
  connection: DuckDBConnection,
  sides: Sides,
  { from, to }: MatchPair,
): Promise<Matched> {
  const many = await sides.table(from, 'many')
  const one = await sides.table(to, 'one')
  const equal = from.fields.map((_field, index) => `o.key${index} = m.key${index}`).join(' and ')
  const [row] = await rowsOf(
    connection,
    `select (select count(*) from ${many}), (select count(*) from ${many} m where exists
     (select 1 from ${one} o where ${equal})), (select coalesce(max(n), 0) from ${one})`,
  )
  return { keys: Number(row?.[0]), met: Number(row?.[1]), unique: Number(row?.[2]) <= 1 }
}

/** The different keys of a side with their rows, grouped once however many pairs it is in. */
class Sides {
  readonly #connection: DuckDBConnection
  readonly #tables = new Set<string>()

  constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  async table(side: MatchSide, as: 'many' | 'one'): Promise<string> {
    const name = `${as}_${side.file}_${side.fields.join('_')}`
    if (this.#tables.has(name)) return name
    const key = await keyOf(this.#connection, `d${side.file}`, side.fields)
    const texts = key.parts.map((part, index) => `${textOf(part, index)} as key${index}`)
    const grouped = key.parts.map((_part, index) => `key${index}`).join(', ')
    const [only, second] = key.parts
    // The many side's rows need not be looked at where a dictionary has its values.
    const source =
      as === 'many' && second === undefined && only?.dictionary !== undefined
        ? `select ${trimmedKey('value')} as key0 from ${only.dictionary}`
        : `select ${texts.join(', ')} from ${keyedRows(key)}`
    await this.#connection.run(
      `create table ${name} as select ${grouped}, count(*) as n from (${source}) group by ${grouped}`,
    )
    this.#tables.add(name)
    return name
  }
}
