/**
 * A recipe: the visible steps that turn the rows of a dataset as imported into the rows reports see. It is saved with the
 * dataset, one per version, and replayed on every refresh, import and append. Recipes come from strangers' files, so every
 * list and text has a limit. What each step does to a value is written beside its schema; docs/preparation.md has it whole.
 */
import { z } from 'zod'
import { CellValue } from '../data/cell-value.ts'
import { FieldName, FieldRole, FieldType } from '../data/field.ts'
import { BlankFilter, ContainsFilter, InFilter, RangeFilter } from '../query/filter.ts'

export const recipeLimits = {
  steps: 100,
  /** Pairs, entries, rules, listed values and the like in all steps together. */
  values: 50_000,
  /** Characters of the recipe as JSON. */
  characters: 2_000_000,
  /** Fields times steps: each step carries every field along. */
  cells: 200_000,
} as const

const shortText = z.string().max(400)
/** An empty text stands for blank. */
const maybeText = shortText.nullable()
const IsoDay = z.iso.date()

/**
 * Filter words without relative dates: a recipe gives the same rows whenever it is replayed. Fields are those of the
 * dataset at that step; related datasets are not asked.
 */
export const RowFilter = z.discriminatedUnion('op', [
  InFilter,
  RangeFilter,
  ContainsFilter,
  BlankFilter,
])
export type RowFilter = z.infer<typeof RowFilter>

/** Filters a row must pass, all of them or any. */
export const Condition = z.strictObject({
  match: z.enum(['all', 'any']).default('all'),
  filters: z.array(RowFilter).min(1).max(50),
})
export type Condition = z.infer<typeof Condition>

/** Rules are tried in order; the first that holds names the class. */
export const ClassRule = z.strictObject({ when: Condition, name: z.string().min(1).max(200) })
export type ClassRule = z.infer<typeof ClassRule>

export const Classes = z.strictObject({
  rules: z.array(ClassRule).min(1).max(200),
  /** Class of the rows no rule holds for; null leaves them blank. */
  otherwise: z.string().max(200).nullable(),
})
export type Classes = z.infer<typeof Classes>

export const ClassSetId = z.string().regex(/^cls_[a-z0-9]{6,24}$/)
/** Classes under a name that several datasets use; a version never changes. */
export const ClassSet = z.strictObject({
  id: ClassSetId,
  name: z.string().min(1).max(120),
  version: z.number().int().min(1),
  ...Classes.shape,
})
export type ClassSet = z.infer<typeof ClassSet>

export const StepId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)

const base = {
  id: StepId,
  on: z.boolean().default(true),
  note: z.string().max(500).optional(),
}

/** Several at once, so that two fields can swap their names. */
export const RenameStep = z.strictObject({
  ...base,
  kind: z.literal('rename'),
  names: z
    .array(z.strictObject({ field: FieldName, to: FieldName }))
    .min(1)
    .max(500),
})

/** Leaves fields out of the dataset. */
export const RemoveStep = z.strictObject({
  ...base,
  kind: z.literal('remove'),
  fields: z.array(FieldName).min(1).max(2000),
})

/** A value the new type cannot hold as it is becomes blank and is counted as lost: nothing is rounded or guessed. */
export const TypeStep = z.strictObject({
  ...base,
  kind: z.literal('type'),
  field: FieldName,
  to: FieldType,
  /** Digits after the point, for `decimal`; 2 when absent. */
  scale: z.number().int().min(0).max(6).optional(),
  /** How 5/3/2024, 5/3/24 or, the year first, 24/3/5 is read; a year of four digits in front is always understood. */
  dateOrder: z.enum(['dayFirst', 'monthFirst', 'yearFirst']).optional(),
  role: FieldRole.optional(),
})

/** In this order: width, white space, form, case. Text only; what is empty afterwards is blank. */
export const NormaliseStep = z.strictObject({
  ...base,
  kind: z.literal('normalise'),
  fields: z.array(FieldName).min(1).max(200),
  /** Full-width letters, digits, signs and the ideographic space become their half-width forms. */
  width: z.literal('half').optional(),
  /** `ends`: gone at both ends; `single`: and every run inside is one space; `none`: gone everywhere. */
  space: z.enum(['ends', 'single', 'none']).optional(),
  /**
   * `phone`: half-width, without white space and - ( ) . · _ /, and without 86, +86 or 0086 before an 11-digit mobile number; a
   * text that is no number of 5 to 20 digits then stays as it was. `id`: half-width, without white space and a
   * leading apostrophe or backtick, capital letters.
   */
  form: z.enum(['phone', 'id']).optional(),
  case: z.enum(['upper', 'lower']).optional(),
})

/** `whole`: a value equal to `find` (null finds blanks); the first pair wins. `part`: text replaced inside, pair after pair. */
export const ReplaceStep = z.strictObject({
  ...base,
  kind: z.literal('replace'),
  field: FieldName,
  match: z.enum(['whole', 'part']),
  pairs: z
    .array(z.strictObject({ find: CellValue, with: CellValue }))
    .min(1)
    .max(100),
})

const DictionaryEntry = z.strictObject({
  from: z.string().min(1).max(400),
  to: maybeText,
  /** First and last day it holds, both included; open where absent. */
  validFrom: IsoDay.optional(),
  validTo: IsoDay.optional(),
})
export type DictionaryEntry = z.infer<typeof DictionaryEntry>

