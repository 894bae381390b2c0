/** What a server says of itself and of the user: tried out or looked up there, never taken from its name. */
import type {
  ConnectionSettings,
  ServerFacts,
  ServerFeature,
} from '../../../../shared/data/connection.ts'
import type { RawAnswer } from '../../query/query-runner.ts'
import type { SqlValue } from '../../sql/nodes.ts'

/** Rejects with AppErrorException. */
export type AskServer = (
  text: string,
  values?: readonly SqlValue[],
  /** Hashes of the user's own statements in it. */
  written?: readonly string[],
) => Promise<RawAnswer>

export function factsOf(
  settings: Pick<ConnectionSettings, 'kind' | 'tls' | 'user'>,
  ask: AskServer,
): Promise<ServerFacts> {
  return settings.kind === 'postgres'
    ? postgresFacts(settings, ask)
    : clickhouseFacts(settings, ask)
}

export function cellOf(answer: RawAnswer, name: string, row = 0): string {
  const column = answer.columns.get(name)
  const value = column?.values[row]
  return value === null || value === undefined ? '' : String(value)
}

type Settings = Pick<ConnectionSettings, 'tls' | 'user'>

async function postgresFacts({ tls }: Settings, ask: AskServer): Promise<ServerFacts> {
  const version = cellOf(await ask('select version() as "v"'), 'v')
  const can = async (text: string): Promise<boolean> => {
    try {
      return cellOf(await ask(text), 'v') === '1'
    } catch {
      return false
    }
  }
  const features: ServerFeature[] = ['boundValues']
  const tried: readonly (readonly [ServerFeature, string])[] = [
    ['namedSelects', 'with "a" as (select 1 as "v") select "v" from "a"'],
    ['keptSelects', 'with "a" as materialized (select 1 as "v") select "v" from "a"'],
    [
      'foldsAllLetters',
      `select case when lower('É' collate "und-x-icu") = 'é' then 1 else 0 end as "v"`,
    ],
  ]
  for (const [feature, text] of tried) if (await can(text)) features.push(feature)
  const superuser = await can(
    'select case when rolsuper then 1 else 0 end as "v" from pg_roles where rolname = current_user',
  )
  return { version: version.slice(0, 300), features, superuser, encrypted: tls !== 'off' }
}

async function clickhouseFacts({ tls, user }: Settings, ask: AskServer): Promise<ServerFacts> {
  const version = cellOf(await ask('select version() as v'), 'v')
  const has = async (text: string): Promise<boolean> => Number(cellOf(await ask(text), 'v')) > 0
  const features: ServerFeature[] = ['foldsAllLetters']
  if (await knowsBoundValues(ask)) features.push('boundValues')
  // Servers too old for bound values have an early form of this sum that ends them when its parts travel between shards.
  const compensates = "select count() as v from system.functions where name = 'sumKahan'"
  if (features.includes('boundValues') && (await has(compensates))) {
    features.push('compensatedSums')
  }
  const wide =
    "select count() as v from system.functions where name in ('toDate32', 'toDateTime64')"
  if (Number(cellOf(await ask(wide), 'v')) === 2) features.push('wideDays')
  if (await joinsSeveral(ask)) features.push('severalJoins')
  // The user a server comes with may do anything.
  const superuser = user === 'default'
  return { version: `ClickHouse ${version}`, features, superuser, encrypted: tls !== 'off' }
}

async function joinsSeveral(ask: AskServer): Promise<boolean> {
  const one = '(select 1 as k) as'
  const joins = ['y', 'z'].map((as) => `all left join ${one} ${as} on x.k = ${as}.k`)
  try {
    return Number(cellOf(await ask(`select x.k as v from ${one} x ${joins.join(' ')}`), 'v')) === 1
  } catch {
    return false
  }
}

async function knowsBoundValues(ask: AskServer): Promise<boolean> {
  try {
    return cellOf(await ask('select {p1:String} as v', ["'\\"]), 'v') === "'\\"
  } catch {
    return false
  }
}
