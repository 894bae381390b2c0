/** Rows two sources of one dataset tell otherwise: a corrected month beside the month it corrects would count twice. */
import type { ExtractField } from '../../extracts/extract-columns.ts'
import {
  columnName,
  rowIdColumn,
  rowsTable,
  sourceIdColumn,
} from '../../extracts/extract-columns.ts'
import { mainDateField } from '../../../../shared/data/main-date.ts'
import type { LockedConnection } from '../duckdb/locked-duckdb.ts'
import { openLockedDuckDb } from '../duckdb/locked-duckdb.ts'
import type { LeftOutRows } from './left-out-rows.ts'
import { rowsOf } from './left-out-rows.ts'
import type { OverlapLook } from './overlaps.ts'
import { day } from './overlaps.ts'

export interface RestatedLook extends OverlapLook {
  /** By source: of two the later has the higher one. */
  readonly ranks: readonly number[]
}

/** Receipts of `source`, or lines of a summary, that the earlier `other` has as well. */
export interface Restatement {
  readonly source: number
  readonly other: number
  /** With other figures, with the same, and in all. */
  readonly restated: number
  readonly same: number
  readonly of: number
  readonly from: string
  readonly to: string
}

export interface FoundRestated {
  readonly by: 'receipts' | 'summary'
  readonly pairs: readonly Restatement[]
  /** Sources tell of the same, with other figures or with equal ones: no row of one is another sale. */
  readonly repeats: boolean
}

/** How rows are told apart, as columns of SQL. */
interface Grain {
  readonly by: FoundRestated['by']
  /** What is replaced whole: a receipt, or one line of a summary. */
  readonly unit: readonly string[]
  /** What must be equal for two rows to tell of the same. */
  readonly line: readonly string[]
  readonly present: string
}

const none: FoundRestated = { by: 'receipts', pairs: [], repeats: false }

/** A receipt cut in two by an export in pieces, a number used twice by a till: fewer are no correction. */
const leastShare = 0.05
/** A summary has one row for each line; one that corrects another repeats most of the days they share. */
const uniqueShare = 0.98
const repeatedShare = 0.5

export async function findRestated(look: RestatedLook): Promise<FoundRestated> {
  const grain = grainOf(look.fields)
  if (grain === undefined) return none
  return withConnection(look, async (connection) => {
    const likely = await repeatingPairs(connection, look, grain)
    const pairs = await restatedPairs(connection, look, grain, likely)
    return { by: grain.by, pairs, repeats: likely.length > 0 }
  })
}

/** Marks what does not count: the earlier rows of what was restated, or with `skip` the later ones. */
export async function markRestated(
  look: RestatedLook,
  { pairs }: FoundRestated,
  choice: 'replace' | 'skip',
  out: LeftOutRows,
): Promise<void> {
  const grain = grainOf(look.fields)
  if (grain === undefined) return
  await withConnection(look, async (connection) => {
    const sql = `${told(look, grain, involved(pairs))}, ${differing(pairs)}`
    if (choice === 'replace') {
      // Lines the correction repeats stand in it, no longer in what it replaces.
      const again = `${sql} select row_id, s from told semi join differing on told.s = differing.ns and told.u = differing.u`
      for await (const { row, source } of rowsOf(connection, again)) out.keep(row, source)
    }
    const side = choice === 'replace' ? 'os' : 'ns'
    const gone = `${sql} select row_id, s from told semi join differing on told.s = differing.${side} and told.u = differing.u`
    for await (const { row, source } of rowsOf(connection, gone)) out.leaveOut(row, source)
  })
}

function grainOf(fields: readonly ExtractField[]): Grain | undefined {
  const dated = mainDateField(fields)
  if (dated === undefined) return undefined
  const column = (field: ExtractField): string => columnName(fields.indexOf(field))
  const meaning = (wanted: string): string[] =>
    fields.filter((field) => field.meaning === wanted).map(column)
  const [order] = meaning('order')
  if (order !== undefined) {
    const unit = [order, `${column(dated)}::date`, ...meaning('shop')]
    return { by: 'receipts', unit, line: [...unit, ...meaning('product')], present: `${order} is not null` } // prettier-ignore
  }
  const named = fields.filter(({ role }) => role !== 'measure').map(column)
  if (named.length === fields.length) return undefined
  return { by: 'summary', unit: named, line: named, present: 'true' }
}

/** Pairs of sources that tell of the same, as numbers: the later, the earlier, units of both, of each, and how sure that is. */
async function repeatingPairs(
  connection: LockedConnection,
  look: RestatedLook,
  grain: Grain,
): Promise<number[][]> {
  const sources = await meeting(connection, look)
  if (sources.length === 0) return []
  const ask = async (sql: string) => (await connection.select(sql)).getRowsJson()
  const shared = await ask(`${told(look, grain, sources)},
    keys as (select s, k, m, any_value(u) as u, min(d) as d, count(*) as n from told group by s, k, m),
    ends as (select s, min(d) as lo, max(d) as hi, count(distinct u) as units, count(*) / sum(n) as uniq from keys group by s)
    select n.s, o.s, count(distinct n.u)::double, any_value(a.units)::double, any_value(b.units)::double,
      least(any_value(a.uniq), any_value(b.uniq))::double,
      (select count(*) from keys x where x.s = n.s and x.d between any_value(b.lo) and any_value(b.hi))::double
    from keys n join keys o on n.m = o.m and o.k < n.k and greatest(n.s, o.s) >= ${look.firstNew}
      join ends a on a.s = n.s join ends b on b.s = o.s group by 1, 2 order by 1, 2`)
  return shared.map((row) => row.map(Number)).filter((row) => isRepeated(grain, row))
}

