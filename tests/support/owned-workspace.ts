/** What a process owns that a test kills: a workspace with real jobs, and its one dataset `D`. */
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { partOf } from './import-files.ts'
import { startProcess } from './job-process.ts'

export const ownWorkspace = (folder: string): Promise<Workspace> =>
  Workspace.open(folder, {
    kind: 'cli',
    now: () => new Date('2025-01-01T00:00:00Z'),
    runJob: jobRunner(() => startProcess('job')),
    memoryLimitMb: 512,
    threads: 1,
  })

/** Imports `path` where an owner before has not come so far. Returns the dataset's id. */
export async function ownDataset(workspace: Workspace, path: string): Promise<string> {
  if (workspace.catalogue.datasetNamed('D') === undefined) {
    const order = { name: 'D', mode: 'replace' as const, overrides: [], parts: [] }
    const parts = [partOf(path)]
    const { signal } = new AbortController()
    await importDatasets(workspace, [{ order, parts, signal, onProgress: () => undefined }])
  }
  return workspace.catalogue.datasetNamed('D')?.id ?? ''
}
