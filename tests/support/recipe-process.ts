/** A process that changes the recipe of a dataset over and over, to be killed by a test. */
import { applyRecipe } from '../../electron/engine/workspace/preparation/apply-recipe.ts'
import {
  datasetVersions,
  dropVersions,
} from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { ownDataset, ownWorkspace } from './owned-workspace.ts'

const [, , folder = '', path = ''] = process.argv
const workspace = await ownWorkspace(folder)
const signal = new AbortController().signal
const id = await ownDataset(workspace, path)
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
