/** The product's own import, as built, in its own process, with the most memory it held. */
import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processFlags } from '../../electron/engine/host.ts'
import type {
  ImportJobOrder,
  ImportOutcome,
  JobPart,
} from '../../electron/engine/runner/import/import-order.ts'
import type { PrepareOrder } from '../../electron/engine/runner/prepare/prepare-order.ts'
import type { FromJob } from '../../electron/engine/runner/jobs/job-messages.ts'
import { askExtract } from '../support/import-files.ts'

const builtJob = join(import.meta.dirname, '../../out/main/job.js')

export interface Run {
  readonly ms: number
  readonly peakMb: number
  readonly rows: number
  readonly total: string
}

/** From the start of the process to the finished extract, and what its column `total` adds up to. */
export async function builtImport(part: JobPart, total: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'import-bench-'))
  const target = join(folder, 'extract.duckdb')
  const order = {
    ...{ datasetId: 'ds_bench0', version: 1, parts: [part], overrides: [], target },
    ...{ tempFolder: folder, memoryLimitMb: 1024, threads: 2, knownHashes: [] },
  }
  try {
    const start = performance.now()
    const {
      outcome: { rows },
      peakMb,
    } = await importBuilt(order)
    const ms = performance.now() - start
    const [sum] = await askExtract(target, folder, `select sum(${total})::varchar from a.rows`)
    return { rows, total: String(sum?.[0]), ms, peakMb }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

export async function importBuilt(order: ImportJobOrder) {
  const { outcome, peakMb } = await jobBuilt('import', order)
  return { outcome: outcome as ImportOutcome, peakMb }
}

/** The product's own job process, as built: from its start until it says the extract is whole. */
export function jobBuilt(
  job: 'import' | 'prepare',
  order: ImportJobOrder | PrepareOrder,
): Promise<{ readonly outcome: unknown; readonly peakMb: number }> {
  const child = fork(builtJob, [], {
    serialization: 'advanced',
    execArgv: [...processFlags.job],
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
      resolve({ outcome: message.outcome, peakMb })
    })
    child.send({ kind: 'job', job, order })
  })
}

/** Largest resident size of another process so far; 0 where the system does not say. */
export function peakOf(pid: number): number {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return 0
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1024
}
