/**
 * What a statement reads, by DuckDB's own reading of it: only tables that are offered, no function that makes tables out
 * of files or settings. Its parser lets SELECT through alone; this looks at what stands inside.
 */
import { SqlRefused } from '../../sql/user/refused.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Node = Readonly<Record<string, Json>>

export interface Alias {
  readonly name: string
  readonly of: readonly string[]
}

export interface SelectTree {
  /** Names of offered tables, in lower case. */
  readonly tables: ReadonlySet<string>
  /** A table that is none of those offered, nor made in the statement itself. */
  readonly unknown: { readonly name: string; readonly at: number } | undefined
  /** Every word in it, in lower case: a column that is none of them is not read. */
  readonly words: ReadonlySet<string>
  /** What a part of it is called, and the columns it is made of, in lower case. */
  readonly aliases: readonly Alias[]
  /** Columns are read without being named. */
  readonly readsAll: boolean
}

const madeUp = new Set(['range', 'generate_series', 'unnest'])
const tableKinds = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EMPTY', 'EXPRESSION_LIST', 'CTE', 'COLUMN_DATA']) // prettier-ignore
const refusedFunctions = /^(current_setting|getenv|getvariable|write_log|nextval|currval|sleep_ms|query|query_table|txid_current)$/ // prettier-ignore
const deepest = 2000

/** Throws SqlRefused with `at` as a place in bytes. */
export function readTree(statements: Json, offered: ReadonlySet<string>): SelectTree {
  const words = new Set<string>()
  const named = new Set<string>()
  const tables: { name: string; at: number }[] = []
  const state = { readsAll: false }
  const aliases: Alias[] = []
  // A table's name where a column's could stand is its whole row.
  const rows = new Set<string>()
  const alone = new Set<string>()

  const walk = (value: Json, depth: number): void => {
    if (depth > deepest) throw new SqlRefused('notReading')
    if (typeof value === 'string') words.add(value.toLowerCase())
    if (typeof value !== 'object' || value === null) return
    if (isList(value)) {
      for (const one of value) walk(one, depth + 1)
      return
    }
    look(value)
    for (const one of Object.values(value)) walk(one, depth + 1)
  }

  const look = (node: Node): void => {
    const { type, class: kind } = node
    if ('sample' in node && 'alias' in node && typeof type === 'string') lookAtTable(node, type)
    // A column by its place, as one by its table's, would be another one where those that are not named are left out.
    if (kind === 'STAR' || kind === 'POSITIONAL_REFERENCE' || node['ref_type'] === 'NATURAL')
      state.readsAll = true
    const { column_names: parts } = node
    if (kind === 'COLUMN_REF' && isList(parts) && parts.length === 1) alone.add(low(parts[0]))
    if (kind === 'FUNCTION' && refusedFunctions.test(text(node['function_name']))) {
      throw new SqlRefused('notAllowed', placeOf(node), text(node['function_name']))
    }
    const alias = typeof kind === 'string' ? text(node['alias']).toLowerCase() : ''
    if (alias !== '') aliases.push({ name: alias, of: columnsIn(node, 0) })
    const { key } = node
    if (typeof key === 'string' && 'value' in node) named.add(key.toLowerCase())
    if (typeof node['cte_name'] === 'string') named.add(node['cte_name'].toLowerCase())
  }

  const lookAtTable = (node: Node, type: string): void => {
    refuseMade(node, type)
    if (type !== 'BASE_TABLE') return
    const name = text(node['table_name'])
    const elsewhere = [node['schema_name'], node['catalog_name']].some((one) => text(one) !== '')
    if (elsewhere) throw new SqlRefused('notAllowed', placeOf(node), name)
    tables.push({ name, at: placeOf(node) ?? 0 })
    rows.add(low(node['alias']) || name.toLowerCase())
    const { column_name_alias: called } = node
    if (isList(called) && called.length > 0) state.readsAll = true
  }

  walk(statements, 0)
  const isOffered = (name: string): boolean => offered.has(name.toLowerCase())
  return {
    tables: new Set(tables.map(({ name }) => name.toLowerCase()).filter(isOffered)),
    unknown: tables.find(({ name }) => !isOffered(name) && !named.has(name.toLowerCase())),
    ...{ words, aliases },
    readsAll: state.readsAll || [...rows].some((name) => alone.has(name)),
  }
}

function refuseMade(node: Node, type: string): void {
  if (!tableKinds.has(type)) throw new SqlRefused('notAllowed', placeOf(node), type.toLowerCase())
  if (type !== 'TABLE_FUNCTION') return
  const { function: made } = node
  const name = isNode(made) ? text(made['function_name']) : ''
  if (!madeUp.has(name)) throw new SqlRefused('notAllowed', placeOf(node), name)
}

/** How often and how long something is says nothing of what it is. */
const counting = /^(count|count_star|approx_count_distinct|length|len|strlen)$/

function columnsIn(value: Json | undefined, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  if (isList(value)) return value.flatMap((one) => columnsIn(one, depth + 1))
  const { class: kind, column_names: names } = value
  if (kind === 'COLUMN_REF' && names !== undefined && isList(names)) {
    return [text(names.at(-1)).toLowerCase()]
  }
  if (kind === 'FUNCTION' && counting.test(text(value['function_name']))) return []
  return Object.values(value).flatMap((one) => columnsIn(one, depth + 1))
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !isList(value)
const low = (value: Json | undefined): string => text(value).toLowerCase()
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

function placeOf(node: Node): number | undefined {
  const at = node['query_location']
  return typeof at === 'number' && at < 1e9 ? at : undefined
}