/** Values by a dictionary, as text. Entries of one value must not hold on the same day. */
export const MapStep = z
  .strictObject({
    ...base,
    kind: z.literal('map'),
    field: FieldName,
    /** A new field beside it; the field itself when absent. */
    into: FieldName.optional(),
    entries: z.array(DictionaryEntry).min(1).max(5000),
    /** Decides between entries with days; a row whose date is blank meets only entries without days. */
    dateField: FieldName.optional(),
    /** What becomes of values the dictionary does not have. */
    otherwise: z.enum(['keep', 'blank']).default('keep'),
  })
  .refine(({ entries, dateField }) => dateField !== undefined || !entries.some(isDated), {
    error: 'entries with days need a date field',
  })
  .refine(({ entries }) => !overlap(entries), { error: 'two entries hold on the same day' })

export const FillStep = z.strictObject({
  ...base,
  kind: z.literal('fill'),
  fields: z.array(FieldName).min(1).max(200),
  with: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('value'), value: CellValue }),
    /** The nearest value above in the order of the source, never across sources. */
    z.strictObject({ kind: z.literal('above') }),
  ]),
})

/** Text into parts; parts are trimmed and blank when empty. */
export const SplitStep = z
  .strictObject({
    ...base,
    kind: z.literal('split'),
    field: FieldName,
    by: z.discriminatedUnion('kind', [
      /** The last part keeps whatever follows. */
      z.strictObject({ kind: z.literal('delimiter'), text: z.string().min(1).max(20) }),
      /** Ascending places of cuts, in characters from the start: 4 leaves four characters to the first part. */
      z.strictObject({
        kind: z.literal('position'),
        at: z.array(z.number().int().min(1).max(32_767)).min(1).max(49),
      }),
    ]),
    /** A part for each name. */
    into: z.array(FieldName).min(2).max(50),
    keep: z.boolean().default(true),
  })
  .refine(({ by, into }) => by.kind === 'delimiter' || by.at.length + 1 === into.length, {
    error: 'a cut fewer than parts',
  })
  .refine(({ by }) => by.kind === 'delimiter' || by.at.every((at, i) => at > (by.at[i - 1] ?? 0)), {
    error: 'cuts ascend',
  })

/** Values written one after the other as text, blanks left out. */
export const MergeStep = z.strictObject({
  ...base,
  kind: z.literal('merge'),
  fields: z.array(FieldName).min(2).max(50),
  into: FieldName,
  separator: z.string().max(20),
  keep: z.boolean().default(true),
})

export const FilterStep = z.strictObject({
  ...base,
  kind: z.literal('filter'),
  when: Condition,
  /** Keeps the rows the condition holds for, or all others. */
  rows: z.enum(['keep', 'drop']).default('keep'),
})

/** Rows equal in all keys (blank equals blank) become one; a row whose keys are all blank is nobody's duplicate. */
export const DedupeStep = z.strictObject({
  ...base,
  kind: z.literal('dedupe'),
  keys: z.array(FieldName).min(1).max(50),
  keep: z.enum(['first', 'last']),
  /** First and last by this field, blanks behind every value; ties and its absence: by the order of the source. */
  by: FieldName.optional(),
})

/** Each listed field of a row becomes a row: its name in one new field, its value in another, other fields repeated. */
export const UnpivotStep = z.strictObject({
  ...base,
  kind: z.literal('unpivot'),
  fields: z.array(FieldName).min(1).max(500),
  nameInto: FieldName,
  valueInto: FieldName,
  /** Rows with a blank value stay. */
  keepBlanks: z.boolean().default(false),
})

/** A field by a formula of the row; a field of that name is replaced. */
export const FormulaStep = z.strictObject({
  ...base,
  kind: z.literal('formula'),
  into: FieldName,
  formula: z.string().min(1).max(10_000),
  role: FieldRole.optional(),
})

export const ClassifyStep = z.strictObject({
  ...base,
  kind: z.literal('classify'),
  into: FieldName,
  classes: z.union([
    Classes,
    /** A named set of the workspace; `fields` maps names in its rules to fields of this dataset where they differ. */
    z.strictObject({
      set: ClassSetId,
      version: z.number().int().min(1),
      fields: z.record(FieldName, FieldName).default({}),
    }),
  ]),
})

export const RecipeStep = z.discriminatedUnion('kind', [
  RenameStep,
  RemoveStep,
  TypeStep,
  NormaliseStep,
  ReplaceStep,
  MapStep,
  FillStep,
  SplitStep,
  MergeStep,
  FilterStep,
  DedupeStep,
  UnpivotStep,
  FormulaStep,
  ClassifyStep,
])
export type RecipeStep = z.infer<typeof RecipeStep>
export type StepKind = RecipeStep['kind']
export type StepOf<K extends StepKind> = Extract<RecipeStep, { kind: K }>

export const Recipe = z
  .strictObject({
    format: z.literal(1),
    steps: z.array(RecipeStep).max(recipeLimits.steps),
  })
  .refine(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, {
    error: 'two steps have the same id',
  })
  .refine((recipe) => JSON.stringify(recipe).length <= recipeLimits.characters, {
    error: 'the recipe is too long',
  })
  .refine((recipe) => valuesIn(recipe) <= recipeLimits.values, {
    error: 'the recipe lists too many values',
  })
export type Recipe = z.infer<typeof Recipe>

export const emptyRecipe: Recipe = { format: 1, steps: [] }

const isDated = ({ validFrom, validTo }: DictionaryEntry): boolean =>
  validFrom !== undefined || validTo !== undefined

/** Whether some value has two entries that hold on one day. */
function overlap(entries: readonly DictionaryEntry[]): boolean {
  const byValue = Map.groupBy(entries, ({ from }) => from)
  return [...byValue.values()].some((same) => {
    const inOrder = same.toSorted((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))
    return inOrder.some((entry, index) => {
      const next = inOrder[index + 1]
      return next !== undefined && (entry.validTo ?? '9999-12-31') >= (next.validFrom ?? '')
    })
  })
}

function valuesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + valuesIn(one), 0)
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, one) => sum + valuesIn(one), 0)
}
