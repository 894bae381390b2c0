/** Keys of one field or several in SQL over attached extracts: compared as text trimmed of white-space. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { columnName, dictionaryTable } from '../../extracts/extract-columns.ts'
import { trimmedKey } from '../../sql/dialects/duckdb-prepare.ts'

interface KeyPart {
  readonly column: string
  /** The dictionary table when this part is coded text. */
  readonly dictionary: string | undefined
}

export interface Key {
  readonly alias: string
  readonly parts: readonly KeyPart[]
}

export async function keyOf(
  connection: DuckDBConnection,
  alias: string,
  fields: readonly number[],
): Promise<Key> {
  const parts: KeyPart[] = []
  for (const field of fields) {
    const [row] = await rowsOf(connection, `select coded from ${alias}.fields where i = ${field}`)
    if (row === undefined) throw new Error(`field ${field} is not in the extract`)
    const dictionary = row[0] === true ? `${alias}.${dictionaryTable(field)}` : undefined
    parts.push({ column: columnName(field), dictionary })
  }
  return { alias, parts }
}

/** The text of a part, whose dictionary stands under `d<index>`. */
export const textOf = ({ column, dictionary }: KeyPart, index: number): string =>
  trimmedKey(dictionary === undefined ? `r.${column}::varchar` : `d${index}.value`)

/** Rows with every part of their key, beside the dictionaries of its parts. */
export function keyedRows({ alias, parts }: Key, rows = `${alias}.rows`): string {
  const joins = parts.map(({ column, dictionary }, index) =>
    dictionary === undefined ? '' : ` join ${dictionary} d${index} on d${index}.code = r.${column}`,
  )
  const filled = parts.map(({ column }) => `r.${column} is not null`).join(' and ')
  return `${rows} r${joins.join('')} where ${filled}`
}

/** A key as people read it. */
export function shownText({ parts }: Key, text: (index: number) => string): string {
  return parts.map((_part, index) => text(index)).join(` || ' · ' || `)
}

export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<unknown[][]> {
  return (await connection.run(sql)).getRowsJson()
}
