/**
 * Pivot questions on ten million rows against the obvious SQL on plain columns and the floor of a scan over typed arrays.
 * `node tests/bench/levels-bench.ts [rows] [rounds]`. Answers are compared before times; contenders take turns in one run;
 * the memory of exact distinct counts is that of a process of its own each. Prints medians as JSON.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { peakOf } from './built-import.ts'
import {
  checkEqual,
  askAll,
  median,
  openBench,
  processes,
  queryProcesses,
  threads,
  timed,
} from './pivot-contenders.ts'
import { writeSalesLines } from './sales-lines.ts'

const quarter = `year(sold_at) || '-Q' || quarter(sold_at)`
const month = `strftime(sold_at, '%Y-%m')`
const levels = [
  'category, subcategory, q', 'category, q', 'q', 'category, subcategory', 'category', '',
] as const // prettier-ignore
const tree = `(select *, ${quarter} as q from sales)`

/** One grouped select for each level, as people write it who know that grouping sets are slow with distinct counts. */
const distinctByLevel = levels
  .map((level) => {
    const has = (name: string): string =>
      level.split(', ').includes(name) ? name : `null as ${name}`
    const columns = ['category', 'subcategory', 'q'].map(has).join(', ')
    const group = level === '' ? '' : ` group by ${level}`
    return `select ${columns}, sum(amount)::double, count(distinct customer)::double from ${tree}${group}`
  })
  .join(' union all ')

const groupingSets = `select category, subcategory, q, sum(amount)::double, count(*)::double from ${tree}
  group by grouping sets (${levels.map((level) => `(${level})`).join(', ')})`

const sum = (as: string) => ({ field: 'amount', aggregate: 'sum' as const, as })
const tree3 = {
  dataset: 'sales',
  rows: [{ field: 'category' }, { field: 'subcategory' }],
  columns: [{ field: 'sold_at', grain: 'quarter' as const }],
  totals: { rows: 'all' as const, columns: 'all' as const },
}

const blocks: readonly { readonly ask: Omit<ReportQueryInput, 'dataset'>; readonly by: string }[] = [
  ...['region', 'store', 'category', 'subcategory', 'channel', 'product'].map((field) => {
    return { ask: { rows: [{ field }] }, by: field }
  }),
  { ask: { rows: [{ field: 'sold_at', grain: 'month' }] }, by: month },
  { ask: { rows: [{ field: 'sold_at', grain: 'quarter' }], columns: [{ field: 'channel' }] }, by: `${quarter}, channel` },
  { ask: { rows: [{ field: 'region' }], columns: [{ field: 'category' }] }, by: 'region, category' },
  { ask: { rows: [{ field: 'channel' }], columns: [{ field: 'category' }] }, by: 'channel, category' },
  { ask: { rows: [{ field: 'store' }], columns: [{ field: 'channel' }] }, by: 'store, channel' },
  { ask: {}, by: '' },
] // prettier-ignore

interface Question {
  readonly name: string
  readonly ask: (as: string) => readonly ReportQueryInput[]
  /** Statements in sequence; the first answers the first query. */
  readonly obvious: readonly string[]
}

const questions: readonly Question[] = [
  {
    name: 'region × month',
    ask: (as) => [
      { dataset: 'sales', rows: [{ field: 'region' }], columns: [{ field: 'sold_at', grain: 'month' }], measures: [sum(as)] },
    ],
    obvious: [`select region, ${month}, sum(amount)::double from sales group by all`],
  },
  {
    name: 'three levels, exact distinct customers, all totals',
    ask: (as) => [
      { ...tree3, measures: [sum(as), { field: 'customer', aggregate: 'countDistinct', as: `${as} customers` }] },
    ],
    obvious: [distinctByLevel],
  },
  {
    name: 'three levels, additive, all totals',
    ask: (as) => [{ ...tree3, measures: [sum(as), { aggregate: 'count', as: `${as} rows` }] }],
    obvious: [groupingSets],
  },
  {
    name: 'category drilled to stores',
    ask: (as) => [
      { dataset: 'sales', rows: [{ field: 'store' }], measures: [sum(as)], filters: [{ field: 'category', op: 'in', values: ['category 3'] }] },
    ],
    obvious: [`select store, sum(amount)::double from sales where category = 'category 3' group by store`],
  },
  {
    name: 'top 20 customers per region',
    ask: (as) => [
      { dataset: 'sales', rows: [{ field: 'region' }, { field: 'customer', top: { count: 20, measure: as } }], measures: [sum(as)] },
    ],
    obvious: [
      `select region, customer, sum(amount)::double from sales group by region, customer
       qualify row_number() over (partition by region order by sum(amount) desc, customer) <= 20`,
    ],
  },
  {
    name: 'twelve blocks after one filter',
    ask: (as) =>
      blocks.map(({ ask }) => ({
        ...ask,
        dataset: 'sales',
        measures: [sum(as)],
        filters: [{ field: 'region', op: 'notIn', values: ['region 5'] }],
      })),
    obvious: blocks.map(({ by }) => {
      const columns = by === '' ? '' : `${by}, `
      return `select ${columns}sum(amount)::double from sales where region <> 'region 5'${by === '' ? '' : ' group by all'}`
    }),
  },
] // prettier-ignore

