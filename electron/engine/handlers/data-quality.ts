import type { DatasetQuality } from '../../../shared/quality/data-quality.ts'
import type { RecipePreviews } from '../preparation/preview.ts'
import { datasetInfo } from '../workspace/dataset-words.ts'
import { datasetRecipe } from '../workspace/preparation/apply-recipe.ts'
import { previewedVersion } from '../workspace/preparation/previewed-version.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'

/** What stands behind these datasets, the steps of their recipes counted on all rows. One that is gone is left out. */
export async function dataQuality(
  workspaces: WorkspaceService,
  previews: RecipePreviews,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<DatasetQuality[]> {
  const workspace = await workspaces.require()
  const all: DatasetQuality[] = []
  for (const id of ids) {
    const stored = workspace.catalogue.dataset(id)
    if (stored === undefined) continue
    const dataset = datasetInfo(stored)
    const steps = dataset.mode === 'live' ? [] : await countedSteps(workspace, previews, id, signal)
    all.push({ dataset, steps })
  }
  return all
}

async function countedSteps(
  workspace: Workspace,
  previews: RecipePreviews,
  dataset: string,
  signal: AbortSignal,
): Promise<DatasetQuality['steps']> {
  const { recipe, steps } = datasetRecipe(workspace, dataset)
  if (recipe.steps.length === 0) return []
  const ask = { dataset, recipe, step: null, offset: 0, limit: 1, counts: true }
  const counted = await previews.preview(ask, previewedVersion(workspace, dataset), signal)
  // Without counts the steps are still what was done.
  const reports = counted.ok ? counted.value.steps : steps
  return recipe.steps.map((step) => ({
    step,
    report: reports.find((report) => report.step === step.id),
  }))
}
