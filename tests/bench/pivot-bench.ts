/**
 * Five pivot questions on a million rows through the query service, beside the same statements given straight to the
 * engine, the obvious SQL on a plain table, and SQLite without indexes. `node tests/bench/pivot-bench.ts [rows] [rounds]`.
 * Answers are compared before times; contenders take turns in one run. Prints medians as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import {
  askAll,
  checkEqual,
  median,
  openBench,
  processes,
  threads,
  timed,
} from './pivot-contenders.ts'
import { writeSalesLines } from './sales-lines.ts'
import { openSqliteSales } from './sqlite-sales.ts'

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

const rows = Number(process.argv[2] ?? 1_000_000)
const rounds = Number(process.argv[3] ?? 7)
const folder = mkdtempSync(join(tmpdir(), 'pivot-bench-'))
const csv = join(folder, 'sales.csv')
await writeSalesLines(csv, rows)
const bench = await openBench(folder, csv)
const plain = await (await DuckDBInstance.create(join(folder, 'plain.duckdb'), { threads: String(threads) })).connect() // prettier-ignore
await plain.run(`create table sales as select * replace (sold_at::timestamp as sold_at, amount::decimal(18,2) as amount) from read_csv('${csv.replaceAll("'", "''")}')`) // prettier-ignore
await plain.run('checkpoint')
const lite = await openSqliteSales(join(folder, 'plain.sqlite'), plain)
const liteSum = ['select region, substr(sold_at, 1, 7), sum(amount) from sales group by 1, 2']

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
  if (isFirst) checkEqual(`${name}, SQLite`, first, lite.ask(liteSum))
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
    ...(isFirst ? { sqlite: () => Promise.resolve(lite.ask(liteSum)) } : {}),
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
