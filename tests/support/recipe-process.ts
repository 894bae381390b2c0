/** A process that changes the recipe of a dataset over and over, to be killed by a test. */
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { applyRecipe } from '../../electron/engine/workspace/preparation/apply-recipe.ts'
import {
  datasetVersions,
  dropVersions,
} from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { partOf } from './import-files.ts'
import { startProcess } from './job-process.ts'

const [, , folder = '', path = ''] = process.argv
const workspace = await Workspace.open(folder, {
  kind: 'cli',
  now: () => new Date('2025-01-01T00:00:00Z'),
  runJob: jobRunner(() => startProcess('job')),
  memoryLimitMb: 512,
  threads: 1,
})
const signal = new AbortController().signal
if (workspace.catalogue.datasetNamed('D') === undefined) {
  const order = { name: 'D', mode: 'replace' as const, overrides: [], parts: [] }
  const parts = [partOf(path)]
  await importDatasets(workspace, [{ order, parts, signal, onProgress: () => undefined }])
}
const id = workspace.catalogue.datasetNamed('D')?.id ?? ''
for (let turn = 0; ; turn++) {
  // Half of the rows, all of them, half again.
  const filters = [{ field: 'shop', op: 'range', to: 5 }]
  const step = { id: 'half', kind: 'filter', on: turn % 2 === 0, when: { filters } }
  const recipe = Recipe.parse({ format: 1, steps: [step] })
  await applyRecipe(
    workspace,
    { dataset: id, recipe, acceptLoss: true },
    {
      ...{ signal, onProgress: () => undefined },
      readReport: () => Promise.resolve(undefined),
    },
  )
  const [, , , ...oldest] = await datasetVersions(workspace, id)
  const last = oldest.map(({ version }) => version).slice(-1)
  if (last.length > 0) await dropVersions(workspace, id, last, () => new Set())
  process.send?.('done')
}
