/** Rows two sources of one dataset have in common: a file that repeats days of another is found before it counts twice. */
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

import { LeftOutRows, rowsOf } from './left-out-rows.ts'

export interface OverlapLook {
  /** The finished extract. */
  readonly path: string
  readonly fields: readonly ExtractField[]
  /** How many rows there are. */
  readonly rows: number
  /** Sources before this one were taken over and are not compared with each other. */
  readonly firstNew: number
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

/** `rows` of `source` that stand, cell for cell, in the earlier source `other` as well; ISO days of the first and last. */
export interface SourceOverlap {
  readonly source: number
  readonly other: number
  readonly rows: number
  readonly from: string
  readonly to: string
}

export interface FoundOverlaps {
  /** Equal rows are certainly the same row. */
  readonly sure: boolean
  readonly overlaps: readonly SourceOverlap[]
  /** Every row that is there a second time. */
  readonly repeated: LeftOutRows
}

/** Without a number of its own (receipt, member) an equal line may be another sale: then so many must be equal. */
const unsureShare = 0.05
const unsureRows = 2
const nothing = ({ rows }: OverlapLook): FoundOverlaps => {
  return { sure: false, overlaps: [], repeated: new LeftOutRows(rows) }
}

function namesItsRows(fields: readonly ExtractField[]): boolean {
  return fields.some(({ role }) => role === 'identifier')
}

/** Only of datasets with a date, and only between sources whose days overlap. */
export async function findOverlaps(look: OverlapLook): Promise<FoundOverlaps> {
  const dated = mainDateField(look.fields)
  if (dated === undefined) return nothing(look)
  const { path, tempFolder, memoryLimitMb, threads } = look
  const extracts = [{ alias: 'a', path }]
  const database = await openLockedDuckDb({ extracts, tempFolder, memoryLimitMb, threads })
  const connection = await database.connect()
  try {
    return await compare(connection, look, columnName(look.fields.indexOf(dated)))
  } finally {
    connection.close()
    database.close()
  }
}

interface Span {
  readonly source: number
  readonly from: string
  readonly to: string
  readonly rows: number
}

async function compare(
  connection: LockedConnection,
  look: OverlapLook,
  date: string,
): Promise<FoundOverlaps> {
  const { fields, firstNew } = look
  const ask = async (sql: string) => (await connection.select(sql)).getRowsJson()
  const spans = (
    await ask(
      `select ${sourceIdColumn}, min(${date})::date::varchar, max(${date})::date::varchar, count(*)::double
         from a.${rowsTable} where ${date} is not null group by 1 order by 1`,
    )
  ).map(([source, from, to, rows]): Span => {
    return { source: Number(source), from: day(from), to: day(to), rows: Number(rows) }
  })
  const involved = overlapping(spans, firstNew)
  if (involved.length === 0) return nothing(look)
  const pairs = `${numbered(fields, date, involved)}
    select n.s, o.s, count(*)::double, min(n.d)::varchar, max(n.d)::varchar ${joined(firstNew)} group by 1, 2 order by 1, 2`
  const overlaps = (await ask(pairs))
    .map(([source, other, rows, from, to]): SourceOverlap => {
      return { source: Number(source), other: Number(other), rows: Number(rows), from: day(from), to: day(to) } // prettier-ignore
    })
    .filter((one) => counts(one, spans, fields))
  if (overlaps.length === 0) return nothing(look)
  // Rows that merely equal one of a source their own does not repeat are rows of their own.
  const found = overlaps.map(({ source, other }) => `(${source}, ${other})`).join(', ')
  const rows = `${numbered(fields, date, involved)} select distinct n.row_id, n.s ${joined(firstNew)} and (n.s, o.s) in (${found})`
  const repeated = new LeftOutRows(look.rows)
  for await (const { row, source } of rowsOf(connection, rows)) repeated.leaveOut(row, source)
  return { sure: namesItsRows(fields), overlaps, repeated }
}

export const day = (value: unknown): string => (typeof value === 'string' ? value : '')

function counts(
  { source, rows }: SourceOverlap,
  spans: readonly Span[],
  fields: readonly ExtractField[],
): boolean {
  const all = spans.find((span) => span.source === source)?.rows ?? 0
  return namesItsRows(fields) || (rows >= unsureRows && rows >= all * unsureShare)
}

/** Sources that share days with another, where one of the two is new. */
function overlapping(spans: readonly Span[], firstNew: number): number[] {
  const meets = (one: Span, other: Span): boolean =>
    one !== other &&
    Math.max(one.source, other.source) >= firstNew &&
    one.from <= other.to &&
    other.from <= one.to
  return spans.filter((one) => spans.some((other) => meets(one, other))).map((one) => one.source)
}

/** Equal rows of one source are numbered: the second of two equal lines is equal only to another's second. */
function numbered(
  fields: readonly ExtractField[],
  date: string,
  sources: readonly number[],
): string {
  const columns = fields.map((_, index) => columnName(index))
  // Two hashes of 64 bits: with one, a row in ten million datasets of ten million rows would be taken for another.
  const content = `hash(${columns.join(', ')}) as h, hash(${columns.toReversed().join(', ')}, 1) as g`
  return `with told as (
      select ${rowIdColumn} as row_id, ${sourceIdColumn} as s, ${date}::date as d, ${content}
        from a.${rowsTable} where ${sourceIdColumn} in (${sources.join(', ')})
    ), numbered as (select *, row_number() over (partition by s, h, g order by row_id) as k from told)`
}

function joined(firstNew: number): string {
  return `from numbered n join numbered o on n.h = o.h and n.g = o.g and n.k = o.k and o.s < n.s
    where n.s >= ${firstNew}`
}
