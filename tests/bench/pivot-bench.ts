/**
 * Five pivot questions on a million rows through the query service, beside the same statements given straight to the
 * engine, the obvious SQL on a plain table, and SQLite without indexes. `node tests/bench/pivot-bench.ts [rows] [rounds]`.
 * Answers are compared before times; contenders take turns in one run. Prints medians as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import Database from 'better-sqlite3'
import { numberAt } from '../../shared/query/cell-reading.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { QueryRunner, RunTarget } from '../../electron/engine/query/query-runner.ts'
import { QueryService } from '../../electron/engine/query/query-service.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { ProcessRunner } from '../../electron/engine/runner/process-runner.ts'
import { queryCatalog } from '../../electron/engine/workspace/dataset-words.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { createProcessStarter } from '../../electron/hosts/loopback/child-process.ts'
import type { Printed } from '../../electron/engine/sql/printer.ts'
import { partOf } from '../support/import-files.ts'
import { salesColumns, writeSalesLines } from './sales-lines.ts'

const threads = 2
const memoryLimitMb = 2048
const built = join(import.meta.dirname, '../../out/main')
const processes = createProcessStarter({
  query: join(built, 'query.js'),
  job: join(built, 'job.js'),
})
const sum = (as: string) => ({ field: 'amount', aggregate: 'sum' as const, as })

interface Question {
  readonly name: string
  /** `as` names the measure: a new name makes a new question for the cache and the same SQL for the engine. */
  readonly ask: (as: string) => readonly ReportQueryInput[]
  /** Members, then measures; null for what a subtotal leaves out. Checked against the answer to the first query. */
  readonly obvious: string
}

const blocks: readonly Omit<ReportQueryInput, 'dataset'>[] = [
  ...['region', 'store', 'category', 'subcategory', 'channel', 'product'].map((field) => ({
    rows: [{ field }],
  })),
  { rows: [{ field: 'sold_at', grain: 'month' as const }] },
  { rows: [{ field: 'sold_at', grain: 'quarter' as const }], columns: [{ field: 'channel' }] },
  { rows: [{ field: 'region' }], columns: [{ field: 'category' }] },
  { rows: [{ field: 'channel' }], columns: [{ field: 'category' }] },
  { rows: [{ field: 'store' }], columns: [{ field: 'channel' }] },
  {},
]

const questions: readonly Question[] = [
  {
    name: 'region × month, sum',
    ask: (as) => [
      { dataset: 'sales', rows: [{ field: 'region' }], columns: [{ field: 'sold_at', grain: 'month' }], measures: [sum(as)] },
    ], // prettier-ignore
    obvious: `select region, strftime(sold_at, '%Y-%m'), sum(amount)::double from sales group by all`,
  },
  {
    name: 'category, subcategory × quarter, distinct customers, all subtotals',
    ask: (as) => [
      {
        dataset: 'sales',
        rows: [{ field: 'category' }, { field: 'subcategory' }],
        columns: [{ field: 'sold_at', grain: 'quarter' }],
        measures: [sum(as), { field: 'customer', aggregate: 'countDistinct', as: 'customers' }],
        totals: { rows: 'all', columns: 'all' },
      },
    ],
    obvious: `select category, subcategory, q, sum(amount)::double, count(distinct customer)::double
      from (select *, year(sold_at) || '-Q' || quarter(sold_at) as q from sales)
      group by grouping sets ((category, subcategory, q), (category, q), (q), (category, subcategory), (category), ())`,
  },
  {
    name: 'top 20 customers, filtered',
    ask: (as) => [
      {
        dataset: 'sales',
        rows: [{ field: 'customer', top: { count: 20, measure: as }, sort: { by: 'measure', measure: as, direction: 'descending' } }],
        measures: [sum(as)],
        filters: [{ field: 'region', op: 'in', values: ['region 1', 'region 4'] }],
      },
    ], // prettier-ignore
    obvious: `select customer, sum(amount)::double from sales where region in ('region 1', 'region 4')
      group by customer order by sum(amount) desc, customer limit 20`,
  },
  {
    name: 'category drilled to stores',
    ask: (as) => [
      { dataset: 'sales', rows: [{ field: 'store' }], measures: [sum(as)], filters: [{ field: 'category', op: 'in', values: ['category 3'] }] },
    ], // prettier-ignore
    obvious: `select store, sum(amount)::double from sales where category = 'category 3' group by store`,
  },
  {
    name: 'twelve blocks after one filter',
    ask: (as) =>
      blocks.map((block) => ({
        ...block,
        dataset: 'sales',
        measures: [sum(as)],
        filters: [{ field: 'region', op: 'notIn', values: ['region 5'] }],
      })),
    obvious: `select region, sum(amount)::double from sales where region <> 'region 5' group by region`,
  },
]

