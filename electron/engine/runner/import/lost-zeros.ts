/** Numbers of members or goods whose zeros in front went lost in one file: the same ones would count twice. */
import type { ExtractField } from '../../extracts/extract-columns.ts'
import { columnName, dictionaryTable, rowsTable, sourceIdColumn } from '../../extracts/extract-columns.ts' // prettier-ignore
import { openLockedDuckDb } from '../duckdb/locked-duckdb.ts'
import type { LostZeros } from './import-order.ts'

export interface ZerosLook {
  /** The finished extract, and the one of the version before. */
  readonly path: string
  readonly fields: readonly ExtractField[]
  readonly earlier?: { readonly path: string; readonly fields: readonly EarlierField[] } | undefined
  /** Sources before this one were taken over: they are what others are held against. */
  readonly firstNew: number
  /** Texts some of which came as numbers. */
  readonly columns: ReadonlySet<string>
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

export type EarlierField = Pick<ExtractField, 'name' | 'type' | 'coded'>

const widest = 30
/** So many of the different short values must be known once they are filled up. */
const knownShare = 0.5
const keptExamples = 5

export async function findLostZeros(look: ZerosLook): Promise<LostZeros[]> {
  const columns = look.fields.flatMap((field, index) =>
    field.role === 'identifier' && look.columns.has(field.name) ? [{ field, index }] : [],
  )
  if (columns.length === 0) return []
  const { path, earlier, tempFolder, memoryLimitMb, threads } = look
  const extracts = [{ alias: 'a', path }, ...(earlier ? [{ alias: 'b', path: earlier.path }] : [])]
  const database = await openLockedDuckDb({ extracts, tempFolder, memoryLimitMb, threads })
  const connection = await database.connect()
  const ask = async (sql: string) => (await connection.select(sql)).getRowsJson()
  const hasZeros = async (values: string): Promise<boolean> =>
    (await ask(`select 1 from (${values}) x where v like '0_%' limit 1`)).length > 0
  try {
    const found: LostZeros[] = []
    for (const { field, index } of columns) {
      const own = valuesOf('a', field, index, sourceIdColumn)
      const before = earlier?.fields.findIndex(({ name, type }) => name === field.name && type === 'text') ?? -1 // prettier-ignore
      const known = earlier?.fields[before]
      const others = known ? [valuesOf('b', known, before, '-1')] : []
      if (!(await Promise.all([own, ...others].map(hasZeros))).some(Boolean)) continue
      // What is in the data already is what a file is held against; of files that came together, any is.
      const all = `with told as (${[own, ...others].join(' union all ')})`
      for (const [source, width, count, of, examples] of await ask(zerosIn(all, look.firstNew))) {
        const shown = Array.isArray(examples) ? examples.map(String) : []
        found.push({ column: field.name, source: Number(source), width: Number(width), count: Number(count), of: Number(of), examples: shown }) // prettier-ignore
      }
    }
    return found
  } finally {
    connection.close()
    database.close()
  }
}

function valuesOf(alias: string, { coded }: EarlierField, index: number, source: string): string {
  const column = `r.${columnName(index)}`
  if (!coded) return `select distinct ${source} as s, ${column} as v from ${alias}.${rowsTable} r where ${column} is not null` // prettier-ignore
  return `select s, d.value as v from (select distinct ${source} as s, ${column} as c from ${alias}.${rowsTable} r) x
    join ${alias}.${dictionaryTable(index)} d on d.code = x.c`
}

/**
 * Sources none of whose numbers has a zero in front, beside others that write all of theirs with as many digits and some with
 * zeros: how many of the short ones are known when filled up, of how many. What stands in the data as it is was agreed to.
 */
function zerosIn(told: string, firstNew: number): string {
  return `${told},
    digits as (select s, v, length(v)::integer as n from told where regexp_full_match(v, '[0-9]{1,${widest}}')),
    forms as (select s, bool_or(n > 1 and v[1] = '0') as zeros, min(n) as least, max(n) as most from digits group by s),
    kept as (select s, most as width from forms where zeros and least = most),
    whole as (select distinct v, width from digits join kept using (s)),
    said as (select distinct v from digits where s < ${firstNew}),
    short as (select d.s, d.v, w.width, f.v is not null as known
      from digits d join forms using (s) cross join (select distinct width from kept) w
      left join whole f on f.width = w.width and f.v = lpad(d.v, w.width, '0')
      left join said on said.v = d.v
      where not forms.zeros and d.s >= ${firstNew} and d.n < w.width and said.v is null)
    select s::double, width::double, (count(*) filter (where known))::double, count(*)::double,
      (list(v order by length(v), v) filter (where known))[1:${keptExamples}]
    from short group by s, width
    having count(*) filter (where known) > count(*) * ${knownShare}
    order by 1, 2`
}
