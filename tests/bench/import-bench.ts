/**
 * A 300,000 × 14 workbook to a queryable extract by the built job process, beside exceljs merely reading it and zlib
 * merely inflating it.
 * `node tests/bench/import-bench.ts [rows] [rounds]`. Each contender runs in a process of its own, in turn; results are
 * compared before times. Prints one JSON line of medians and ratios.
 */
import { fork, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WorkbookWriter } from '../../electron/engine/exports/xlsx-stream/workbook-writer.ts'
import type { CellValue, SheetColumn } from '../../electron/engine/exports/xlsx-stream/table.ts'
import { processFlags } from '../../electron/engine/host.ts'
import { sourceLimits } from '../../electron/engine/sources/source-limits.ts'
import { readZipDirectory } from '../../electron/engine/sources/zip/zip-directory.ts'
import { readEntry } from '../../electron/engine/sources/zip/zip-entry.ts'
import type {
  ImportJobOrder,
  ImportOutcome,
} from '../../electron/engine/runner/import/import-order.ts'
import type { FromJob, StartJob } from '../../electron/engine/runner/jobs/job-messages.ts'
import { askExtract, partOf } from '../support/import-files.ts'

const builtJob = join(import.meta.dirname, '../../out/main/job.js')

const columns: readonly SheetColumn[] = [
  { title: '小票号', kind: 'text' },
  { title: '时间', kind: 'timestamp' },
  { title: '门店', kind: 'text' },
  { title: '区域', kind: 'text' },
  { title: '会员', kind: 'text' },
  { title: '商品', kind: 'text' },
  { title: '大类', kind: 'text' },
  { title: '小类', kind: 'text' },
  { title: '品牌', kind: 'text' },
  { title: '渠道', kind: 'text' },
  { title: '数量', kind: 'number' },
  { title: '单价', kind: 'decimal', format: '#,##0.00' },
  { title: '折扣', kind: 'decimal', format: '#,##0.00' },
  { title: '金额', kind: 'decimal', format: '#,##0.00' },
]

function* rowsOf(count: number): Generator<CellValue[]> {
  let state = 12_345
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  for (let i = 0; i < count; i++) {
    const price = 100 + next(9900)
    const quantity = 1 + next(5)
    const product = next(3000)
    const shop = next(40)
    yield [
      `R${String(Math.floor(i / 3)).padStart(9, '0')}`, 1_672_531_200_000 + i * 300_000, `门店${shop}`, `区域${shop % 6}`,
      `M${String(next(200_000)).padStart(6, '0')}`, `商品${product}`, `大类${product % 12}`, `小类${product % 60}`, `品牌${product % 150}`,
      ['门店', '小程序', '外卖', '团购'][next(4)] ?? '', quantity, (price / 100).toFixed(2), '0.00', ((price * quantity) / 100).toFixed(2),
    ] // prettier-ignore
  }
}

async function makeFixture(path: string, rows: number): Promise<void> {
  const book = await WorkbookWriter.create(path, { level: 6 })
  const sheet = await book.addSheet({ name: '明细', columns })
  await sheet.writeRows(rowsOf(rows))
  await book.finish()
}

interface Run {
  readonly ms: number
  readonly peakMb: number
  readonly rows: number
  readonly total: string
}

/** The product's own job process, as built: from its start until it says the extract is whole. */
function importBuilt(order: ImportJobOrder): Promise<{ rows: number; peakMb: number }> {
  const child = fork(builtJob, [], {
    serialization: 'advanced',
    execArgv: [...processFlags],
  })
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the job process ended early')))
    child.on('message', (raw) => {
      // Job processes are ours and speak only this.
      const message = raw as FromJob
      if (message.kind === 'jobFailed') reject(new Error(message.error.code))
      if (message.kind !== 'jobDone') return
      const peakMb = peakOf(child.pid ?? 0)
      child.kill('SIGKILL')
      resolve({ rows: (message.outcome as ImportOutcome).rows, peakMb })
    })
    child.send({ kind: 'job', job: 'import', order } satisfies StartJob)
  })
}

/** Largest resident size of another process so far; 0 where the system does not say. */
function peakOf(pid: number): number {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return 0
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1024
}

