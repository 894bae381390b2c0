import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { CellValue } from './cell-value.ts'
import {
  DatasetId,
  DatasetInfo,
  DatasetWarning,
  RejectedRow,
  RelationshipEnd,
  RelationshipId,
} from './dataset.ts'
import { Field, FieldRole, FieldType } from './field.ts'
import { Meaning } from './meaning.ts'
import { PersonalKind } from './personal.ts'
import { SheetLayout } from './sheet-layout.ts'
import { SourceKind } from './source-kind.ts'

const FileId = z.string()
export const Password = z.string().max(255)

/** A way to read the bytes of a text file, with its first lines read so; null when they cannot be. */
const EncodingGuess = z.strictObject({
  encoding: z.string(),
  confidence: z.number(),
  sample: z.string().nullable(),
})

export const ColumnOverride = z.strictObject({
  column: z.string(),
  type: FieldType.optional(),
  role: FieldRole.optional(),
  /** For dates such as 5/3/2024 and 5/3/24, which nothing else decides. */
  dateOrder: z.enum(['dayFirst', 'monthFirst', 'yearFirst']).optional(),
  /** The value of merged cells stands in all of their rows, not in the first alone. */
  fillMerged: z.literal(true).optional(),
  /** Tabs, backticks and apostrophes that mark identifiers as text are taken off. */
  trimMarks: z.literal(true).optional(),
  /** Which mark parts decimals, where 1,250 and 1.250 could be thousands as well. */
  decimalMark: z.enum(['point', 'comma']).optional(),
  /** Decimals beyond those the column is kept with are rounded: with a `type` of exact decimals. */
  rounded: z.literal(true).optional(),
  /** Numbers that are names, such as those of members, get zeros in front up to so many digits. */
  padTo: z.number().int().min(2).max(30).optional(),
  /** Null where the user said it is none. */
  meaning: Meaning.nullable().optional(),
  personal: PersonalKind.nullable().optional(),
})
export type ColumnOverride = z.infer<typeof ColumnOverride>

/** What its user chose at an import, to be offered for the next file of the same columns. */
export const RememberedChoices = z.strictObject({
  /** Only where it was not the proposed one. */
  name: z.string().min(1).max(120).optional(),
  encoding: z.string().max(40).optional(),
  layout: SheetLayout.omit({ range: true }).optional(),
  overrides: z.array(ColumnOverride).max(2000).default([]),
})
export type RememberedChoices = z.infer<typeof RememberedChoices>

/** Rows of the sample in which a column loses its cell when it is read as this type, under this order of dates. */
const BlankedCells = z.strictObject({
  column: z.number().int(),
  type: FieldType,
  dateOrder: ColumnOverride.shape.dateOrder,
  rows: z.array(z.number().int()),
})
export type BlankedCells = z.infer<typeof BlankedCells>

