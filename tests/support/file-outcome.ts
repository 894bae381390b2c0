/** What comes of a file in the product's own job process, with its memory and its time. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppErrorException } from '../../shared/errors.ts'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import type { ImportJobOrder } from '../../electron/engine/runner/import/import-order.ts'
import { startProcess } from './job-process.ts'
import { partOf } from './import-files.ts'

const run = jobRunner(() => startProcess('job'))

/** Rows when it was read, else the code (and reason) it was refused with; anything else is thrown on. */
export async function outcomeInJob(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const order: ImportJobOrder = {
    datasetId: 'ds_test00',
    version: 1,
    parts: [partOf(path)],
    overrides: [],
    target: join(folder, `extract-${crypto.randomUUID()}.duckdb`),
    tempFolder: folder,
    memoryLimitMb: 512,
    threads: 1,
    knownHashes: [],
  }
  try {
    const { rows } = await run('import', order, { signal: AbortSignal.timeout(120_000) })
    return `rows ${rows}`
  } catch (error) {
    if (!(error instanceof AppErrorException)) throw error
    const { code, details } = error.appError
    return typeof details['reason'] === 'string' ? `${code} ${details['reason']}` : code
  }
}
