import { basename } from 'node:path'
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import { isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { isTemporal } from '../../../../shared/data/field.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import type { CellAddress, RowsRequest } from '../../../../shared/query/row-list.ts'
import { sourceIdColumn } from '../../extracts/extract-columns.ts'
import type { Expr, Select } from '../../sql/nodes.ts'
import { all, binary, column, integer, select } from '../../sql/nodes.ts'
import { print } from '../../sql/printer.ts'
import { groupKey, rowIdOf } from '../field-access.ts'
import { fromClause, whereClause } from '../plan.ts'
import { rowsAreHeld } from '../held-rows.ts'
import type { QueryCatalog, Storage } from '../query-catalog.ts'
import type { RawAnswer, RawColumn } from '../query-runner.ts'
import { toNumbers } from '../read-levels.ts'
import type { FieldAt, ResolvedQuery } from '../resolve.ts'
import { resolve } from '../resolve.ts'
import { measureHomes } from '../resolve-parts.ts'
import { listedFields, ownRequest, rowsQuery } from '../rows-request.ts'
import type { QueryTools } from '../query-tools.ts'
import { dialectOf, filterClock, targetOf } from '../query-tools.ts'
import { rankingTools } from '../ask-levels.ts'
import { topMembersOf } from '../top-restrictions.ts'
import type { Place } from './cell-place.ts'
import type { Moments, NaiveValue, RowValue } from './naive-aggregate.ts'
import { naiveAggregate } from './naive-aggregate.ts'

/** Rows read at once: a plain list of them, never grouped by the engine. */
const window = 20_000
/** Rows that have no names are read in one go: so many are brought here at most. */
const mostAtOnce = 500_000

export interface Scanned extends NaiveValue {
  readonly rows: number
  readonly sources: readonly { readonly name: string; readonly rows: number }[]
  /** A date as a number of days or seconds is written as a date. */
  readonly resolved: ResolvedQuery
}

export interface ScanContext {
  readonly catalog: QueryCatalog
  readonly tools: QueryTools
  readonly signal: AbortSignal
  readonly onRows: (rows: number) => void
}

/** A measure over the base rows of a cell, computed from the rows themselves; `ranked` says which members stand under Others. */
export async function scanCell(
  query: ReportQuery,
  cell: CellAddress,
  measure: Measure,
  ranked: ReportQuery,
  context: ScanContext,
  place?: Place,
): Promise<Scanned> {
  const { catalog } = context
  const index = query.measures.findIndex((one) => one.as === measure.as)
  const home = measureHomes(query, catalog)[index]
  const request = {
    ...rowsAt(query, cell, place),
    ...(home ? { dataset: home.id } : {}),
    fields: [],
    sort: [],
  }
  const asked = ownRequest({ ...request, limit: 1 }, catalog)
  const own = asked.own.query.measures.find((one) => one.as === measure.as) ?? measure
  const names = [own.field, own.weight, own.over, own.per].filter((name) => name !== undefined)
  const { listed, members } = await scannedRows(asked.own, names, { query: ranked, cell }, context)
  const at = (name: string | undefined): FieldAt | undefined =>
    name === undefined ? undefined : listed.fields.find(({ ref }) => ref === name)
  const fields = [at(own.field), at(own.weight), at(own.over), at(own.per)]
  const scales = { value: fields[0]?.field.scale ?? 0, weight: fields[1]?.field.scale ?? 0 }
  const naive = naiveAggregate(own, scales, place?.period && momentsOf(place.period, fields[2]))
  const take = ([value = null, weight = null, over = null, per = null]: readonly RowValue[]) => {
    naive.add({ value, weight, over, per })
  }
  const found = await readAll(listed.all, members, fields, take, context)
  return { ...written(naive.result(), own, fields[0]), ...found, resolved: listed.all }
}

/** The cell's own path, or a place that says all there is to say. */
export function rowsAt(
  query: ReportQuery,
  cell: CellAddress,
  place: Place | undefined,
): { readonly query: ReportQuery; readonly cell: CellAddress } {
  if (!place) return { query, cell }
  return { query: { ...query, filters: [...place.filters] }, cell: { row: [], column: [] } }
}

/** Dates are compared as their day or second. */
function momentsOf({ first, last }: DaySpan, over: FieldAt | undefined): Moments {
  if (over?.field.type === 'date') return { first, last }
  return { first: first * 86_400, last: (last + 1) * 86_400 - 1 }
}

type Listed = Extract<ReturnType<typeof listedFields>, { ok: true }>['value']

/** The fields by those names, and the rows of the cell without what stands under Others. */
export async function scannedRows(
  own: RowsRequest,
  names: readonly string[],
  ranked: { readonly query: ReportQuery; readonly cell: CellAddress },
  { catalog, tools, signal }: ScanContext,
): Promise<{ readonly listed: Listed; readonly members: readonly Expr[] }> {
  const resolved = settled(resolve(rowsQuery(own), catalog))
  const fields = names.length > 0 ? [...names] : firstField(resolved)
  const listed = settled(listedFields({ ...own, fields }, resolved, catalog))
  const ask = rankingTools(tools, signal)
  return { listed, members: await topMembersOf(ranked, own.query, listed.all, catalog, ask) }
}

/** Some field has to be read, that rows are counted. */
const firstField = ({ base }: ResolvedQuery): string[] =>
  base.dataset.fields.slice(0, 1).map(({ name }) => name)

export function settled<T>(outcome: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (outcome.ok) return outcome.value
  throw new AppErrorException(outcome.error as never)
}

/** Dates were compared as numbers of days or seconds. */
function written(result: NaiveValue, { aggregate }: Measure, at: FieldAt | undefined): NaiveValue {
  const extreme = aggregate === 'min' || aggregate === 'max'
  if (!extreme || !at || !isTemporal(at.field.type) || result.value === null) return result
  const write = at.field.type === 'date' ? isoDay : isoSecond
  return { value: write(Number(result.value)), size: 0 }
}

/** Every row under `members`, one after the other: the values of some fields in their order. */
export async function readAll(
  query: ResolvedQuery,
  members: readonly Expr[],
  fields: readonly (FieldAt | undefined)[],
  take: (values: readonly RowValue[]) => void,
  { tools, signal, onRows }: ScanContext,
): Promise<Pick<Scanned, 'rows' | 'sources'>> {
  const clock = await filterClock(query, tools, signal)
  const where = whereClause(query, { clock, members })
  const values = fields.flatMap((at, index) => (at ? [{ expr: plainValue(at), as: `f${index}` }] : [])) // prettier-ignore
  const run = async (node: Select): Promise<RawAnswer> => {
    const answer = await tools.runner.run(targetOf(query), print(node, dialectOf(query)), signal)
    for (let row = 0; row < answer.rows; row++) {
      take(
        fields.map((at, index) => (at ? valueAt(answer.columns.get(`f${index}`), row, at) : null)),
      )
    }
    onRows(answer.rows)
    return answer
  }
  const read = rowsAreHeld(query)
    ? await readAtOnce(query, where, values, run)
    : await readById(query, where, values, run)
  const names = await sourceNames(query, tools, signal)
  const sources = [...read.bySource].map(([id, count]) => ({
    name: names.get(id) ?? '',
    rows: count,
  }))
  return { rows: read.rows, sources }
}

interface Read {
  readonly rows: number
  readonly bySource: ReadonlyMap<number, number>
}

type Columns = Select['columns']
type Run = (node: Select) => Promise<RawAnswer>

/** Window by window: a plain list of rows in the order of their numbers. */
async function readById(
  query: ResolvedQuery,
  where: Expr | null,
  values: Columns,
  run: Run,
): Promise<Read> {
  const rowId = rowIdOf(query.base)
  const isLive = query.base.dataset.storage.kind === 'live'
  const bySource = new Map<number, number>()
  let last: number | null = null
  let rows = 0
  for (;;) {
    const after: Expr[] = last === null ? [] : [binary('>', rowId, integer(last))]
    const conditions: Expr[] = [...(where ? [where] : []), ...after]
    const answer = await run(
      select({
        ...fromClause(query, conditions.length > 0 ? all(conditions) : null),
        columns: [
          { expr: rowId, as: 'id' },
          { expr: isLive ? integer(0) : column(query.base.as, sourceIdColumn), as: 'source' },
          ...values,
        ],
        orderBy: [{ by: rowId, descending: false }],
        limit: window,
      }),
    )
    const ids = numbers(answer, 'id')
    numbers(answer, 'source').forEach((id) => bySource.set(id, (bySource.get(id) ?? 0) + 1))
    rows += answer.rows
    if (answer.rows < window) break
    last = ids.at(-1) ?? null
    if (last === null || Number.isNaN(last)) break
  }
  return { rows, bySource }
}

/** Rows of a server or of a statement: one select, so that all are of one moment. Beyond the limit it is refused. */
async function readAtOnce(
  query: ResolvedQuery,
  where: Expr | null,
  values: Columns,
  run: Run,
): Promise<Read> {
  const { rows } = await run(
    select({
      ...fromClause(query, where),
      columns: [{ expr: integer(0), as: 'source' }, ...values],
      limit: mostAtOnce + 1,
    }),
  )
  if (rows > mostAtOnce) {
    throw new AppErrorException(appError('query/tooLarge', { rows, limit: mostAtOnce }))
  }
  return { rows, bySource: new Map(rows > 0 ? [[0, rows]] : []) }
}

/** As the row lists read a field: its code, its number, its day or second. */
const plainValue = (at: FieldAt): Expr => groupKey(at, undefined).expr

function numbers(answer: RawAnswer, name: string): Float64Array {
  const found = answer.columns.get(name)
  return found ? toNumbers(found) : new Float64Array()
}

/** Whole numbers and decimals as they are written, times 10^scale; other numbers are doubles. */
function valueAt(raw: RawColumn | undefined, row: number, at: FieldAt): RowValue {
  if (!raw) return null
  if (raw.kind !== 'numbers') return raw.values[row] ?? null
  const value = raw.values[row] ?? NaN
  if (Number.isNaN(value)) return null
  const exact = at.field.type === 'integer' || at.field.type === 'decimal'
  return exact && Number.isInteger(value) ? BigInt(value) : value
}

function livePlace({ path, table, server, sql }: Extract<Storage, { kind: 'live' }>): string {
  if (sql) return server ? 'SQL' : `${basename(path)} / SQL`
  return server ? `${server.schema}.${table}` : `${basename(path)} / ${table}`
}

async function sourceNames(
  { base, ...query }: ResolvedQuery,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const { storage } = base.dataset
  if (storage.kind === 'live') return new Map([[0, livePlace(storage)]])
  const statement = select({
    columns: ['source_id', 'name', 'part'].map((name) => ({ expr: column('s', name), as: name })),
    from: { kind: 'stored', catalog: storage.alias, name: 'sources' },
    as: 's',
  })
  const whole = { ...query, base }
  const answer = await tools.runner.run(targetOf(whole), print(statement, dialectOf(whole)), signal)
  const text = (name: string, row: number): string => {
    const found = answer.columns.get(name)
    return found?.kind === 'texts' ? (found.values[row] ?? '') : ''
  }
  return new Map(
    Array.from(numbers(answer, 'source_id'), (id, row) => {
      const part = text('part', row)
      return [id, text('name', row) + (part === '' ? '' : ` / ${part}`)] as const
    }),
  )
}
