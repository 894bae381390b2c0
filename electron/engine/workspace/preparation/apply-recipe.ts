/** Another recipe for a dataset: a new version over the same imported file, the old one kept to go back to. */
import { isDeepStrictEqual } from 'node:util'
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { Recipe } from '../../../../shared/preparation/recipe.ts'
import { emptyRecipe } from '../../../../shared/preparation/recipe.ts'
import type {
  AppliedRecipe,
  ApplyRecipe,
  DatasetRecipe,
  RecipeQuestion,
} from '../../../../shared/preparation/recipe-words.ts'
import type { CompiledRecipe } from '../../preparation/compile-recipe.ts'
import { refuseBroken, stepReport } from '../../preparation/compile-recipe.ts'
import { datasetInfo, fieldInfo } from '../dataset-words.ts'
import { commitVersions, dropFiles } from '../make-version.ts'
import type { ReadReport } from '../refresh/schema-question.ts'
import { affectedReports } from '../refresh/schema-question.ts'
import { followVersions } from '../follow-versions.ts'
import { refuseBeingImported } from '../import-turns.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { lookupsOf } from './recipe-lookups.ts'
import { asImported, compiledFor, filesOf, replay } from './replay.ts'

/** Throws AppErrorException: `dataset/notFound`, `recipe/live`. */
export function preparable(workspace: Workspace, id: string): StoredDataset {
  const stored = workspace.catalogue.dataset(id)
  if (stored === undefined) {
    throw new AppErrorException(appError('dataset/notFound', { dataset: id }))
  }
  if (stored.file !== null) return stored
  throw new AppErrorException(appError('recipe/live', { name: stored.name }))
}

export function datasetRecipe(workspace: Workspace, id: string): DatasetRecipe {
  const stored = preparable(workspace, id)
  const imported = asImported(stored)
  const recipe = stored.recipe ?? emptyRecipe
  const { steps } = compiledFor(workspace, imported, recipe, 'imported')
  return {
    ...{ dataset: stored.id, version: stored.version, recipe },
    imported: { fields: imported.fields.map(fieldInfo), rows: imported.rows },
    lookups: lookupsOf(workspace, stored.id).map(({ name, way, fields }) => ({
      ...{ name, reached: way !== null },
      fields: fields.map(fieldInfo),
    })),
    steps: steps.map(stepReport),
  }
}

export interface ApplyTools {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
  readonly readReport: ReadReport
}

/** Rejects with AppErrorException (`recipe/*`, `dataset/notFound`, `internal/cancelled`); then nothing has changed. */
export function applyRecipe(
  workspace: Workspace,
  ask: ApplyRecipe,
  tools: ApplyTools,
): Promise<AppliedRecipe> {
  return workspace.exclusive(async () => {
    const stored = preparable(workspace, ask.dataset)
    refuseBeingImported(workspace, stored)
    if (isDeepStrictEqual(stored.recipe ?? emptyRecipe, ask.recipe)) {
      return { state: 'unchanged', dataset: datasetInfo(stored) }
    }
    const compiled = compiledFor(workspace, asImported(stored), ask.recipe, 'imported')
    refuseBroken(compiled)
    const question = ask.acceptLoss
      ? undefined
      : await recipeQuestion(workspace, stored, compiled, tools.readReport)
    if (question !== undefined) return { state: 'question', question }
    const next = await newVersion(workspace, stored, ask.recipe, tools)
    await followVersions(workspace, new Set([stored.id]), tools)
    return { state: 'applied', dataset: datasetInfo(next), rowsBefore: stored.rows }
  })
}

async function recipeQuestion(
  workspace: Workspace,
  stored: StoredDataset,
  { last }: CompiledRecipe,
  read: ReadReport,
): Promise<RecipeQuestion | undefined> {
  const after = new Map(last.columns.map((one) => [one.name, one.type]))
  const vanished = stored.fields.filter(({ name }) => !after.has(name))
  const retyped = stored.fields.flatMap(({ name, type: from }) => {
    const to = after.get(name)
    return to === undefined || to === from ? [] : [{ field: name, from, to }]
  })
  const fields = new Set([
    ...vanished.map(({ name }) => name),
    ...retyped.map(({ field }) => field),
  ])
  if (fields.size === 0) return undefined
  const reports = await affectedReports(workspace.catalogue.reports(), stored.id, fields, read)
  if (reports.length === 0) return undefined
  return { vanished: vanished.map(fieldInfo), retyped, reports }
}

async function newVersion(
  workspace: Workspace,
  before: StoredDataset,
  recipe: Recipe,
  { signal, onProgress }: ApplyTools,
): Promise<StoredDataset> {
  const imported = { ...asImported(before), version: workspace.catalogue.versions.next(before.id) }
  const tempFolder = await workspace.jobFolder()
  try {
    const { stored } = await replay(workspace, imported, {
      ...{ recipe, onBroken: 'refuse', tempFolder, signal, onProgress },
    })
    const files = filesOf(stored)
    try {
      if (signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
      await commitVersions(workspace, [{ stored, files }])
    } catch (error) {
      await dropFiles(workspace, files)
      throw error
    }
    return stored
  } finally {
    await workspace.files.remove(tempFolder)
  }
}
