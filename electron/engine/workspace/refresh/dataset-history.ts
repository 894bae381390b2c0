/** The kept versions of a dataset: shown with what they take, gone back to, and let go. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { z } from 'zod'
import type { DatasetInfo } from '../../../../shared/data/dataset.ts'
import type { DatasetVersion } from '../../../../shared/data/refresh-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { datasetInfo } from '../dataset-words.ts'
import { filesOf } from '../preparation/replay.ts'
import { followVersions } from '../follow-versions.ts'
import { refuseBeingImported } from '../import-turns.ts'
import type { FollowTools } from '../preparation/follow-lookups.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'

type Version = z.output<typeof DatasetVersion>

/** The newest first. */
export async function datasetVersions(workspace: Workspace, id: string): Promise<Version[]> {
  const current = required(workspace, id)
  return Promise.all(
    workspace.catalogue.versions.of(id).map(async (stored) => ({
      version: stored.version,
      current: stored.version === current.version,
      rows: stored.rows,
      rejected: stored.rejected,
      importedAt: stored.dataAsOf,
      steps: stored.recipe?.steps.filter(({ on }) => on).length ?? 0,
      bytes: await bytesOf(workspace, filesOf(stored)),
      sources: [...new Set(stored.sources.map(({ name }) => name))],
    })),
  )
}

/** A kept version is the current one again; going forward is the same step. */
export function rollBack(
  workspace: Workspace,
  id: string,
  version: number,
  tools: FollowTools = {},
): Promise<DatasetInfo> {
  return workspace.exclusive(async () => {
    refuseBeingImported(workspace, required(workspace, id))
    if (!workspace.catalogue.versions.makeCurrent(id, version)) {
      throw new AppErrorException(appError('dataset/versionGone', { version }))
    }
    await followVersions(workspace, new Set([id]), tools)
    return datasetInfo(required(workspace, id))
  })
}

/** The current one is refused. Resolves with the bytes of files that are gone; one a process reads goes at the next opening. */
export function dropVersions(
  workspace: Workspace,
  id: string,
  versions: readonly number[],
  openFiles: () => ReadonlySet<string>,
): Promise<number> {
  return workspace.exclusive(async () => {
    const current = required(workspace, id)
    if (versions.includes(current.version)) {
      throw new AppErrorException(appError('dataset/versionCurrent', { version: current.version }))
    }
    const asked = workspace.catalogue.versions
      .of(id)
      .filter(({ version }) => versions.includes(version))
    const files = [...new Set(asked.flatMap(filesOf))]
    const before = await bytesOf(workspace, files)
    workspace.catalogue.versions.drop(id, versions)
    await workspace.collect(new Set([...openFiles()].map((path) => basename(path))))
    return before - (await bytesOf(workspace, files))
  })
}

async function bytesOf(workspace: Workspace, files: readonly string[]): Promise<number> {
  const sizes = files.map(async (file) => {
    const found = await stat(workspace.extractPath(file)).catch(() => undefined)
    return found?.size ?? 0
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

function required(workspace: Workspace, id: string): StoredDataset {
  const stored = workspace.catalogue.dataset(id)
  if (stored === undefined)
    throw new AppErrorException(appError('dataset/notFound', { dataset: id }))
  return stored
}
