import { calls } from '../../../shared/contract.ts'
import type { QueryService } from '../query/query-service.ts'
import { acceptOver, decidePair, undoPeople } from '../workspace/people/decide-people.ts'
import { findPeople } from '../workspace/people/find-people.ts'
import { PeopleRecords } from '../workspace/people/people-records.ts'
import { lookAtPeople, peopleSet, storedSet } from '../workspace/people/people-state.ts'
import { writePeople } from '../workspace/people/write-people.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'

export function createPeopleHandlers(
  workspaces: WorkspaceService,
  queries: QueryService,
): HandlerGroup<'people'> {
  const records = new PeopleRecords(queries)
  return {
    'people.look': ({ dataset }) =>
      answer(calls['people.look'].fails, async () =>
        lookAtPeople(await workspaces.require(), dataset),
      ),
    'people.find': (ask, { signal, part }) =>
      answer(calls['people.find'].fails, async () => {
        try {
          return await findPeople(await workspaces.require(), ask, { signal, onStep: part })
        } finally {
          workspaces.announce('datasets')
        }
      }),
    'people.queue': ({ set, ...page }, { signal }) =>
      answer(calls['people.queue'].fails, async () => ({
        pairs: await records.queue(await workspaces.require(), set, page, signal),
      })),
    'people.merged': ({ set, ...page }, { signal }) =>
      answer(calls['people.merged'].fails, async () =>
        records.merged(await workspaces.require(), set, page, signal),
      ),
    ...decisionHandlers(workspaces),
    'people.write': ({ set, survivors }, { signal, part }) =>
      answer(calls['people.write'].fails, async () => {
        const workspace = await workspaces.require()
        await workspace.exclusive(async () => {
          const { settings } = storedSet(workspace, set)
          const { people } = workspace.catalogue
          if (survivors !== undefined) people.saveSet(set, { ...settings, survivors })
          await writePeople(workspace, set, { signal, onStep: part })
        })
        workspaces.announce('datasets')
        return peopleSet(workspace, set)
      }),
    'people.remove': ({ set }) =>
      answer(calls['people.remove'].fails, async () => {
        const workspace = await workspaces.require()
        await workspace.exclusive(() => {
          storedSet(workspace, set)
          workspace.catalogue.people.remove(set)
          return Promise.resolve()
        })
        workspaces.announce('datasets')
        return {}
      }),
  }
}

function decisionHandlers(
  workspaces: WorkspaceService,
): Pick<HandlerGroup<'people'>, 'people.decide' | 'people.acceptOver' | 'people.undo'> {
  return {
    'people.decide': (ask) =>
      answer(calls['people.decide'].fails, async () => decidePair(await workspaces.require(), ask)),
    'people.acceptOver': ({ set, percent }) =>
      answer(calls['people.acceptOver'].fails, async () =>
        acceptOver(await workspaces.require(), set, percent),
      ),
    'people.undo': ({ set, undo }) =>
      answer(calls['people.undo'].fails, async () =>
        undoPeople(await workspaces.require(), set, undo),
      ),
  }
}