const contenders: Readonly<
  Record<string, (path: string) => Promise<Pick<Run, 'rows' | 'total'> & Partial<Run>>>
> = {
  storeboard: async (path) => {
    const folder = mkdtempSync(join(tmpdir(), 'import-bench-'))
    const target = join(folder, 'extract.duckdb')
    const order = {
      ...{ datasetId: 'ds_bench0', version: 1, parts: [partOf(path)], overrides: [], target },
      ...{ tempFolder: folder, memoryLimitMb: 1024, threads: 2, knownHashes: [] },
    }
    const start = performance.now()
    const { rows, peakMb } = await importBuilt(order)
    const ms = performance.now() - start
    const [sum] = await askExtract(target, folder, 'select sum(c13)::varchar from a.rows')
    rmSync(folder, { recursive: true, force: true })
    return { rows, total: String(sum?.[0]), ms, peakMb }
  },
  exceljs: async (path) => {
    const { default: exceljs } = await import('exceljs')
    const reader = new exceljs.stream.xlsx.WorkbookReader(path, {
      sharedStrings: 'cache', styles: 'cache', worksheets: 'emit', entries: 'emit', hyperlinks: 'ignore',
    }) // prettier-ignore
    let rows = -1
    let cents = 0
    for await (const sheet of reader) {
      for await (const row of sheet) {
        if (rows++ >= 0) cents += Math.round(Number(row.getCell(14).value) * 100)
      }
    }
    return { rows, total: (cents / 100).toFixed(2) }
  },
  inflate: async (path) => {
    const file = await open(path, 'r')
    const directory = await readZipDirectory(file, sourceLimits)
    for (const entry of directory.entries.values()) {
      for await (const piece of readEntry({ path, file, directory }, entry)) piece.at(0)
    }
    await file.close()
    return { rows: -1, total: '' }
  },
}

async function runOne(name: string, path: string): Promise<Run> {
  const work = contenders[name]
  if (work === undefined) throw new Error(`no contender ${name}`)
  const start = performance.now()
  const done = await work(path)
  const ms = performance.now() - start
  return { ms, peakMb: process.resourceUsage().maxRSS / 1024, ...done }
}

function runApart(name: string, path: string): Run {
  const child = spawnSync(process.execPath, [import.meta.filename, '--only', name, path], {
    encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error(child.stderr)
  // Printed by this very file in the other process.
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Run
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

function compare(path: string, rounds: number): unknown {
  const names = Object.keys(contenders)
  const runs = new Map<string, Run[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs.get(name)?.push(runApart(name, path))
  }
  const [ours] = runs.get('storeboard') ?? []
  const [theirs] = runs.get('exceljs') ?? []
  if (ours?.rows !== theirs?.rows || ours?.total !== theirs?.total) {
    throw new Error(`results differ: ${JSON.stringify([ours, theirs])}`)
  }
  const ms = (name: string): number =>
    Math.round(median((runs.get(name) ?? []).map((run) => run.ms)))
  const peak = (name: string): number =>
    Math.round(Math.max(...(runs.get(name) ?? []).map((run) => run.peakMb)))
  return {
    rows: ours?.rows,
    total: ours?.total,
    ms: Object.fromEntries(names.map((name) => [name, ms(name)])),
    peakMb: Object.fromEntries(names.map((name) => [name, peak(name)])),
    fasterThanExceljs: ms('exceljs') / ms('storeboard'),
    timesInflate: ms('storeboard') / ms('inflate'),
    memoryOverExceljs: peak('storeboard') / peak('exceljs'),
  }
}

if (process.argv[2] === '--only') {
  console.log(JSON.stringify(await runOne(process.argv[3] ?? '', process.argv[4] ?? '')))
} else {
  const rows = Number(process.argv[2] ?? 300_000)
  const rounds = Number(process.argv[3] ?? 5)
  const folder = join(tmpdir(), 'storeboard-bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `lines-${rows}.xlsx`)
  if (!existsSync(path)) await makeFixture(path, rows)
  console.log(JSON.stringify(compare(path, rounds), null, 2))
}
