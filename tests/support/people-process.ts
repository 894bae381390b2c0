/** A process that searches for people, decides and refreshes over and over, to be killed by a test. */
import { writeFileSync } from 'node:fs'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { undoPeople } from '../../electron/engine/workspace/people/decide-people.ts'
import { findPeople } from '../../electron/engine/workspace/people/find-people.ts'
import { proposedSources } from '../../electron/engine/workspace/people/people-sides.ts'
import { writePeople } from '../../electron/engine/workspace/people/write-people.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { usualSurvivors } from '../../shared/people/settings.ts'
import { partOf } from './import-files.ts'
import { startProcess } from './job-process.ts'
import { words } from './people-bench.ts'
import { twiceListed } from './kill-people.ts'

const [, , folder = '', path = ''] = process.argv
const workspace = await Workspace.open(folder, {
  kind: 'cli',
  now: () => new Date('2025-01-01T00:00:00Z'),
  runJob: jobRunner(() => startProcess('job')),
  memoryLimitMb: 512,
  threads: 1,
})
const signal = new AbortController().signal
const { catalogue } = workspace
if (catalogue.datasetNamed('D') === undefined) {
  const order = { name: 'D', mode: 'replace' as const, overrides: [], parts: [] }
  await importDatasets(workspace, [{ order, parts: [partOf(path)], signal, onProgress: () => undefined }]) // prettier-ignore
}
const id = catalogue.datasetNamed('D')?.id ?? ''
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