async function restatedPairs(
  connection: LockedConnection,
  look: RestatedLook,
  grain: Grain,
  likely: readonly number[][],
): Promise<Restatement[]> {
  const ask = async (sql: string) => (await connection.select(sql)).getRowsJson()
  const pairs = likely.map(([source = 0, other = 0]) => ({ source, other }))
  if (pairs.length === 0) return []
  const counted = await ask(`${told(look, grain, involved(pairs))}, ${differing(pairs)}
    select ns, os, count(distinct u)::double, min(d)::varchar, max(d)::varchar from differing group by 1, 2 order by 1, 2`)
  return counted.map(([ns, os, restated, from, to]) => {
    const [, , both = 0, of = 0] =
      likely.find(([s, o]) => s === Number(ns) && o === Number(os)) ?? []
    return {
      ...{ source: Number(ns), other: Number(os), restated: Number(restated), of },
      ...{ same: both - Number(restated), from: day(from), to: day(to) },
    }
  })
}

function isRepeated(
  { by }: Grain,
  [, , shared = 0, own = 0, others = 0, unique = 0, inSpan = 0]: readonly number[],
): boolean {
  if (by === 'receipts') return shared >= Math.min(own, others) * leastShare
  return unique >= uniqueShare && shared >= inSpan * repeatedShare
}

/** Sources whose days meet those of another, where one of the two is new. */
async function meeting(
  connection: LockedConnection,
  { fields, firstNew }: RestatedLook,
): Promise<number[]> {
  const dated = mainDateField(fields)
  const date = columnName(dated === undefined ? 0 : fields.indexOf(dated))
  const found = await connection.select(`with spans as (
      select ${sourceIdColumn} as s, min(${date})::date as lo, max(${date})::date as hi
        from a.${rowsTable} where ${date} is not null group by 1)
    select x.s::double from spans x where exists (select 1 from spans y
      where x.s <> y.s and greatest(x.s, y.s) >= ${firstNew} and x.lo <= y.hi and y.lo <= x.hi)`)
  return (await found.getRowsJson()).map(([source]) => Number(source))
}

type Pair = Pick<Restatement, 'source' | 'other'>

const involved = (pairs: readonly Pair[]): number[] => [
  ...new Set(pairs.flatMap(({ source, other }) => [source, other])),
]

function told(
  { fields, ranks }: RestatedLook,
  { unit, line, present }: Grain,
  sources: readonly number[],
): string {
  const all = fields.map((_, index) => columnName(index))
  const dated = mainDateField(fields)
  const date = columnName(dated === undefined ? 0 : fields.indexOf(dated))
  return `with told as (
    select ${rowIdColumn} as row_id, ${sourceIdColumn} as s, [${ranks.join(', ')}][${sourceIdColumn} + 1] as k, ${date}::date as d,
      hash(${unit.join(', ')}) as u, hash(${line.join(', ')}) as m, hash(${all.join(', ')}) as h
    from a.${rowsTable} where ${sourceIdColumn} in (${sources.join(', ')}) and ${date} is not null and ${present})`
}

/**
 * What the later source of a pair says of a line and the earlier one, which has the line too, does not; and receipts it has
 * with fewer lines, unless it begins or ends amid one, as exports in pieces do.
 */
function differing(pairs: readonly Pair[]): string {
  const list = pairs.map(({ source, other }) => `(${source}, ${other})`).join(', ')
  const gone = (sql: string): string => `${sql}(o.row_id) filter (n.h is null)`
  const left = (sql: string): string => `${sql}(o.row_id) filter (n.h is not null)`
  return `pairs(ns, os) as (values ${list}),
    lines as (select distinct s, m, u, h, d from told),
    units as (select s, u, min(d) as d, min(row_id) as lo, max(row_id) as hi from told group by 1, 2),
    ends as (select s, min(lo) as lo, max(hi) as hi from units group by 1),
    shorter as (select ns, os, k.u, k.d
      from pairs join told o on o.s = os join units k on k.s = ns and k.u = o.u join ends e on e.s = ns
        left join lines n on n.s = ns and n.u = o.u and n.h = o.h
      group by ns, os, k.u, k.d, k.lo, k.hi, e.lo, e.hi
      having ${gone('count')} > 0 and ${left('count')} > 0
        and not (k.lo = e.lo and ${gone('max')} < ${left('min')})
        and not (k.hi = e.hi and ${gone('min')} > ${left('max')})),
    differing as (select distinct ns, os, n.u, n.d from pairs join lines n on n.s = ns
      where exists (select 1 from lines o where o.s = os and o.m = n.m)
        and not exists (select 1 from lines o where o.s = os and o.m = n.m and o.h = n.h)
      union select ns, os, u, d from shorter)`
}

async function withConnection<T>(
  { path, tempFolder, memoryLimitMb, threads }: RestatedLook,
  work: (connection: LockedConnection) => Promise<T>,
): Promise<T> {
  const extracts = [{ alias: 'a', path }]
  const database = await openLockedDuckDb({ extracts, tempFolder, memoryLimitMb, threads })
  const connection = await database.connect()
  try {
    return await work(connection)
  } finally {
    connection.close()
    database.close()
  }
}
