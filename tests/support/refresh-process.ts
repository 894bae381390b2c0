/** A process that refreshes a workspace and rolls it back over and over, to be killed by a test. */
import { copyFileSync, renameSync } from 'node:fs'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import {
  datasetVersions,
  dropVersions,
  rollBack,
} from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { partOf } from './import-files.ts'
import { startProcess } from './job-process.ts'

const [, , folder = '', watched = '', ...months] = process.argv
const workspace = await Workspace.open(folder, {
  kind: 'cli',
  now: () => new Date('2025-01-01T00:00:00Z'),
  runJob: jobRunner(() => startProcess('job')),
  memoryLimitMb: 512,
  threads: 1,
})
const signal = new AbortController().signal
if (workspace.catalogue.datasetNamed('D') === undefined) {
  const order = { name: 'D', mode: 'replace' as const, overrides: [], parts: [] }
  const parts = [partOf(watched)]
  await importDatasets(workspace, [{ order, parts, signal, onProgress: () => undefined }])
}
const id = workspace.catalogue.datasetNamed('D')?.id ?? ''
for (let turn = 0; ; turn++) {
  // In one step, as a cash system puts a new month in its place.
  copyFileSync(months[turn % months.length] ?? '', `${watched}.new`)
  renameSync(`${watched}.new`, watched)
  const order = { dataset: id, renames: {}, acceptLoss: false, passwords: {} }
  await refreshDatasets(workspace, [order], {
    ...{ signal, onProgress: () => undefined },
    readReport: () => Promise.resolve(undefined),
  })
  const versions = await datasetVersions(workspace, id)
  const [newest, earlier, ...oldest] = versions.map(({ version }) => version)
  if (earlier !== undefined) await rollBack(workspace, id, earlier)
  if (newest !== undefined) await rollBack(workspace, id, newest)
  if (oldest.length > 2) await dropVersions(workspace, id, oldest.slice(-1), () => new Set())
  process.send?.('done')
}
