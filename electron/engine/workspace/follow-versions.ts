import { followLookups } from './preparation/follow-lookups.ts'
import { rewritePeople } from './people/write-people.ts'
import { rebuildRelationships } from './relate-datasets.ts'
import type { Workspace } from './workspace.ts'

/** What stands on the rows of these datasets is made anew: a version of theirs has become the current one. */
export async function followVersions(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
): Promise<void> {
  await rebuildRelationships(workspace, datasets)
  await rewritePeople(workspace, datasets)
  const followed = await followLookups(workspace, datasets)
  if (followed.size > 0) await followVersions(workspace, followed)
}
