import type { ImportProgress } from '../../../shared/data/import-words.ts'
import { followLookups } from './preparation/follow-lookups.ts'
import { rewritePeople } from './people/write-people.ts'
import { rebuildRelationships } from './relate-datasets.ts'
import type { Workspace } from './workspace.ts'

/**
 * What stands on the rows of these datasets is made anew: a version of theirs has become the current one, whatever is
 * called off from now on. Recipes that are run again report as they go, each under the name of its dataset.
 */
export async function followVersions(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<void> {
  await rebuildRelationships(workspace, datasets)
  await rewritePeople(workspace, datasets)
  const followed = await followLookups(workspace, datasets, onProgress)
  if (followed.size > 0) await followVersions(workspace, followed, onProgress)
}
