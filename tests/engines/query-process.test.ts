import { fork } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished, expect, it } from 'vitest'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ChildPort } from '../../electron/engine/host.ts'
import { QueryService } from '../../electron/engine/query/query-service.ts'
import type { QueryCatalog } from '../../electron/engine/query/query-catalog.ts'
import { ProcessRunner } from '../../electron/engine/runner/process-runner.ts'
import { buildExtract } from '../support/build-extract.ts'
import { plainCells } from '../support/query-engines.ts'
import { tempFolder } from '../support/temp-folder.ts'

const entry = join(import.meta.dirname, '../../electron/engine/runner/query-process.ts')

/** A real query process, as a host would start it. */
function startProcess(pids: number[]): ChildPort {
  const child = fork(entry, [], { serialization: 'advanced', stdio: 'ignore', execArgv: [] })
  if (child.pid !== undefined) pids.push(child.pid)
  let killed = false
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', () => listener(killed)),
    kill: () => {
      killed = true
      child.kill('SIGKILL')
    },
  }
}

async function service() {
  const folder = tempFolder()
  const pids: number[] = []
  const path = join(folder, 'sales.duckdb')
  const fields = [
    { name: 'region', type: 'text', role: 'dimension' },
    { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  ] as const
  const rows = Array.from({ length: 2000 }, (_, n) => [`R${n % 5}`, n / 100])
  const built = await buildExtract(path, fields, rows)
  let storage = { kind: 'extract' as const, alias: 'ds_sales00_v1', path }
  const catalog = (): QueryCatalog => ({
    datasets: [
      {
        id: 'ds_sales00',
        name: 'sales',
        version: storage.path === path ? 1 : 2,
        rows: rows.length,
        dataAsOf: '2026-01-01T00:00:00Z',
        lastDay: null,
        fields: built.fields.map((field, index) => ({ ...field, index })),
        storage,
      },
    ],
    relations: [],
  })
  let lost = 0
  const start = (): ProcessRunner => {
    const started = new ProcessRunner({
      startProcess: () => startProcess(pids),
      current: () => [storage],
      memoryLimitMb: 512,
      threads: 2,
      tempFolder: folder,
      timeoutMs: 60_000,
      graceMs: 500,
      onLost: () => lost++,
    })
    onTestFinished(() => started.close())
    return started
  }
  const runner = start()
  const background = start()
  const queries = new QueryService({
    runner,
    background,
    catalog,
    clock: () => ({ today: 0 }),
    now: () => performance.now(),
    cacheBytes: 1e6,
  })
  const moveTo = (next: string): void => {
    storage = { ...storage, alias: 'ds_sales00_v2', path: next }
  }
  return {
    queries,
    runner,
    background,
    pids,
    fields,
    folder,
    moveTo,
    target: { kind: 'extracts' as const, attach: [storage] },
    lost: () => lost,
  }
}

const byRegion = ReportQuery.parse({
  dataset: 'sales',
  rows: [{ field: 'region' }],
  measures: [{ field: 'amount', aggregate: 'sum' }],
  totals: { rows: 'grand' },
})
const heavy = {
  text: 'select count(*) as n from range(100000000) a, range(100000) b where a.range + b.range = -1',
  values: [],
}
const signal = (): AbortSignal => new AbortController().signal

it('answers from a process of its own, once for equal questions and from memory the next time', async () => {
  const { queries, pids } = await service()
  const [first, second] = await Promise.all([
    queries.run(byRegion, signal()),
    queries.run(byRegion, signal()),
  ])
  if (!first.ok) throw new Error(JSON.stringify(first.error))
  expect(second).toEqual(first)
  expect(plainCells(first.value).map((line) => line[0]?.[0])).toEqual([
    3990, 3994, 3998, 4002, 4006, 19990,
  ])
  const again = await queries.run(byRegion, signal())
  expect(again.ok && again.value.cached).toBe(true)
  expect(pids).toHaveLength(1)
})

it('stops a running question when it is withdrawn, and answers the next one from the same process', async () => {
  const { runner, target, queries, pids } = await service()
  const abort = new AbortController()
  const running = runner.run(target, heavy, abort.signal)
  setTimeout(() => abort.abort(), 300)
  await expect(running).rejects.toMatchObject({ appError: { code: 'query/cancelled' } })
  expect((await queries.run(byRegion, signal())).ok).toBe(true)
  expect(pids).toHaveLength(1)
})

it('says the process was lost when it dies, and starts another for the next question', async () => {
  const { runner, target, queries, pids, lost } = await service()
  const running = runner.run(target, heavy, signal())
  setTimeout(() => process.kill(pids[0]!, 'SIGKILL'), 300)
  await expect(running).rejects.toMatchObject({
    appError: { code: 'query/processLost', canRetry: true },
  })
  expect(lost()).toBe(1)
  expect((await queries.run(byRegion, signal())).ok).toBe(true)
  expect(pids).toHaveLength(2)
})

it('answers from the new version of a dataset after it was swapped, and never from the old one', async () => {
  const { queries, folder, fields, moveTo, pids } = await service()
  await queries.run(byRegion, signal())
  const next = join(folder, 'sales-2.duckdb')
  await buildExtract(next, fields, [['R0', 1]])
  moveTo(next)
  const answer = await queries.run(byRegion, signal())
  expect(answer.ok && plainCells(answer.value)).toEqual([[[1]], [[1]]])
  expect(pids).toHaveLength(2)
})

it('closes a list of rows when its dataset has another version, and leaves an export the version it began with', async () => {
  const { queries, folder, fields, moveTo } = await service()
  const request = { query: byRegion, fields: ['region'], sort: [], limit: 1 }
  const shown = await queries.openRows(request, signal())
  const exported = await queries.background.openRows(request, signal())
  if (!shown.ok || !exported.ok) throw new Error(JSON.stringify([shown, exported]))
  expect((await queries.rowsWindow(shown.value.key, 1, 1, signal())).ok).toBe(true)
  const next = join(folder, 'sales-2.duckdb')
  await buildExtract(next, fields, [['R9', 1]])
  moveTo(next)
  expect(await queries.rowsWindow(shown.value.key, 1, 1, signal())).toMatchObject({
    ok: false,
    error: { code: 'query/invalid', details: { reason: 'listClosed' } },
  })
  const page = await queries.background.rowsWindow(exported.value.key, 1, 1, signal())
  expect(page.ok && page.value.columns[0]?.values).toEqual(['R1'])
  const again = await queries.openRows(request, signal())
  expect(again.ok && [again.value.version, again.value.count]).toEqual([2, 1])
})

it('answers at the screen while the background is busy, and shares with it what was answered', async () => {
  const { queries, background, target, pids } = await service()
  const abort = new AbortController()
  let busy = true
  const long = background.run(target, heavy, abort.signal).finally(() => (busy = false))
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(pids).toHaveLength(1)
  const byScreen = await queries.run(byRegion, signal())
  expect(byScreen.ok && byScreen.value.cached).toBe(false)
  expect(busy).toBe(true)
  expect(pids).toHaveLength(2)
  const byExport = await queries.background.run(byRegion, signal())
  expect(byExport.ok && byExport.value.cached).toBe(true)
  abort.abort()
  await expect(long).rejects.toMatchObject({ appError: { code: 'query/cancelled' } })
})

it('asks again, on the next process, what was asked beside a question that had to be ended', async () => {
  const { runner, target, pids } = await service()
  const abort = new AbortController()
  const deaf = runner.run(target, heavy, abort.signal)
  const beside = runner.run(target, { text: 'select 1 as n', values: [] }, signal())
  await beside
  process.kill(pids[0]!, 'SIGSTOP')
  const waiting = runner.run(target, { text: 'select 2 as n', values: [] }, signal())
  abort.abort()
  await expect(deaf).rejects.toMatchObject({ appError: { code: 'query/cancelled' } })
  expect([...((await waiting).columns.get('n')?.values ?? [])]).toEqual([2])
  expect(pids).toHaveLength(2)
})