type Line = readonly [key: string, values: readonly number[]]

/** Cells as lines: the path without what a subtotal leaves out, and the measures in cents. */
function linesOf(result: QueryResult): Line[] {
  const width = result.columns.paths.length
  return result.rows.paths.flatMap((row, r) =>
    result.columns.paths.flatMap((column, c): Line[] => {
      const values = result.cells.map((cells) => numberAt(cells, r * width + c))
      if (values.every((value) => value === null)) return []
      return [[[...row, '|', ...column].join(), values.map((value) => Math.round((value ?? 0) * 100))]] // prettier-ignore
    }),
  )
}

function checkEqual(name: string, result: QueryResult, rows: readonly unknown[][]): void {
  const depth = result.rows.fields.length
  const across = result.columns.fields.length
  const wanted = new Map(
    rows.map((row) => {
      const path = row.slice(0, depth).filter((member) => member !== null)
      const over = row.slice(depth, depth + across).filter((member) => member !== null)
      const values = row.slice(depth + across).map((value) => Math.round(Number(value) * 100))
      return [[...path, '|', ...over].map(String).join(), values]
    }),
  )
  const given = linesOf(result)
  const differs = given.find(([key, values]) => wanted.get(key)?.join() !== values.join())
  if (differs || given.length !== wanted.size) {
    throw new Error(`${name}: ${JSON.stringify(differs)}, ${given.length} of ${wanted.size} lines`)
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** As the contract's batch does: two questions at once. */
async function askAll(service: QueryService, queries: readonly ReportQueryInput[]) {
  const results: QueryResult[] = []
  const waiting = queries.map((query, index) => ({ query: ReportQuery.parse(query), index }))
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const answer = await service.run(next.query, new AbortController().signal)
      if (!answer.ok) throw new Error(JSON.stringify(answer.error))
      results[next.index] = answer.value
    }
  }
  await Promise.all([work(), work()])
  return results
}

async function openBench(folder: string, csv: string) {
  const workspace = await Workspace.open(join(folder, 'space'), {
    kind: 'cli',
    now: () => new Date(),
    runJob: jobRunner(() => processes.start('job')),
    memoryLimitMb,
    threads,
  })
  const order = { name: 'sales', mode: 'fail' as const, overrides: [], parts: [] }
  const signal = new AbortController().signal
  await importDatasets(workspace, [{ order, parts: [partOf(csv)], signal, onProgress: () => undefined }]) // prettier-ignore
  const catalog = queryCatalog(workspace)
  const extracts = catalog.datasets.flatMap(({ storage }) => (storage.kind === 'extract' ? [storage] : [])) // prettier-ignore
  const limits = { memoryLimitMb, threads, tempFolder: folder, timeoutMs: 600_000, graceMs: 1000 }
  const runner = new ProcessRunner({
    ...limits,
    startProcess: () => processes.start('query'),
    current: () => extracts,
  })
  const asked: Printed[] = []
  const recording: QueryRunner = {
    run(target: RunTarget, statement: Printed, own: AbortSignal) {
      asked.push(statement)
      return runner.run(target, statement, own)
    },
  }
  const tools = { catalog: () => catalog, clock: () => ({ today: 20_000 }), now: () => performance.now(), cacheBytes: 64e6 } // prettier-ignore
  const session = await openExtractSession({ kind: 'openExtracts', extracts, ...limits })
  return {
    service: new QueryService({ runner, ...tools }),
    /** The statements a question becomes. */
    async record(queries: readonly ReportQueryInput[]) {
      asked.length = 0
      const results = await askAll(new QueryService({ runner: recording, ...tools }), queries)
      return { statements: [...asked], results }
    },
    session,
    async close() {
      runner.close()
      await workspace.close()
    },
  }
}

