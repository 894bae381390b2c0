/**
 * Pivot questions on one and ten million rows against the obvious SQL on plain columns, the floor of a scan over typed
 * arrays, pandas where the system has it and, up to a million rows, SQLite without indexes.
 * `node tests/bench/levels-bench.ts [rows] [rounds]`. Answers are compared before times; contenders take turns in one run;
 * memory is that of processes of their own. Prints medians as JSON.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import type { QueryResult } from '../../shared/query/query-result.ts'
import { peakOf } from './built-import.ts'
import { levelQuestions, sqlRows } from './level-questions.ts'
import type { LevelQuestion } from './level-questions.ts'
import type { Pandas } from './pandas-contender.ts'
import { openPandas } from './pandas-contender.ts'
import { askAll, checkEqual, median, openBench, processes, queryProcesses, threads, timed } from './pivot-contenders.ts' // prettier-ignore
import { treeKb } from './process-tree.ts'
import { writeSalesLines } from './sales-lines.ts'
import type { SqliteSales } from './sqlite-sales.ts'
import { openSqliteSales } from './sqlite-sales.ts'

type Ask = (statements: readonly string[]) => Promise<unknown[][]>
const mostSqliteRows = 1_000_000
const distinct = levelQuestions[1]

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

interface Contenders {
  readonly bench: Awaited<ReturnType<typeof openBench>>
  readonly plain: Ask
  readonly floor: () => Promise<unknown>
  readonly pandas: Pandas | undefined
  readonly sqlite: SqliteSales | undefined
}

let fresh = 0

async function measured(question: LevelQuestion, rounds: number, all: Contenders) {
  const { name, ask, obvious } = question
  const { bench, plain, floor, pandas, sqlite } = all
  const [first]: QueryResult[] = await askAll(bench.service, ask(`value${fresh++}`))
  if (first === undefined) throw new Error('nothing was asked')
  checkEqual(name, first, sqlRows(await plain(obvious)))
  const taken: Record<string, () => Promise<number>> = {
    service: () => timed(() => askAll(bench.service, ask(`value${fresh++}`))),
    plainTable: () => timed(() => plain(obvious)),
    ...(name === 'region × month' ? { floor: () => timed(floor) } : {}),
    ...(pandas ? { pandas: () => pandas.ask(name) } : {}),
  }
  const times = new Map(Object.keys(taken).map((key) => [key, [] as number[]]))
  for (let round = 0; round <= rounds; round++) {
    for (const [key, take] of Object.entries(taken)) {
      const ms = await take()
      if (round > 0) times.get(key)?.push(ms)
    }
  }
  // Seconds each: once is enough to tell ten times from one.
  if (sqlite) {
    const start = performance.now()
    const answer = sqlite.ask(question.sqlite)
    times.set('sqlite', [performance.now() - start])
    checkEqual(`${name}, SQLite`, first, sqlRows(answer))
  }
  return { name, ms: Object.fromEntries([...times].map(([key, list]) => [key, median(list)])) }
}

/** Peak MiB of a fresh process that asks the plain table for the distinct counts, one select a level. */
function plainPeak(path: string): number {
  const child = spawnSync(process.execPath, [import.meta.filename, '--peak', path], {
    encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error(child.stderr)
  return Number(child.stdout.trim().split('\n').at(-1))
}

/** Most MiB of the product's processes together, and of its query process, from the import to the last question. */
async function productPeaks(csv: string): Promise<{ tree: number; query: number }> {
  const child = spawn(process.execPath, [import.meta.filename, '--tree', csv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [tree, out, ended] = [0, '', false]
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  void code.then(() => (ended = true))
  while (!ended) {
    tree = Math.max(tree, treeKb(child.pid ?? 0) / 1024)
    await wait(200)
  }
  if ((await code) !== 0) throw new Error('the product ended early')
  return { tree, query: Number(out.trim().split('\n').at(-1)) }
}

async function askEverything(csv: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'levels-tree-'))
  const bench = await openBench(folder, csv)
  if (distinct) await askAll(bench.service, distinct.ask('peak'))
  console.log(Math.max(...queryProcesses().map(peakOf)))
  for (const { ask } of levelQuestions) await askAll(bench.service, ask(`value${fresh++}`))
  await bench.close()
  processes.endAll()
  rmSync(folder, { recursive: true, force: true })
}

async function compare(rows: number, rounds: number): Promise<unknown> {
  const kept = join(tmpdir(), 'storeboard-bench')
  mkdirSync(kept, { recursive: true })
  const csv = join(kept, `sales-${rows}.csv`)
  if (!existsSync(csv)) await writeSalesLines(csv, rows)
  const folder = mkdtempSync(join(tmpdir(), 'levels-bench-'))
  const path = join(folder, 'plain.duckdb')
  const peaks = await productPeaks(csv)
  const connection = await openPlain(path, csv)
  const contenders: Contenders = {
    bench: await openBench(folder, csv),
    async plain(statements) {
      const answers: unknown[][][] = []
      for (const sql of statements) answers.push((await connection.runAndReadAll(sql)).getRowsJS())
      return answers[0] ?? []
    },
    floor: await floorOf(connection, rows),
    pandas: await openPandas(csv),
    sqlite:
      rows <= mostSqliteRows
        ? await openSqliteSales(join(folder, 'plain.sqlite'), connection)
        : undefined,
  }
  const report = []
  for (const question of levelQuestions) report.push(await measured(question, rounds, contenders))
  connection.closeSync()
  contenders.pandas?.close()
  contenders.sqlite?.close()
  await contenders.bench.close()
  processes.endAll()
  const peakMb = { service: peaks.query, tree: peaks.tree, plainTable: plainPeak(path) }
  rmSync(folder, { recursive: true, force: true })
  return { rows, rounds, questions: report, peakMb }
}

const [mode = '', second = ''] = process.argv.slice(2)
if (mode === '--peak') {
  const plain = await openPlain(second)
  for (const sql of distinct?.obvious ?? []) await plain.runAndReadAll(sql)
  console.log(process.resourceUsage().maxRSS / 1024)
} else if (mode === '--tree') {
  await askEverything(second)
} else {
  console.log(JSON.stringify(await compare(Number(mode || 10_000_000), Number(second || 5)), null, 2)) // prettier-ignore
}
process.exit(0)
