/** A process that owns a workspace and imports into it over and over, to be killed by a test. */
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import type { ImportOrder } from '../../shared/data/import-words.ts'
import { startProcess } from './job-process.ts'
import { partOf } from './import-files.ts'

const [, , folder = '', ...files] = process.argv
const workspace = await Workspace.open(folder, {
  kind: 'cli',
  now: () => new Date('2025-01-01T00:00:00Z'),
  runJob: jobRunner(() => startProcess('job')),
  memoryLimitMb: 512,
  threads: 1,
})
const order: ImportOrder = { name: 'D', mode: 'replace', overrides: [], parts: [] }
process.send?.('ready')
for (let turn = 0; ; turn++) {
  const parts = [partOf(files[turn % files.length] ?? '')]
  const signal = new AbortController().signal
  await importDatasets(workspace, [
    { order, parts, signal, onProgress: () => process.send?.('step') },
  ])
  process.send?.('done')
}
