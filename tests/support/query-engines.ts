import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { CellValue } from '../../shared/data/cell-value.ts'
import { parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { Field } from '../../shared/data/field.ts'
import type { QueryResult, ValueColumn } from '../../shared/query/query-result.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { DictionaryReader } from '../../electron/engine/query/dictionary-reader.ts'
import type { QueryCatalog, QueryField } from '../../electron/engine/query/query-catalog.ts'
import type { QueryRunner } from '../../electron/engine/query/query-runner.ts'
import { runQuery } from '../../electron/engine/query/run-query.ts'
import { quoteIdentifier } from '../../electron/engine/sql/printer.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { openLiveSession } from '../../electron/engine/runner/sqlite/live-session.ts'
import { buildExtract } from './build-extract.ts'
import type { BuiltField } from './build-extract.ts'
import type { Row } from './reference-pivot.ts'

/** One engine with one dataset `sales` in it, answering questions in this process. */
export interface TestedEngine {
  readonly name: string
  readonly catalog: QueryCatalog
  ask(query: ReportQueryInput): ReturnType<typeof runQuery>
}

function engine(name: string, catalog: QueryCatalog, runner: QueryRunner): TestedEngine {
  const dictionaries = new DictionaryReader(runner)
  const tools = { runner, dictionaries, clock: () => ({ today: 20_000 }), now: () => 0 }
  return {
    name,
    catalog,
    ask: (query) =>
      runQuery(ReportQuery.parse(query), catalog, tools, new AbortController().signal),
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
): Promise<TestedEngine> {
  const table = rows.map((row) => fields.map((field) => row[field.name] ?? null))
  const path = join(folder, `extract-${Math.trunc(performance.now() * 1000)}.duckdb`)
  const built = await buildExtract(path, fields, table)
  const session = await openExtractSession({
    kind: 'openExtracts',
    extracts: [{ alias: 'ds_sales00_v1', path }],
    memoryLimitMb: 512,
    tempFolder: folder,
    threads: 2,
  })
  let next = 1
  const runner: QueryRunner = {
    run: async (_target, { text, values }) => {
      const answer = await session.run(text, values, next++)
      return { rows: answer.rows, columns: new Map(answer.columns) }
    },
  }
  const described = built.fields.map((field, index) => ({ ...field, index }))
  const storage = { kind: 'extract' as const, alias: 'ds_sales00_v1', path }
  return engine(
    'extract',
    { datasets: [{ ...dataset(described, rows.length, lastDay), storage }], relations: [] },
    runner,
  )
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
  const session = openLiveSession(path)
  const runner: QueryRunner = {
    run: async (_target, { text, values }) => {
      const answer = await session.run(text, values, 0)
      return { rows: answer.rows, columns: new Map(answer.columns) }
    },
  }
  const described = fields.map((field, index) => ({
    ...field,
    index,
    scale: field.scale ?? 0,
    coded: false,
    wide: false,
    distinct: -1,
  }))
  const storage = { kind: 'live' as const, path, table: 'sales' }
  return engine(
    'sqlite',
    { datasets: [{ ...dataset(described, rows.length, lastDay), storage }], relations: [] },
    runner,
  )
}

const sqliteValue = (value: CellValue): string | number | null =>
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