/** One sheet, table or whole text file inside a chosen file. */
export const SourcePart = z.strictObject({
  file: FileId,
  fileName: z.string(),
  kind: SourceKind,
  /** Sheet or table name; absent for a text file. */
  part: z.string().optional(),
  /** A sheet the workbook hides: offered, not taken unless asked for. */
  hidden: z.literal(true).optional(),
  /** How its cells are understood: as found, or as asked. */
  layout: SheetLayout,
  /** Columns that stand for periods, which could become rows. */
  periods: z.array(z.string()).optional(),
  /** Columns among these that sum them up, such as quarters: left out with them, unless they are to be kept. */
  periodTotals: z.array(z.string()).optional(),
  /** What stands above a table that shares its sheet with others. */
  title: z.string().optional(),
  /** What a sheet says that holds no table: offered, not taken unless asked for. */
  note: z.string().optional(),
  encoding: z.string().optional(),
  /** What parts its fields, in a text file. */
  delimiter: z.string().length(1).optional(),
  /** How else the bytes of a text file could be read, most likely first. */
  encodings: z.array(EncodingGuess).optional(),
  columns: z.array(Field),
  /** First rows as they would be read, for the preview. */
  sample: z.array(z.array(CellValue)),
  /** What these lose under other types than those found. */
  blanked: z.array(BlankedCells).optional(),
  /** How many rows were looked at, those left out among them, and whether that is all of them. */
  looked: z.strictObject({ rows: z.number().int(), all: z.boolean() }),
  /** Totals and notes among these: how many, and the first of them with the row of the sample they stand before. */
  leftOut: z
    .strictObject({
      count: z.number().int(),
      rows: z.array(
        z.strictObject({
          row: z.number().int(),
          before: z.number().int(),
          reason: z.enum(['total', 'derived', 'footer', 'heads']),
          label: z.string(),
          cells: z.array(CellValue),
        }),
      ),
    })
    .optional(),
  /** What these rows say of its columns. */
  remarks: z.array(DatasetWarning).optional(),
  /** Columns with merged cells that reach over several rows, and which rows of the sample those are, the last included. */
  merged: z
    .array(
      z.strictObject({
        column: z.number().int(),
        rows: z.array(z.strictObject({ from: z.number().int(), to: z.number().int() })),
      }),
    )
    .optional(),
  /** The sheet goes on beyond what was looked at: merged cells, if it has any, are seen when it is read. */
  mergedUnseen: z.literal(true).optional(),
  /** Rows if the source can say so without reading everything. */
  rowsKnown: z.number().int().optional(),
  /** Parts with an equal fingerprint have the same shape and can be appended. */
  fingerprint: z.string(),
  /** Datasets with files of the same columns, to which it could be added. */
  joins: z.array(DatasetId).optional(),
  /** What was chosen for the last files of this shape. */
  remembered: RememberedChoices.optional(),
})
export type SourcePart = z.infer<typeof SourcePart>
export type LeftOutSample = NonNullable<SourcePart['leftOut']>['rows'][number]

/** Numbers and words the sentence of a reason has places for. */
const UnreadableFacts = z.record(z.string(), z.union([z.string(), z.number()]))
export type UnreadableFacts = z.infer<typeof UnreadableFacts>

export const InspectedFiles = z.strictObject({
  parts: z.array(SourcePart),
  /** Files that lie in one folder of the user's: new files of it could join them at every refresh. */
  folders: z.array(z.strictObject({ name: z.string(), files: z.array(FileId) })),
  unreadable: z.array(
    z.strictObject({
      file: FileId.optional(),
      fileName: z.string(),
      code: z.enum(errorCodes),
      /** Chooses the words among those of the code. */
      reason: z.string().optional(),
      facts: UnreadableFacts.optional(),
    }),
  ),
  /** Sheets and tables without a single row, beside others of their file that have some. */
  empty: z.array(z.strictObject({ fileName: z.string(), part: z.string() })),
})
export type InspectedFiles = z.infer<typeof InspectedFiles>
export type EmptyPart = z.infer<typeof InspectedFiles>['empty'][number]

export const ImportPart = z.strictObject({
  file: FileId,
  part: z.string().optional(),
  encoding: z.string().max(40).optional(),
  /** Opens a protected workbook; never kept. */
  password: Password.optional(),
  layout: SheetLayout.optional(),
})
export type ImportPart = z.infer<typeof ImportPart>

/** Files that are looked into or read at once: years of daily ones. */
export const mostFiles = 2000
/** Beyond the limit people are told; far beyond it no page asks. */
const manyFiles = 20_000

/** Files to look into; of a file with parts listed only these are looked at, understood as they say. */
export const InspectFiles = z.strictObject({
  files: z.array(FileId).min(1).max(manyFiles),
  parts: z.array(ImportPart).max(manyFiles).optional(),
  /** By file; never kept. */
  passwords: z.record(FileId, Password).optional(),
})

/** How many of the files were looked into. */
export const InspectProgress = z.strictObject({
  done: z.number().int().min(0),
  files: z.number().int().min(1),
})
export type InspectProgress = z.infer<typeof InspectProgress>

/**
 * Rows that an earlier file of the dataset has as well: refused with their number, counted again, or left out. Where they
 * say something else there, `replace` takes those of the later file in the place of the others.
 */
export const OverlapChoice = z.enum(['ask', 'keep', 'skip', 'replace'])
export type OverlapChoice = z.infer<typeof OverlapChoice>

