/** Functions and tables a statement over a server may not name, however the server is set up. */
import type { SqlValue } from '../nodes.ts'
import { SqlRefused } from './refused.ts'
import type { Token } from './tokens.ts'

/** What is called, in the spelling a server looks it up by. */
export function callsIn(
  tokens: readonly Token[],
): { readonly name: string; readonly at: number }[] {
  return tokens.flatMap((token, index) => {
    const after = tokens[index + 1]
    if (after?.kind !== 'sign' || after.text !== '(') return []
    if (token.kind === 'word') return [{ name: token.text.toLowerCase(), at: token.from }]
    return token.kind === 'name' ? [{ name: token.text, at: token.from }] : []
  })
}

type AskNames = (text: string, values: readonly SqlValue[]) => Promise<readonly string[]>

/** Asked of the server, which knows its own and its extensions' functions; those of its people may only read here. */
const sideEffects = `select distinct p.proname as "name" from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where p.provolatile = 'v' and (n.nspname = 'pg_catalog' or l.lanname not in ('sql', 'plpgsql'))`

const harmless = new Set(['random', 'random_normal', 'clock_timestamp', 'timeofday', 'gen_random_uuid', 'statement_timestamp']) // prettier-ignore

/** Where the server cannot be asked, and whatever it says of them. */
const alwaysRefused =
  /^(pg_read|pg_ls|pg_stat_file|pg_(sleep|terminate|cancel|reload|rotate|advisory|try_advisory|notify|switch|promote|create|drop|logical|replication|file)|set_config|setseed|lo_|dblink|query_to_xml|cursor_to_xml|crosstab|connectby|xpath_table|nextval|setval|currval|lastval|ts_stat|ts_rewrite|xp_)/

export async function refusePostgresCalls(tokens: readonly Token[], ask: AskNames): Promise<void> {
  const calls = callsIn(tokens)
  const names = [...new Set(calls.map(({ name }) => name))]
  if (names.length === 0) return
  const places = names.map((_, index) => `$${index + 1}::text`).join(', ')
  const found = await ask(`${sideEffects} and p.proname in (${places})`, names).catch(() => [])
  const acting = new Set(found.filter((name) => !harmless.has(name)))
  for (const { name, at } of calls) {
    if (acting.has(name) || alwaysRefused.test(name)) throw new SqlRefused('notAllowed', at, name)
  }
}

/** Tables made up by a function: only those that reach nowhere. */
const madeUp = new Set(['numbers', 'numbers_mt', 'zeros', 'zeros_mt', 'values', 'null', 'generateseries', 'generate_series', 'format', 'view']) // prettier-ignore

const clickhouseRefused =
  /^(file|url|urlcluster|s3|s3cluster|gcs|hdfs|hdfscluster|azure|azureblobstorage|remote|remotesecure|cluster|clusterallreplicas|mysql|postgresql|mongodb|redis|sqlite|odbc|jdbc|executable|input|dictionary|merge|mergetreeindex|deltalake|hudi|iceberg|loop|fuzzjson|fuzzquery|reversednsquery|sleep|sleepeachrow|catboostevaluate|throwif|addresstoline|addresstosymbol|demangle|getsetting)$/

/** `settings` would lift the limits of the session, `into outfile` writes. */
const clauses = /^(settings|outfile)$/i

export async function refuseClickHouseCalls(
  tokens: readonly Token[],
  ask: AskNames,
): Promise<void> {
  for (const token of tokens) {
    if (token.kind === 'word' && clauses.test(token.text)) {
      throw new SqlRefused('notAllowed', token.from, token.text)
    }
  }
  const calls = callsIn(tokens)
  if (calls.length === 0) return
  const found = await ask('select name from system.table_functions', []).catch(() => [])
  const tables = new Set(found.map((name) => name.toLowerCase()))
  for (const { name, at } of calls) {
    const low = name.toLowerCase()
    const reaches = tables.has(low) && !madeUp.has(low)
    if (reaches || clickhouseRefused.test(low)) throw new SqlRefused('notAllowed', at, name)
  }
}
