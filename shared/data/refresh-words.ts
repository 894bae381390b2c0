import { z } from 'zod'
import { AppError } from '../errors.ts'
import { DatasetId, DatasetInfo, RejectedRow } from './dataset.ts'
import { Field, FieldName, FieldType } from './field.ts'
import { ColumnOverride, OverlapChoice, Password } from './import-words.ts'

const FileName = z.string().min(1).max(400)

/** One dataset to read again, with the answers to what an earlier try asked. */
export const RefreshOrder = z.strictObject({
  dataset: DatasetId,
  /** Column of the files, or columns of several, by the field it is from now on. */
  renames: z.record(FieldName, z.union([FieldName, z.array(FieldName).max(100)])).default({}),
  /** Fields may vanish or change their type. */
  acceptLoss: z.boolean().default(false),
  /** New files whose lack of columns that is said of, by name or as in `add`; all of them when absent. */
  acceptedFiles: z.array(FileName).max(2000).optional(),
  /** New files of the folder that stay out of the data from now on, until they change; of those in `add`, as they stand there. */
  leaveOut: z.array(FileName).max(2000).optional(),
  /** New files that are files of the dataset under another name, whose own name something new bears by now. */
  renamed: z.array(FileName).max(2000).optional(),
  /** These files join the data; those it has are not looked at. */
  add: z.array(z.string().max(100)).min(1).max(2000).optional(),
  /** What was read of files that are gone stays, and they are looked for no more. */
  keepGone: z.boolean().optional(),
  /** Files that were left out and are to be looked at again. */
  takeIn: z.array(FileName).max(2000).optional(),
  /** How columns are understood from now on, such as dates whose day and month cannot be told apart: all files are read again. */
  overrides: z.array(ColumnOverride).max(2000).optional(),
  /** Rows that look like totals and do not add up are left out from now on: all files are read again. */
  leaveOutLikely: z.boolean().optional(),
  /** As it was answered before, when absent. */
  overlap: OverlapChoice.optional(),
  /** Of protected files, by their names; never kept. */
  passwords: z.record(z.string().max(400), Password).default({}),
})
export type RefreshOrder = z.infer<typeof RefreshOrder>

/** What becomes of the cells that are not of the type: left blank, rounded, read in an order of day and month, or nothing. */
export const keepKinds = [
  'same',
  'blank',
  'rounded',
  'dayFirst',
  'monthFirst',
  'yearFirst',
] as const
const KeepKind = z.enum(keepKinds)
export type KeepKind = z.infer<typeof KeepKind>

/** A field that is another kind of value than before, and how it could stay what it was. */
const RetypedField = z.strictObject({
  ...{ field: FieldName, from: FieldType, to: FieldType },
  /** How many cells of a file are not of the type, of all that say something. */
  odd: z
    .array(
      z.strictObject({
        ...{ file: z.string(), count: z.number().int(), of: z.number().int() },
        examples: z.array(z.string()),
      }),
    )
    .default([]),
  /** Each with the rule to send, and how many cells it leaves blank and rounds. */
  ways: z
    .array(
      z.strictObject({
        ...{ kind: KeepKind, rule: ColumnOverride },
        ...{ blank: z.number().int(), rounded: z.number().int() },
      }),
    )
    .default([]),
  /** Of the ways, the one nobody loses much by. */
  proposed: KeepKind.optional(),
})
export type RetypedField = z.infer<typeof RetypedField>

/** Why a refresh stopped: what the files no longer have, what they have instead, and who would miss it. */
export const SchemaQuestion = z.strictObject({
  vanished: z.array(z.strictObject({ field: Field, sources: z.array(z.string()) })),
  added: z.array(Field),
  retyped: z.array(RetypedField),
  proposals: z.array(
    z.strictObject({ field: FieldName, column: FieldName, score: z.number().min(0).max(1) }),
  ),
  reports: z.array(z.strictObject({ title: z.string(), fields: z.array(z.string()) })),
  /** Steps of the recipe that cannot run on the new columns, with the fields they miss; accepting the loss skips them. */
  steps: z
    .array(
      z.strictObject({
        ...{ step: z.string(), kind: z.string(), reason: z.string() },
        fields: z.array(z.string()),
      }),
    )
    .default([]),
  /** Identifiers of a file that lost the zeros in front with which they are known: how many of those that are too short. */
  unpadded: z
    .array(
      z.strictObject({
        ...{ field: FieldName, file: z.string(), digits: z.number().int() },
        ...{ count: z.number().int(), of: z.number().int(), examples: z.array(z.string()) },
      }),
    )
    .default([]),
  /** Files that had rows and are now read without any. */
  emptied: z.array(z.string()).default([]),
  /** Files of which less than one row in twenty is left. */
  shrunk: z
    .array(z.strictObject({ file: z.string(), before: z.number().int(), after: z.number().int() }))
    .default([]),
  /** Rows were read, or a statement was run, and nothing of it is left: by the recipe, or by the statement itself. */
  resultEmpty: z.enum(['recipe', 'sql']).optional(),
  /** The new file that has other columns than the data: it may be left out as well. */
  file: z.string().optional(),
  /** As it stands in `add`: two files may bear one name. */
  fileId: z.string().optional(),
  /** The file it is an exact copy of: then that alone is asked. */
  copyOf: z.string().optional(),
  /** That one has changed since: the new file may be the file itself, renamed, and what stands there now a new one. */
  moved: z.boolean().optional(),
  /** Further such files, asked about one by one. */
  waiting: z.array(z.string()).default([]),
})
export type SchemaQuestion = z.infer<typeof SchemaQuestion>

