import { randomBytes } from 'node:crypto'
import type { Handlers } from '../../../shared/contract.ts'
import { calls } from '../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { ClassSet } from '../../../shared/preparation/recipe.ts'
import type { EngineContext } from '../engine-context.ts'
import { replaceFile } from '../exports/replace-file.ts'
import { fillRecipeFile, readRecipeFile } from '../preparation/recipe-files.ts'
import type { RecipePreviews } from '../preparation/preview.ts'
import type { ReportFiles } from '../reports/report-files.ts'
import { applyRecipe, datasetRecipe } from '../workspace/preparation/apply-recipe.ts'
import { previewedVersion } from '../workspace/preparation/previewed-version.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import { pathOf } from './workspace-handlers.ts'

export type PreparationGroup = Pick<
  Handlers,
  | 'dataset.recipe'
  | 'dataset.recipePreview'
  | 'dataset.applyRecipe'
  | 'recipe.open'
  | 'recipe.save'
  | 'classSet.list'
  | 'classSet.save'
>

/** Recipes on their way between analysts. */
function recipeFileHandlers(
  context: EngineContext,
): Pick<PreparationGroup, 'recipe.open' | 'recipe.save'> {
  return {
    'recipe.open': ({ file }) =>
      answer(calls['recipe.open'].fails, async () => ({
        recipe: await readRecipeFile(pathOf(context, file.id)),
      })),
    'recipe.save': ({ file, recipe }) =>
      answer(calls['recipe.save'].fails, async () => {
        const path = context.host.files.writablePathOf(file.id)
        if (path === undefined) throw new AppErrorException(appError('file/unknownReference'))
        await replaceFile(path, (beside) => fillRecipeFile(beside, recipe))
        return {}
      }),
  }
}

export function createPreparationHandlers(
  context: EngineContext,
  workspaces: WorkspaceService,
  reports: ReportFiles,
  previews: RecipePreviews,
): PreparationGroup {
  return {
    'dataset.recipe': ({ dataset }) =>
      answer(calls['dataset.recipe'].fails, async () =>
        datasetRecipe(await workspaces.require(), dataset),
      ),
    'dataset.recipePreview': async (ask, { signal }) => {
      const of = await answer(calls['dataset.recipePreview'].fails, async () =>
        previewedVersion(await workspaces.require(), ask.dataset),
      )
      return of.ok ? previews.preview(ask, of.value, signal) : of
    },
    'dataset.applyRecipe': (ask, { signal, part }) =>
      answer(calls['dataset.applyRecipe'].fails, async () => {
        const workspace = await workspaces.require()
        const applied = await applyRecipe(workspace, ask, {
          ...{ signal, onProgress: part },
          readReport: async (path) => {
            const read = await reports.read(path)
            return read.ok ? read.value.report : undefined
          },
        })
        if (applied.state === 'applied') workspaces.announce('datasets')
        return applied
      }),
    ...recipeFileHandlers(context),
    'classSet.list': () =>
      answer(calls['classSet.list'].fails, async () => ({
        sets: (await workspaces.require()).catalogue.classSets.newest(),
      })),
    'classSet.save': ({ id, ...content }) =>
      answer(calls['classSet.save'].fails, async () => {
        const { catalogue } = await workspaces.require()
        const before = catalogue.classSets.newest().find((set) => set.id === id)
        if (id !== undefined && before === undefined) {
          throw new AppErrorException(appError('recipe/classSetGone', { set: id }))
        }
        const set: ClassSet = {
          ...content,
          id: id ?? `cls_${randomBytes(6).toString('hex')}`,
          version: (before?.version ?? 0) + 1,
        }
        catalogue.classSets.save(set)
        return set
      }),
  }
}
