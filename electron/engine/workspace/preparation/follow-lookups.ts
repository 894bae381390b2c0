/** Datasets whose recipe looks into others get a version of their own when those have: what was looked up is never older. */
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import { AppErrorException, cancelled } from '../../../../shared/errors.ts'
import { commitVersions, dropFiles } from '../make-version.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { asImported, compiledFor, filesOf, replay } from './replay.ts'

export interface FollowTools {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
}

export interface Followed {
  readonly followed: ReadonlySet<string>
  /** Names of datasets that stay as they were. */
  readonly waiting: readonly string[]
}

/**
 * Within `exclusive`. Answers which got one; ways have no circles, so following these again comes to an end. A recipe that can
 * run no more, or is called off, leaves its dataset as it was: it counts as stale, and the next refresh runs it or says why.
 */
export async function followLookups(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
  tools: FollowTools = {},
): Promise<Followed> {
  const followed = new Set<string>()
  const waiting: string[] = []
  for (const stored of workspace.catalogue.datasets()) {
    const seen = datasets.has(stored.id) ? [] : lookedInto(workspace, stored, datasets)
    if (seen.length === 0) continue
    if (workspace.imports.isWriting(stored.name)) {
      // The import that changes it runs its recipe; should that be called off, the next refresh does.
      workspace.catalogue.versions.outdate(stored.id, stored.version, seen)
      continue
    }
    try {
      if (tools.signal?.aborted === true) throw cancelled()
      await replayed(workspace, stored, tools)
      followed.add(stored.id)
    } catch (error) {
      // The version it follows is committed and stands; this one is made at the next refresh.
      if (!(error instanceof AppErrorException)) throw error
      workspace.catalogue.versions.outdate(stored.id, stored.version, seen)
      waiting.push(stored.name)
    }
  }
  return { followed, waiting }
}

/** Those of the datasets its recipe looks into. */
function lookedInto(
  workspace: Workspace,
  stored: StoredDataset,
  datasets: ReadonlySet<string>,
): string[] {
  if (stored.file === null || stored.recipe === null) return []
  const { lookedUp } = compiledFor(workspace, asImported(stored), stored.recipe, 'imported')
  return [...datasets].filter((id) => {
    const name = workspace.catalogue.dataset(id)?.name
    return name !== undefined && lookedUp.includes(name)
  })
}

async function replayed(
  workspace: Workspace,
  before: StoredDataset,
  { signal = new AbortController().signal, onProgress = () => undefined }: FollowTools,
): Promise<void> {
  const imported = { ...asImported(before), version: workspace.catalogue.versions.next(before.id) }
  const tempFolder = await workspace.jobFolder()
  try {
    const { stored } = await replay(workspace, imported, {
      ...{ recipe: before.recipe, onBroken: 'refuse', tempFolder, signal, onProgress },
    })
    try {
      if (signal.aborted) throw cancelled()
      await commitVersions(workspace, [{ stored, files: filesOf(stored) }])
    } catch (error) {
      await dropFiles(workspace, filesOf(stored))
      throw error
    }
  } finally {
    await workspace.files.remove(tempFolder)
  }
}