const rows = Number(process.argv[2] ?? 1_000_000)
const rounds = Number(process.argv[3] ?? 7)
const folder = mkdtempSync(join(tmpdir(), 'pivot-bench-'))
const csv = join(folder, 'sales.csv')
await writeSalesLines(csv, rows)
const bench = await openBench(folder, csv)
const plain = await (await DuckDBInstance.create(join(folder, 'plain.duckdb'), { threads: String(threads) })).connect() // prettier-ignore
await plain.run(`create table sales as select * replace (sold_at::timestamp as sold_at, amount::decimal(18,2) as amount) from read_csv('${csv.replaceAll("'", "''")}')`) // prettier-ignore
await plain.run('checkpoint')
const lite = new Database(join(folder, 'plain.sqlite'))
const columns = salesColumns
lite.exec(`create table sales (${columns.join(', ')})`)
const insert = lite.prepare(`insert into sales values (${columns.map(() => '?').join(', ')})`)
const all = await plain.stream(`select * replace (strftime(sold_at, '%Y-%m-%d %H:%M:%S') as sold_at, amount::double as amount, quantity::double as quantity) from sales`) // prettier-ignore
lite.exec('begin')
for (
  let chunk = await all.fetchChunk();
  chunk && chunk.rowCount > 0;
  chunk = await all.fetchChunk()
) {
  for (const row of chunk.getRows()) insert.run(row)
}
lite.exec('commit')
const liteSum = lite.prepare('select region, substr(sold_at, 1, 7), sum(amount) from sales group by 1, 2').raw() // prettier-ignore

const quickMs = 200
const quickRounds = 4
let fresh = 0
const report = []
for (const { name, ask, obvious } of questions) {
  const { statements, results } = await bench.record(ask('value'))
  const [first] = results
  if (first === undefined) throw new Error('nothing was asked')
  const obviousRows = async () => (await plain.runAndReadAll(obvious)).getRowsJS()
  checkEqual(name, first, await obviousRows())
  const isFirst = name === questions[0]?.name
  // better-sqlite3 answers rows as arrays when asked raw.
  if (isFirst) checkEqual(`${name}, SQLite`, first, liteSum.all() as unknown[][])
  const contenders: Record<string, () => Promise<unknown>> = {
    service: () => askAll(bench.service, ask(`value${fresh++}`)),
    straight: async () => {
      const waiting = statements.map(({ text, values }, id) => ({ text, values, id: id + 1 }))
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          await bench.session.run(next.text, next.values, next.id)
        }
      }
      // Statements of one question wait for each other in the service, so they do here.
      await (results.length > 1 ? Promise.all([work(), work()]) : work())
    },
    plainTable: obviousRows,
    ...(isFirst ? { sqlite: () => Promise.resolve(liteSum.all()) } : {}),
  }
  const times = new Map(Object.keys(contenders).map((key) => [key, [] as number[]]))
  const warming = quickRounds
  let turns = warming + rounds
  for (let round = 0; round < turns; round++) {
    for (const [key, work] of Object.entries(contenders)) {
      const ms = await timed(work)
      // A question of some milliseconds is taken more often: as few as for a long one would time the warming up.
      if (round === 0 && key === 'service' && ms < quickMs) turns = warming + rounds * quickRounds
      if (round >= warming) times.get(key)?.push(ms)
    }
  }
  const medians = Object.fromEntries([...times].map(([key, list]) => [key, median(list)]))
  report.push({ name, queries: results.length, statements: statements.length, ms: medians })
}
console.log(JSON.stringify({ rows, rounds, questions: report }, null, 2))
await bench.close()
processes.endAll()
lite.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