/** What a dataset does not hold of the folder or the workbooks it grows with, and files that are gone from there. */
const FolderFiles = z.strictObject({
  /** Files that cannot be taken, each with its reason. */
  leftOut: z.array(
    z.strictObject({ name: z.string(), fileId: z.string().optional(), error: AppError }),
  ),
  /** Sheets and tables of files that were read, which came since or are none of the dataset's columns. */
  sheets: z.array(z.string()),
  /** Files that were left out by choice. */
  decided: z.array(z.string()),
  /** Files, and sheets of workbooks, whose rows stay. */
  gone: z.array(z.string()),
  /** Sheets that are gone, each with the one that was read in its place. */
  renamed: z.array(z.string()).optional(),
  /** Folders inside it, which are not looked into, with how many data files lie right in each. */
  inside: z.array(z.strictObject({ name: z.string(), files: z.number().int() })).default([]),
})
export type FolderFiles = z.infer<typeof FolderFiles>

/** Accounts of one person, searched again: pairs nobody was asked about before, and all that wait to be looked at. */
export const FoundPeople = z.strictObject({
  fresh: z.number().int(),
  open: z.number().int(),
})
export type FoundPeople = z.infer<typeof FoundPeople>

export const RefreshedDataset = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('refreshed'),
    dataset: DatasetInfo,
    rowsBefore: z.number().int(),
    rejected: z.array(RejectedRow).max(200),
    /** Files that were read, and how many were taken over as they were. */
    read: z.array(z.string()),
    kept: z.number().int(),
    added: z.array(z.string()),
    /** Fields that are gone, and those that are another kind of value now; where there are any. */
    lost: z
      .strictObject({
        gone: z.array(z.string()),
        retyped: z.array(z.strictObject({ field: z.string(), from: FieldType, to: FieldType })),
      })
      .optional(),
    /** Where there are any. */
    folder: FolderFiles.optional(),
    /** Where its accounts are compared. */
    people: FoundPeople.optional(),
    /** Datasets whose recipe looks into it and was not run again: called off, or it cannot. */
    waiting: z.array(z.string()).optional(),
  }),
  z.strictObject({
    state: z.literal('unchanged'),
    dataset: DatasetInfo,
    folder: FolderFiles.optional(),
  }),
  z.strictObject({
    state: z.literal('question'),
    dataset: DatasetInfo,
    question: SchemaQuestion,
    folder: FolderFiles.optional(),
  }),
  z.strictObject({ state: z.literal('failed'), dataset: DatasetId, error: AppError }),
])
export type RefreshedDataset = z.infer<typeof RefreshedDataset>

export const RefreshResult = z.strictObject({ datasets: z.array(RefreshedDataset) })

/** Datasets with a source file that is newer than what was read of it, or gone. */
export const Staleness = z.strictObject({
  stale: z.array(
    z.strictObject({
      dataset: DatasetId,
      changed: z.array(z.string()),
      missing: z.array(z.string()),
    }),
  ),
})
export type Staleness = z.infer<typeof Staleness>

export const DatasetVersion = z.strictObject({
  version: z.number().int(),
  current: z.boolean(),
  rows: z.number().int(),
  rejected: z.number().int(),
  importedAt: z.string(),
  /** Steps of its recipe that are on. */
  steps: z.number().int(),
  /** Size of its file. */
  bytes: z.number().int(),
  sources: z.array(z.string()),
})
export const DatasetVersions = z.strictObject({ versions: z.array(DatasetVersion) })

const Members = z.strictObject({ count: z.number().int(), examples: z.array(z.string()) })

/** What is different in one version from another; lists are short, counts are whole. */
export const DatasetChanges = z.strictObject({
  from: z.number().int(),
  to: z.number().int(),
  rowsBefore: z.number().int(),
  rowsAfter: z.number().int(),
  /** Null when no field, and no two, name every row of both, and there are no receipts whose lines could be told apart. */
  rows: z
    .strictObject({
      key: z.array(z.string()),
      added: z.number().int(),
      vanished: z.number().int(),
      /** Rows of the same key that say something else. */
      restated: z.number().int(),
      vanishedKeys: z.array(z.string()),
      restatedKeys: z.array(z.string()),
    })
    .nullable(),
  /** Why there are none. */
  rowsBecause: z.enum(['noKey']).optional(),
  measures: z.array(
    z.strictObject({
      field: z.string(),
      periods: z.array(
        z.strictObject({
          /** `2025-03`; null for rows without a date. */
          period: z.string().nullable(),
          before: z.number().nullable(),
          after: z.number().nullable(),
        }),
      ),
    }),
  ),
  /** Dimensions some of whose values are new or gone. */
  members: z.array(z.strictObject({ field: z.string(), added: Members, vanished: Members })),
  /** Of the later version, where its accounts were compared. */
  people: FoundPeople.optional(),
})
export type DatasetChanges = z.infer<typeof DatasetChanges>
