/** A process that searches for people, decides and refreshes over and over, to be killed by a test. */
import { writeFileSync } from 'node:fs'
import { undoPeople } from '../../electron/engine/workspace/people/decide-people.ts'
import { findPeople } from '../../electron/engine/workspace/people/find-people.ts'
import { proposedSources } from '../../electron/engine/workspace/people/people-sides.ts'
import { writePeople } from '../../electron/engine/workspace/people/write-people.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { usualSurvivors } from '../../shared/people/settings.ts'
import { words } from './people-bench.ts'
import { twiceListed } from './kill-people.ts'
import { ownDataset, ownWorkspace } from './owned-workspace.ts'

const [, , folder = '', path = ''] = process.argv
const workspace = await ownWorkspace(folder)
const signal = new AbortController().signal
const id = await ownDataset(workspace, path)
const { catalogue } = workspace
const settings = { sources: proposedSources(workspace, id), survivors: usualSurvivors, words }
const set = catalogue.people.setOf(id) ?? (await findPeople(workspace, { settings, acceptOver: 99 }, {})) // prettier-ignore
process.send?.('done')
for (let turn = 0; ; turn++) {
  // Everybody apart, then joined again on rows in another order.
  await undoPeople(workspace, set.id, { what: 'all' })
  await workspace.exclusive(() => writePeople(workspace, set.id))
  writeFileSync(path, twiceListed(turn))
  await refreshDatasets(workspace, [{ dataset: id, renames: {}, acceptLoss: true, passwords: {} }], {
    ...{ signal, onProgress: () => undefined },
    readReport: () => Promise.resolve(undefined),
  }) // prettier-ignore
  await findPeople(workspace, { set: set.id, settings, acceptOver: 99 }, {})
  process.send?.('done')
}
