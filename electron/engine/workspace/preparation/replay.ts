/** The recipe of a dataset run over what was imported: a second extract, made by a job before anything is committed. */
import { join } from 'node:path'
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'
import type { Recipe, RecipeStep } from '../../../../shared/preparation/recipe.ts'
import type { StepProblem } from '../../../../shared/preparation/recipe-words.ts'
import type { CompiledRecipe } from '../../preparation/compile-recipe.ts'
import { brokenSteps, compileRecipe, refuseBroken } from '../../preparation/compile-recipe.ts'
import type { StageColumn } from '../../preparation/stage.ts'
import type { RecipeContext } from '../../preparation/step-context.ts'
import type { NamedClasses } from '../../runner/prepare/prepare-order.ts'
import type { StoredDataset, StoredField } from '../store/catalogue.ts'
import { lookedAt, withTags } from '../store/column-tags.ts'
import type { Workspace } from '../workspace.ts'
import { lookupsOf } from './recipe-lookups.ts'
import { extractField } from './stored-field.ts'

export interface BrokenStep {
  readonly step: RecipeStep
  readonly problem: StepProblem
}

/** The version as its files gave it, before its recipe. */
export function asImported(stored: StoredDataset): StoredDataset {
  if (stored.imported === null) return stored
  const fields = withTags(stored.imported.fields, stored.overrides)
  return { ...stored, ...stored.imported, fields, imported: null }
}

/** Its files in extracts/. */
export function filesOf({ file, imported }: StoredDataset): string[] {
  return [file, imported?.file].filter((one) => typeof one === 'string')
}

export function contextOf(workspace: Workspace, imported: StoredDataset): RecipeContext {
  const [year = 0, month = 0, day = 0] = (imported.lastDay ?? '').split('-').map(Number)
  return {
    lastDay: epochDayOf(year, month, day) ?? null,
    classSet: (id, version) => workspace.catalogue.classSets.find(id, version),
    lookups: lookupsOf(workspace, imported.id),
  }
}

export function compiledFor(
  workspace: Workspace,
  imported: StoredDataset,
  recipe: Recipe,
  alias: string,
): CompiledRecipe {
  return compileRecipe(
    recipe,
    imported.fields.map(extractField),
    alias,
    contextOf(workspace, imported),
  )
}

export interface ReplayAsk {
  readonly recipe: Recipe | null
  readonly onBroken: 'refuse' | 'stop' | 'skip'
  readonly tempFolder: string
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

/** The version with its recipe; rejects with AppErrorException, and then leaves no file of its own behind. */
export async function replay(
  workspace: Workspace,
  imported: StoredDataset,
  ask: ReplayAsk,
): Promise<{ readonly stored: StoredDataset; readonly broken: readonly BrokenStep[] }> {
  const { recipe, onBroken } = ask
  const stored = { ...imported, recipe, lookedUp: null }
  if (recipe === null || imported.file === null) return { stored, broken: [] }
  const compiled = compiledFor(workspace, imported, recipe, 'imported')
  const broken = brokenSteps(compiled)
  if (onBroken === 'refuse') refuseBroken(compiled)
  if (!compiled.runs || (onBroken === 'stop' && broken.length > 0)) return { stored, broken }
  const prepared = await preparedFrom(workspace, imported, imported.file, compiled.lookedUp, {
    ...ask,
    recipe,
  })
  const fields = tagged(prepared.fields, compiled.last.columns, imported, prepared.rows)
  const versions = new Map(workspace.catalogue.datasets().map((one) => [one.name, one]))
  const lookedUp = Object.fromEntries(
    compiled.lookedUp.flatMap((name) => {
      const one = versions.get(name)
      return one === undefined ? [] : [[one.id, one.version]]
    }),
  )
  return { stored: { ...stored, ...prepared, fields, lookedUp }, broken }
}

/** What the columns stood for before the recipe, proposals for new ones, the user's word over both. */
function tagged(
  fields: readonly StoredField[],
  columns: readonly StageColumn[],
  { overrides }: StoredDataset,
  rows: number,
): StoredField[] {
  const carried = fields.map((field, index): StoredField => {
    const { meaning, personal } = columns[index] ?? {}
    return { ...field, meaning, personal }
  })
  return withTags(lookedAt(carried, rows), overrides)
}

async function preparedFrom(
  workspace: Workspace,
  imported: StoredDataset,
  importedFile: string,
  lookedUp: readonly string[],
  { recipe, tempFolder, signal, onProgress }: ReplayAsk & { readonly recipe: Recipe },
): Promise<Pick<StoredDataset, 'file' | 'fields' | 'rows' | 'lastDay' | 'imported'>> {
  const { id, version, name, fields, rows, lastDay } = imported
  const file = workspace.newExtractFile(`${id}-v${version}`)
  const { memoryLimitMb, threads, runJob } = workspace.options
  const { lastDay: day, lookups } = contextOf(workspace, imported)
  try {
    const outcome = await runJob(
      'prepare',
      {
        ...{ datasetId: id, version, rows, recipe, tempFolder, memoryLimitMb, threads },
        imported: workspace.extractPath(importedFile),
        fields: fields.map(extractField),
        lastDay: day,
        lookups: lookups.filter(({ name: one }) => lookedUp.includes(one)),
        classSets: classSetsOf(workspace, recipe),
        target: join(tempFolder, file),
      },
      { signal, onStep: (step) => onProgress({ dataset: name, ...step }) },
    )
    workspace.hold(file)
    await workspace.takeIn(tempFolder, file)
    return {
      file,
      ...outcome,
      imported: { file: importedFile, fields: [...fields], rows, lastDay },
    }
  } catch (error) {
    workspace.settled(file)
    for (const end of ['', '.wal']) {
      await workspace.files.remove(`${workspace.extractPath(file)}${end}`).catch(() => undefined)
    }
    throw error
  }
}

function classSetsOf(workspace: Workspace, { steps }: Recipe): NamedClasses[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'classify' || !('set' in step.classes)) return []
    const { set: id, version } = step.classes
    const classes = workspace.catalogue.classSets.find(id, version)
    return classes === undefined ? [] : [{ id, version, classes }]
  })
}

/** Fields reports see now that the new version would not have, also those only a broken step made. */
export function lostFields(
  workspace: Workspace,
  before: StoredDataset,
  { stored }: { readonly stored: StoredDataset },
): string[] {
  const next = asImported(stored)
  const { last } = compiledFor(
    workspace,
    next,
    stored.recipe ?? { format: 1, steps: [] },
    'imported',
  )
  const names = new Set(last.columns.map(({ name }) => name))
  return before.fields.filter(({ name }) => !names.has(name)).map(({ name }) => name)
}