/** One dataset to make, from one part or from several of one shape. */
export const ImportOrder = z.strictObject({
  name: z.string().min(1).max(120),
  parts: z.array(ImportPart).min(1).max(manyFiles),
  mode: z.enum(['replace', 'append', 'fail']),
  /** New files in the folder of the parts belong to it at every refresh. */
  growing: z.boolean().optional(),
  /** Files beside them that were looked at and not taken: they join only once they have changed. */
  leaveOut: z.array(FileId).max(manyFiles).optional(),
  overlap: OverlapChoice.optional(),
  overrides: z.array(ColumnOverride).max(2000).default([]),
  /** Choices to be offered for the next file whose columns are first found as `shape` (`SourcePart.fingerprint`). */
  remember: RememberedChoices.omit({ overrides: true })
    .extend({ shape: z.string().max(64) })
    .optional(),
})
export type ImportOrder = z.infer<typeof ImportOrder>

/** Names an import while it runs; chosen by who asks for it. */
export const ImportRunId = z.string().min(8).max(64)

export const ImportProgress = z.strictObject({
  dataset: z.string(),
  phase: z.enum(['reading', 'typing', 'writing', 'committing', 'people']),
  rows: z.number().int(),
  /** 0 to 1 when the size is known. */
  fraction: z.number().optional(),
})
export type ImportProgress = z.infer<typeof ImportProgress>

export const ImportedDataset = z.strictObject({
  dataset: DatasetInfo,
  rowsRead: z.number().int(),
  rowsRejected: z.number().int(),
  rejected: z.array(RejectedRow).max(200),
})
export const ImportResult = z.strictObject({ datasets: z.array(ImportedDataset) })
export type ImportResult = z.infer<typeof ImportResult>

export const ConnectLive = z.strictObject({
  file: FileId,
  table: z.string().max(400),
  name: z.string().min(1).max(120),
})

/** What a column stands for and whether it tells of a person, as the user says: null for none, absent for as it was. */
export const TagColumn = z.strictObject({
  dataset: DatasetId,
  field: z.string(),
  meaning: Meaning.nullable().optional(),
  personal: PersonalKind.nullable().optional(),
})
export type TagColumn = z.infer<typeof TagColumn>

export const RelationshipEnds = z.strictObject({ from: RelationshipEnd, to: RelationshipEnd })
export type RelationshipEnds = z.infer<typeof RelationshipEnds>

/** With `id` that relationship gets other keys; it stays as it was where they do not fit. */
export const CreateRelationship = RelationshipEnds.extend({ id: RelationshipId.optional() }).refine(
  ({ from, to }) =>
    from.fields.length === to.fields.length &&
    [from, to].every(({ fields }) => new Set(fields).size === fields.length),
  'both sides need as many key fields, each once',
)

/** Why two datasets look related. */
export const RelationshipReason = z.strictObject({
  code: z.enum(['sameName', 'likeName', 'sameMeaning', 'values', 'composite']),
  /** With `values`: how many of the different keys of the many side the one side has, in percent. */
  percent: z.number().int().optional(),
})
export type RelationshipReason = z.infer<typeof RelationshipReason>

export const ProposedRelationship = RelationshipEnds.extend({
  reasons: z.array(RelationshipReason),
})
export type ProposedRelationship = z.infer<typeof ProposedRelationship>

/** What could be related, and columns of one name that cannot, as neither side holds each key once. */
export const RelationshipProposals = z.strictObject({
  /** The likeliest first. */
  proposals: z.array(ProposedRelationship),
  repeated: z.array(
    RelationshipEnds.extend({
      /** How many keys stand in several rows of the "one" side. */
      count: z.number().int(),
      examples: z.array(z.string()),
    }),
  ),
})
export type RepeatedKey = z.infer<typeof RelationshipProposals>['repeated'][number]

export const FieldValuesAsk = z.strictObject({
  dataset: DatasetId,
  field: z.string(),
  search: z.string().max(200),
  limit: z.number().int().min(1).max(1000),
})
export const FieldValues = z.strictObject({
  values: z.array(z.strictObject({ value: CellValue, rows: z.number().int() })),
  /** Distinct values that match, shown or not. */
  total: z.number().int(),
})
