import type { FollowTools } from './preparation/follow-lookups.ts'
import { followLookups } from './preparation/follow-lookups.ts'
import { rewritePeople } from './people/write-people.ts'
import { rebuildRelationships } from './relate-datasets.ts'
import type { Workspace } from './workspace.ts'

/**
 * What stands on the rows of these datasets is made anew: a version of theirs has become the current one, whatever is
 * called off from now on. Recipes that are run again report as they go, each under the name of its dataset, and can be called
 * off: their datasets stay as they were. Answers the names of those, and of others that could not be run.
 */
export async function followVersions(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
  tools: FollowTools = {},
): Promise<string[]> {
  await rebuildRelationships(workspace, datasets)
  await rewritePeople(workspace, datasets)
  const { followed, waiting } = await followLookups(workspace, datasets, tools)
  const further = followed.size > 0 ? await followVersions(workspace, followed, tools) : []
  return [...waiting, ...further]
}
