/** Opens workspaces for tests: jobs run in place unless a test wants real processes. */
import { onTestFinished } from 'vitest'
import { jobList } from '../../electron/engine/runner/jobs/job-list.ts'
import type { JobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import type { WorkspaceOptions } from '../../electron/engine/workspace/workspace.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import type { ImportAsk, ImportedNow } from '../../electron/engine/workspace/import-datasets.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { AppErrorException, appError } from '../../shared/errors.ts'
import type { PreparedImportOrder } from '../../shared/preparation/recipe-words.ts'
import { partOf } from './import-files.ts'

export const jobsInPlace: JobRunner = async (name, order, options = {}) => {
  const work = await jobList[name]()
  const outcome = await work(order, (step) => options.onStep?.(step))
  if (options.signal?.aborted === true) throw new AppErrorException(appError('internal/cancelled'))
  return outcome
}

export const testOptions: WorkspaceOptions = {
  kind: 'cli',
  now: () => new Date('2025-06-30T08:00:00Z'),
  runJob: jobsInPlace,
  memoryLimitMb: 512,
  threads: 1,
}

export async function openWorkspace(
  folder: string,
  more: Partial<WorkspaceOptions> = {},
): Promise<Workspace> {
  const workspace = await Workspace.open(folder, { ...testOptions, ...more })
  onTestFinished(() => workspace.close())
  return workspace
}

export function askFor(
  name: string,
  paths: readonly string[],
  more: Partial<PreparedImportOrder> = {},
  signal: AbortSignal = new AbortController().signal,
): ImportAsk {
  const parts = paths.map((path) => partOf(path))
  const order: PreparedImportOrder = { name, mode: 'fail', overrides: [], parts: [], ...more }
  return { order, parts, signal, onProgress: () => undefined }
}

export async function importInto(
  workspace: Workspace,
  name: string,
  paths: readonly string[],
  more: Partial<PreparedImportOrder> = {},
): Promise<ImportedNow> {
  const [done] = await importDatasets(workspace, [askFor(name, paths, more)])
  if (done === undefined) throw new Error('nothing was imported')
  return done
}
