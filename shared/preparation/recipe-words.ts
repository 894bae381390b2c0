/** What page, command line and engine say to each other about recipes. */
import { z } from 'zod'
import { DatasetId, DatasetInfo } from '../data/dataset.ts'
import { Field, FieldType } from '../data/field.ts'
import { ImportOrder } from '../data/import-words.ts'
import { AppError } from '../errors.ts'
import { RowsPage } from '../query/row-list.ts'
import { Classes, ClassSet, ClassSetId, Recipe, StepId } from './recipe.ts'

const count = z.number().int().min(0)

/** Why a step cannot run; the others go on without it. */
export const StepProblem = z.strictObject({
  reason: z.enum([
    /** `fields` are not in the dataset at this step. */
    'missingField',
    /** `fields` exist already. */
    'nameTaken',
    /** `fields` have a type the step cannot work on. */
    'typeUnsuitable',
    /** A listed value is none of the type of `fields`. */
    'valueUnsuitable',
    /** `fields` are of datasets no relationship leads to. */
    'notRelated',
    /** `error` says what and where. */
    'formula',
    /** The named class set, or this version of it, is not in the workspace. */
    'classSetGone',
    /** No field would be left. */
    'nothingLeft',
  ]),
  fields: z.array(z.string()),
  error: AppError.optional(),
})
export type StepProblem = z.infer<typeof StepProblem>

/** Counted on all rows. */
export const StepCounts = z.strictObject({
  rowsBefore: count,
  rowsAfter: count,
  /** Rows in which the step gave some field another value; for a new field: rows in which it has one. */
  changed: count,
  removed: count,
  added: count,
  /** Rows in which a value became blank, as a type could not hold it. */
  lost: count,
})
export type StepCounts = z.infer<typeof StepCounts>

export const StepReport = z.strictObject({
  step: StepId,
  state: z.enum(['on', 'off', 'broken']),
  problem: StepProblem.optional(),
  /** The fields after this step. */
  fields: z.array(Field),
  counts: StepCounts.optional(),
})
export type StepReport = z.infer<typeof StepReport>

/** A further dataset; its fields may be looked up in formulas where each row leads to at most one row there. */
export const RecipeLookup = z.strictObject({
  name: z.string(),
  reached: z.boolean(),
  fields: z.array(Field),
})
export type RecipeLookup = z.infer<typeof RecipeLookup>

export const DatasetRecipe = z.strictObject({
  dataset: DatasetId,
  version: z.number().int(),
  recipe: Recipe,
  /** The dataset as imported: what the first step starts from. */
  imported: z.strictObject({ fields: z.array(Field), rows: count }),
  lookups: z.array(RecipeLookup),
  /** Without counts. */
  steps: z.array(StepReport),
})
export type DatasetRecipe = z.infer<typeof DatasetRecipe>

export const RecipePreviewAsk = z.strictObject({
  dataset: DatasetId,
  /** Need not be the saved one. */
  recipe: Recipe,
  /** The step looked at; null for the recipe as a whole (before: as imported, after: as prepared). */
  step: StepId.nullable(),
  offset: count,
  limit: z.number().int().min(1).max(500),
  /** Counts up to the step looked at, on all rows; costs a pass over the rows for each step not counted before. */
  counts: z.boolean().default(true),
})
export type RecipePreviewAsk = z.output<typeof RecipePreviewAsk>

/** Rows of one side; `page.rowIds` are rows as imported, so that both sides can be laid beside each other. */
export const PreviewRows = z.strictObject({ fields: z.array(Field), page: RowsPage })
export type PreviewRows = z.infer<typeof PreviewRows>

export const RecipePreview = z.strictObject({
  version: z.number().int(),
  before: PreviewRows,
  after: PreviewRows,
  /** Every step; those up to the one looked at with counts where they were asked. */
  steps: z.array(StepReport),
})
export type RecipePreview = z.infer<typeof RecipePreview>

export const ApplyRecipe = z.strictObject({
  dataset: DatasetId,
  recipe: Recipe,
  /** Fields of reports may vanish or change their type. */
  acceptLoss: z.boolean().default(false),
})
export type ApplyRecipe = z.output<typeof ApplyRecipe>

/** What reports would miss; nothing was changed. */
export const RecipeQuestion = z.strictObject({
  vanished: z.array(Field),
  retyped: z.array(z.strictObject({ field: z.string(), from: FieldType, to: FieldType })),
  reports: z.array(z.strictObject({ title: z.string(), fields: z.array(z.string()) })),
})
export type RecipeQuestion = z.infer<typeof RecipeQuestion>

export const AppliedRecipe = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('applied'), dataset: DatasetInfo, rowsBefore: count }),
  z.strictObject({ state: z.literal('unchanged'), dataset: DatasetInfo }),
  /** Asked only when reports of the workspace use what would go. */
  z.strictObject({ state: z.literal('question'), question: RecipeQuestion }),
])
export type AppliedRecipe = z.infer<typeof AppliedRecipe>

/** Without `recipe` a dataset of that name keeps its own; null brings the rows in without one. */
export const PreparedImportOrder = ImportOrder.extend({ recipe: Recipe.nullable().optional() })
export type PreparedImportOrder = z.output<typeof PreparedImportOrder>

export const ClassSets = z.strictObject({
  /** The newest version of each. */
  sets: z.array(ClassSet),
})
/** A new set without an id, else a new version of it; recipes keep the version they name. */
export const SaveClassSet = z.strictObject({
  id: ClassSetId.optional(),
  name: z.string().min(1).max(120),
  ...Classes.shape,
})
export type SaveClassSet = z.output<typeof SaveClassSet>
