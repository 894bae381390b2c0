/** What the benchmarks of pivot questions share: a workspace with one dataset, its service in real processes, and how answers are compared. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

export const threads = 2
const memoryLimitMb = 2048
const built = join(import.meta.dirname, '../../out/main')
export const processes = createProcessStarter({
  query: join(built, 'query.js'),
  job: join(built, 'job.js'),
})
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

export function checkEqual(name: string, result: QueryResult, rows: readonly unknown[][]): void {
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

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** As the contract's batch does: two questions at once. */
export async function askAll(service: QueryService, queries: readonly ReportQueryInput[]) {
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

/** Of this process's own children, those that ask the engine; none where the system does not list them. */
export function queryProcesses(): number[] {
  const list = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
  const children = list.trim().split(' ').map(Number)
  return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('query.js'))
}

export async function openBench(folder: string, csv: string) {
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
  const tools = { catalog: () => catalog, clock: () => ({ today: 20_000 }), now: () => performance.now(), cacheBytes: 0 } // prettier-ignore
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
