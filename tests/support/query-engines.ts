import { DuckDBInstance } from '@duckdb/node-api'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { CellValue } from '../../shared/data/cell-value.ts'
import { parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { Field } from '../../shared/data/field.ts'
import { isTemporal } from '../../shared/data/field.ts'
import type { QueryResult, ValueColumn } from '../../shared/query/query-result.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { DictionaryReader } from '../../electron/engine/query/dictionary-reader.ts'
import type { QueryCatalog, QueryField } from '../../electron/engine/query/query-catalog.ts'
import type { QueryRunner } from '../../electron/engine/query/query-runner.ts'
import type { QueryTools } from '../../electron/engine/query/query-tools.ts'
import { runQuery } from '../../electron/engine/query/run-query.ts'
import { quoteIdentifier } from '../../electron/engine/sql/printer.ts'
import type { QuerySession } from '../../electron/engine/runner/query-messages.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { openLiveSession } from '../../electron/engine/runner/sqlite/live-session.ts'
import { buildExtract } from './build-extract.ts'
import type { BuiltField } from './build-extract.ts'
import type { Row } from './reference-pivot.ts'

/** One engine with datasets in it, answering questions in this process. */
export interface TestedEngine {
  readonly name: string
  readonly catalog: QueryCatalog
  readonly tools: QueryTools
  ask(query: ReportQueryInput): ReturnType<typeof runQuery>
}

export function engine(
  name: string,
  catalog: QueryCatalog,
  runner: QueryRunner,
  bitBytes?: number,
): TestedEngine {
  const dictionaries = new DictionaryReader(runner)
  const tools = { runner, dictionaries, clock: () => ({ today: 20_000 }), now: () => 0, bitBytes }
  return {
    name,
    catalog,
    tools,
    ask: (query) =>
      runQuery(ReportQuery.parse(query), catalog, tools, new AbortController().signal),
  }
}

/** Asks one session of this process, whatever is asked for. */
export function sessionRunner(session: QuerySession): QueryRunner {
  let next = 1
  return {
    run: async (_target, { text, values }) => {
      const answer = await session.run(text, values, next++)
      return { rows: answer.rows, columns: new Map(answer.columns) }
    },
  }
}

const dataset = (
  fields: readonly QueryField[],
  rows: number,
  lastDay: string,
): Omit<QueryCatalog['datasets'][number], 'storage'> => ({
  id: 'ds_sales00',
  name: 'sales',
  version: 1,
  rows,
  dataAsOf: '2026-01-01T00:00:00Z',
  lastDay: parseIsoDay(lastDay) ?? null,
  fields,
})

export async function extractEngine(
  folder: string,
  fields: readonly BuiltField[],
  rows: readonly Row[],
  lastDay: string,
  shops?: RelatedRows,
): Promise<TestedEngine> {
  const table = rows.map((row) => fields.map((field) => row[field.name] ?? null))
  const path = join(folder, `extract-${Math.trunc(performance.now() * 1000)}.duckdb`)
  const built = await buildExtract(path, fields, table)
  const related = shops && (await buildShops(folder, built.fields, table, shops))
  const session = await openExtractSession({
    kind: 'openExtracts',
    extracts: [{ alias: 'ds_sales00_v1', path }, ...(related?.attach ?? [])],
    memoryLimitMb: 512,
    tempFolder: folder,
    threads: 2,
  })
  const runner = sessionRunner(session)
  const described = built.fields.map((field, index) => ({
    ...{ ...field, index },
    personal: fields[index]?.personal,
  }))
  const storage = { kind: 'extract' as const, alias: 'ds_sales00_v1', path }
  const sales = { ...dataset(described, rows.length, lastDay), storage }
  const catalog = {
    datasets: [sales, ...(related?.datasets ?? [])],
    relations: related?.relations ?? [],
  }
  return engine('extract', catalog, runner)
}

/** Rows of a dataset `shops`, joined many-to-one by its first field to the field `key` of sales. */
export interface RelatedRows {
  readonly key: string
  readonly fields: readonly BuiltField[]
  readonly rows: readonly Row[]
}

async function buildShops(
  folder: string,
  sales: readonly { readonly name: string }[],
  table: readonly (readonly CellValue[])[],
  shops: RelatedRows,
) {
  const stamp = Math.trunc(performance.now() * 1000)
  const path = join(folder, `shops-${stamp}.duckdb`)
  const built = await buildExtract(
    path,
    shops.fields,
    shops.rows.map((row) => shops.fields.map((field) => row[field.name] ?? null)),
  )
  const mapPath = join(folder, `map-${stamp}.duckdb`)
  const keyIndex = sales.findIndex((field) => field.name === shops.key)
  const keyName = shops.fields[0]?.name ?? ''
  // Codes are given in order of first appearance, as the writer gives them.
  const codes = [
    ...new Set(table.map((row) => row[keyIndex] ?? null).filter((value) => value !== null)),
  ]
  const pairs = codes.flatMap((value, code) => {
    const to = shops.rows.findIndex((row) => row[keyName] === value)
    return to < 0 ? [] : [`(${code}, ${to})`]
  })
  await writeMap(mapPath, pairs)
  return {
    attach: [
      { alias: 'ds_shops00_v1', path },
      { alias: 'rel_shops0', path: mapPath },
    ],
    datasets: [
      {
        ...dataset(
          built.fields.map((field, index) => ({ ...field, index })),
          shops.rows.length,
          '2025-12-31',
        ),
        id: 'ds_shops00',
        name: 'shops',
        storage: { kind: 'extract' as const, alias: 'ds_shops00_v1', path },
      },
    ],
    relations: [
      {
        id: 'rel_shops0',
        from: { dataset: 'ds_sales00', fields: [shops.key] },
        to: { dataset: 'ds_shops00', fields: [keyName] },
        map: { alias: 'rel_shops0', path: mapPath },
      },
    ],
  }
}

async function writeMap(path: string, pairs: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run('create table map (from_key integer, to_row_id integer)')
  if (pairs.length > 0) await connection.run(`insert into map values ${pairs.join(', ')}`)
  await connection.run('checkpoint')
  connection.closeSync()
  instance.closeSync()
}

export function liveEngine(
  folder: string,
  fields: readonly Field[],
  rows: readonly Row[],
  lastDay: string,
): TestedEngine {
  const path = join(folder, `live-${Math.trunc(performance.now() * 1000)}.sqlite`)
  const database = new Database(path)
  const kinds: Record<string, string> = {
    integer: 'integer',
    decimal: 'real',
    double: 'real',
    boolean: 'integer',
  }
  const columns = fields.map(
    (field) => `${quoteIdentifier(field.name)} ${kinds[field.type] ?? 'text'}`,
  )
  database.exec(`create table "sales" (${columns.join(', ')})`)
  const insert = database.prepare(
    `insert into "sales" values (${fields.map(() => '?').join(', ')})`,
  )
  database.transaction(() => {
    for (const row of rows)
      insert.run(...fields.map((field) => sqliteValue(row[field.name] ?? null)))
  })()
  database.close()
  const session = openLiveSession(path, folder)
  const runner = sessionRunner(session)
  const storage = { kind: 'live' as const, path, table: 'sales' }
  const sales = { ...describedSales(fields, rows, lastDay), storage }
  return engine('sqlite', { datasets: [sales], relations: [] }, runner)
}

/** Days and moments are in the order of their texts. */
function firstDay({ name, type }: Field, rows: readonly Row[]): string | null {
  if (!isTemporal(type)) return null
  const days = rows.flatMap((row) => (row[name] == null ? [] : [String(row[name])]))
  return days.toSorted()[0] ?? null
}

/** A live table in which nobody counted anything, but for its days. */
export function describedSales(
  fields: readonly Field[],
  rows: readonly Row[],
  lastDay: string,
): Omit<QueryCatalog['datasets'][number], 'storage'> {
  const described = fields.map((field, index) => ({
    ...{ ...field, index, scale: field.scale ?? 0 },
    ...{ coded: false, wide: false, distinct: -1, min: firstDay(field, rows) },
  }))
  return dataset(described, rows.length, lastDay)
}

export const sqliteValue = (value: CellValue): string | number | null =>
  typeof value === 'boolean' ? Number(value) : value

/** Cells as plain values, for comparing: `cells[row][column][measure]`. */
export function plainCells(result: QueryResult): (number | string | null)[][][] {
  const width = result.columns.paths.length
  return result.rows.paths.map((_path, row) =>
    result.columns.paths.map((_column, column) =>
      result.cells.map((cells) => plain(cells, row * width + column)),
    ),
  )
}

function plain(cells: ValueColumn, index: number): number | string | null {
  if (cells.kind === 'text') return cells.values[index] ?? null
  const value = cells.values[index] ?? NaN
  if (Number.isNaN(value)) return null
  return cells.kind === 'scaled' ? value / 10 ** cells.scale : value
}