async function openPlain(path: string, csv?: string): Promise<DuckDBConnection> {
  const options = { threads: String(threads), memory_limit: '4096MB' }
  const connection = await (await DuckDBInstance.create(path, options)).connect()
  if (csv === undefined) return connection
  await connection.run(
    `create table sales as select * replace (sold_at::timestamp as sold_at, amount::decimal(18,2) as amount)
       from read_csv('${csv.replaceAll("'", "''")}')`,
  )
  await connection.run('checkpoint')
  return connection
}

/** Region and month as small numbers, cents as doubles: the scan nobody beats in this language on one thread. */
async function floorOf(plain: DuckDBConnection, rows: number): Promise<() => Promise<unknown>> {
  const regions = new Uint8Array(rows)
  const months = new Uint8Array(rows)
  const cents = new Float64Array(rows)
  const result = await plain.stream(
    `select right(region, 1)::integer, datediff('month', date '2023-01-01', sold_at)::integer, (amount * 100)::double from sales`,
  )
  let at = 0
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const [region = [], monthNumber = [], amount = []] = chunk.getColumns()
    for (let i = 0; i < chunk.rowCount; i++, at++) {
      regions[at] = Number(region[i])
      months[at] = Number(monthNumber[i])
      cents[at] = Number(amount[i])
    }
  }
  return () => {
    const sums = new Float64Array(256 * 64)
    for (let i = 0; i < rows; i++) {
      const cell = ((months[i] as number) << 6) | (regions[i] as number) // both hold `rows`
      sums[cell] = (sums[cell] as number) + (cents[i] as number)
    }
    return Promise.resolve(sums)
  }
}

/** Peak MiB of a fresh process that asks the plain table for the distinct counts, one select a level. */
function plainPeak(path: string): number {
  const child = spawnSync(process.execPath, [import.meta.filename, '--peak', path], {
    encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error(child.stderr)
  return Number(child.stdout.trim().split('\n').at(-1))
}

async function compare(rows: number, rounds: number): Promise<unknown> {
  const kept = join(tmpdir(), 'storeboard-bench')
  mkdirSync(kept, { recursive: true })
  const csv = join(kept, `sales-${rows}.csv`)
  if (!existsSync(csv)) await writeSalesLines(csv, rows)
  const folder = mkdtempSync(join(tmpdir(), 'levels-bench-'))
  const path = join(folder, 'plain.duckdb')
  const bench = await openBench(folder, csv)
  const plain = await openPlain(path, csv)
  const floor = await floorOf(plain, rows)
  const report = []
  let fresh = 0
  for (const { name, ask, obvious } of questions) {
    const all = async (): Promise<unknown[][]> => {
      const answers: unknown[][][] = []
      for (const sql of obvious) answers.push((await plain.runAndReadAll(sql)).getRowsJS())
      return answers[0] ?? []
    }
    const results: QueryResult[] = await askAll(bench.service, ask(`value${fresh++}`))
    const [first] = results
    if (first === undefined) throw new Error('nothing was asked')
    checkEqual(name, first, await all())
    const contenders: Record<string, () => Promise<unknown>> = {
      service: () => askAll(bench.service, ask(`value${fresh++}`)),
      plainTable: all,
      ...(name === 'region × month' ? { floor } : {}),
    }
    const times = new Map(Object.keys(contenders).map((key) => [key, [] as number[]]))
    for (let round = 0; round <= rounds; round++) {
      for (const [key, work] of Object.entries(contenders)) {
        const ms = await timed(work)
        if (round > 0) times.get(key)?.push(ms)
      }
    }
    report.push({
      name,
      ms: Object.fromEntries([...times].map(([key, list]) => [key, median(list)])),
    })
  }
  const distinct = questions[1]
  if (distinct === undefined) throw new Error('no distinct counts')
  plain.closeSync()
  await bench.close()
  processes.endAll()
  const second = await openBench(mkdtempSync(join(folder, 'peak-')), csv)
  await askAll(second.service, distinct.ask('peak'))
  const peakMb = { service: Math.max(...queryProcesses().map(peakOf)), plainTable: plainPeak(path) }
  await second.close()
  processes.endAll()
  rmSync(folder, { recursive: true, force: true })
  return { rows, rounds, questions: report, peakMb }
}

if (process.argv[2] === '--peak') {
  const plain = await openPlain(process.argv[3] ?? '')
  await plain.runAndReadAll(distinctByLevel)
  console.log(process.resourceUsage().maxRSS / 1024)
} else {
  const report = await compare(Number(process.argv[2] ?? 10_000_000), Number(process.argv[3] ?? 5))
  console.log(JSON.stringify(report, null, 2))
}
process.exit(0)
