import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import type { Member } from '../../shared/data/cell-value.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import type { TestedEngine } from './query-engines.ts'
import { extractEngine, liveEngine, plainCells } from './query-engines.ts'
import { referencePivot } from './reference-pivot.ts'
import { tinyFields, tinyLastDay, tinyRows } from './tiny-sales.ts'

type Value = number | string | null
/** By row, or by row and column: what a cell says; of several measures the list. */
export type Table = Readonly<Record<string, Readonly<Record<string, Value | readonly Value[]>>>>

const named = (path: readonly Member[]): string =>
  path.length === 0
    ? 'Total'
    : path
        .map((member) =>
          member === null ? '(blank)' : member === othersMember ? 'Others' : String(member),
        )
        .join('/')

let opened: Promise<readonly TestedEngine[]> | undefined
let folder: string | undefined

/** Opened once for all tests of a file: their folder stays until the last of them. */
function engines(): Promise<readonly TestedEngine[]> {
  const home = (folder ??= mkdtempSync(join(tmpdir(), 'storeboard-rules-')))
  opened ??= (async () => [
    await extractEngine(home, tinyFields, tinyRows, tinyLastDay),
    liveEngine(home, tinyFields, tinyRows, tinyLastDay),
  ])()
  return opened
}

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

type Asked = Omit<ReportQueryInput, 'dataset'>

/** Asks both engines; what they say must be the same, and the same as the naive reference says. */
export async function tinyAnswer(asked: Asked): Promise<QueryResult> {
  const query = ReportQuery.parse({ dataset: 'sales', ...asked })
  const results: QueryResult[] = []
  for (const engine of await engines()) {
    const outcome = await engine.ask(query)
    if (!outcome.ok) throw new Error(`${engine.name}: ${JSON.stringify(outcome.error)}`)
    results.push(outcome.value)
  }
  const [extract, live] = results
  if (!extract || !live) throw new Error('no engine')
  expect(tableOf(live), 'live SQLite equals the extract').toEqual(tableOf(extract))
  // What the reference has no rule for is left to the numbers worked by hand.
  if (
    query.totals.over === undefined &&
    query.calculated === undefined &&
    !query.measures.some(({ formula }) => formula !== undefined) &&
    query.totals.aside === undefined &&
    ![...query.rows, ...query.columns].some((use) => use.empty)
  ) {
    const expected = referencePivot(query, tinyFields, tinyRows, tinyLastDay)
    expect(extract.rows.paths).toEqual(expected.rows)
    expect(extract.columns.paths).toEqual(expected.columns)
    expect(rounded(plainCells(extract)), 'equals the naive reference').toEqual(
      rounded(expected.cells),
    )
  }
  return extract
}

export async function tinyTable(asked: Asked): Promise<Table> {
  return tableOf(await tinyAnswer(asked))
}

/** One measure, no columns: the value by row. */
export async function tinyValues(asked: Asked): Promise<Readonly<Record<string, Value>>> {
  const table = await tinyTable(asked)
  return Object.fromEntries(
    Object.entries(table).map(([row, cells]) => [row, cells['Total'] as Value]),
  )
}

function tableOf(result: QueryResult): Table {
  const cells = plainCells(result)
  return Object.fromEntries(
    result.rows.paths.map((row, r) => [
      named(row),
      Object.fromEntries(
        result.columns.paths.map((column, c) => {
          const values = (cells[r]?.[c] ?? []).map(round)
          return [named(column), values.length === 1 ? (values[0] ?? null) : values]
        }),
      ),
    ]),
  )
}

/** Doubles are compared to twelve digits; exact numbers have fewer. */
const round = (value: Value): Value =>
  typeof value === 'number' ? Number(value.toPrecision(12)) : value

const rounded = (cells: readonly (readonly (readonly Value[])[])[]): Value[][][] =>
  cells.map((line) => line.map((cell) => cell.map(round)))

export const sales = { field: 'amount', aggregate: 'sum', as: 'sales' } as const
export const byRegion = [{ field: 'region' }] as const
export const byShop = [{ field: 'region' }, { field: 'shop' }] as const
export const byMonth = [{ field: 'day', grain: 'month' }] as const
