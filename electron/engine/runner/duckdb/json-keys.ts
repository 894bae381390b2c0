/** JSON keys as they are written: a table knows no two columns that differ in the size of their letters alone. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { quoteIdentifier } from '../../sql/printer.ts'
import { quoteText } from './locked-duckdb.ts'

/** The engine numbers a column whose name another has already, and names one that has none; its values it then finds no more. */
export function mayBeRenamed(names: readonly string[]): boolean {
  const known = new Set(names.map((name) => name.toLowerCase()))
  return names.some((name) => known.has(baseOf(name).toLowerCase()) || /^C\d+$/.test(name))
}

/** Of a numbered name what stood there before; of any other nothing any column is called. */
const baseOf = (name: string): string => /^(.*)_\d+$/s.exec(name)?.[1] ?? '\0'

/** A select of the columns by their keys; undefined where every column is called as its key. */
export async function selectByKeys(
  connection: DuckDBConnection,
  objects: string,
  names: readonly string[],
): Promise<string | undefined> {
  const found = await connection.runAndReadAll(
    `select distinct unnest(json_keys(json)) as key from ${objects} order by key`,
  )
  const keys = found.getRowsJson().flatMap(([key]) => (typeof key === 'string' ? [key] : []))
  const plain = new Set(names.filter((name) => keys.includes(name)))
  if (plain.size === names.length) return undefined
  const left = keys.filter((key) => !plain.has(key))
  const columns = names.map((name) => {
    const key = plain.has(name) ? name : takeKey(left, name)
    return `json_extract(json, ${quoteText(pointerTo(key))}) as ${quoteIdentifier(name)}`
  })
  return `(select ${columns.join(', ')} from ${objects})`
}

/** The key a renamed column was called by; without any letter it is called C and its place. */
function takeKey(left: string[], name: string): string {
  const key =
    left.find((one) => one === baseOf(name)) ??
    left.find((one) => one !== '' && name.startsWith(one)) ??
    left.find((one) => one === '')
  if (key === undefined) return name
  left.splice(left.indexOf(key), 1)
  return key
}

const pointerTo = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
