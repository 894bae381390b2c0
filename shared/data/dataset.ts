import { z } from 'zod'
import { AppError } from '../errors.ts'
import { Field, FieldType } from './field.ts'
import { SourceKind } from './source-kind.ts'

export const DatasetId = z.string().regex(/^ds_[a-z0-9]{6,24}$/)
export type DatasetId = z.infer<typeof DatasetId>

export const RejectedRow = z.strictObject({
  source: z.string(),
  row: z.number().int(),
  reason: z.string(),
  /** The line as it stood, cut where it gets long. */
  raw: z.string(),
})

/** A remark about an import in data form; the words come from the catalogue (`warning.<code>`). */
export const DatasetWarning = z.strictObject({
  code: z.enum([
    'mixedColumn',
    'mixedSigns',
    'mixedOrders',
    'weekdays',
    'lostValues',
    'roundedValues',
    'longDecimals',
    'openDateOrder',
    'oneZone',
    'mixedZones',
    'someZones',
    'cutFractions',
    'shortYears',
    'monthsAsDays',
    'textMarks',
    'trimmedMarks',
    'clocksAsText',
    'elapsedAsText',
    'elapsedAsDays',
    'textIdentifier',
    'longNumbers',
    'spelledNumbers',
    'serialDays',
    'commaFile',
    'commaBefore',
    'openComma',
    'lostDigits',
    'lostZeros',
    'duplicateHeader',
    'missingHeader',
    'rejectedRows',
    'unreadRows',
    'mendedRows',
    'droppedRows',
    'noRows',
    'leftOutRows',
    'likelyTotals',
    'leftOutColumn',
    'innerList',
    'rowNames',
    'shortRows',
    'columnsBeyond',
    'mergedCells',
    'filledMerged',
    'overlappingRows',
    'skippedRows',
    'replacedRows',
    'restatedRows',
    'unheededRows',
    'nonFinite',
    'convertedEncoding',
    'truncatedText',
    'networkFolder',
    'formulaWithoutValue',
    'cellError',
  ]),
  column: z.string().optional(),
  /** With `openDateOrder`: the column is one of dates, in which so many cells are blank; absent, it is kept as text. */
  count: z.number().int().optional(),
  examples: z.array(z.string()).optional(),
  /** With `lostZeros`: how many digits its numbers have elsewhere. */
  digits: z.number().int().optional(),
  /** What the column is but for the examples: choosing this type leaves those blank. */
  wouldBe: FieldType.optional(),
})
export type DatasetWarning = z.infer<typeof DatasetWarning>

export const DatasetSourceInfo = z.strictObject({
  name: z.string(),
  part: z.string().optional(),
  kind: SourceKind,
  rows: z.number().int(),
  rejected: z.number().int(),
  importedAt: z.string(),
})
export type DatasetSourceInfo = z.infer<typeof DatasetSourceInfo>

export const DatasetInfo = z.strictObject({
  id: DatasetId,
  name: z.string().min(1).max(120),
  mode: z.enum(['extract', 'live']),
  fields: z.array(Field),
  rows: z.number().int(),
  rejected: z.number().int(),
  /** Grows with every import or refresh: results are cached by it. */
  version: z.number().int(),
  /** ISO time of the newest import. */
  dataAsOf: z.string(),
  /** Latest day in the main date field; relative dates count from here. */
  lastDay: z.string().nullable(),
  sources: z.array(DatasetSourceInfo),
  /** Its rows are the answer of a statement the user wrote, asked there. */
  sql: z.enum(['extracts', 'file', 'server']).optional(),
  warnings: z.array(DatasetWarning),
  /** A list whose accounts were compared: the field that names an account, if any, and the one that says whose it is. */
  person: z.strictObject({ key: z.string().nullable(), field: z.string() }).optional(),
})
export type DatasetInfo = z.infer<typeof DatasetInfo>

export const RelationshipId = z.string().regex(/^rel_[a-z0-9]{6,24}$/)

/** One side of a relationship: its key is one field or several together, in the order of the other side's. */
export const RelationshipEnd = z.strictObject({
  dataset: DatasetId,
  fields: z.array(z.string().min(1)).min(1).max(8),
})
export type RelationshipEnd = z.infer<typeof RelationshipEnd>

export const Relationship = z.strictObject({
  id: RelationshipId,
  /** The "many" side. */
  from: RelationshipEnd,
  to: RelationshipEnd,
  /** Rows of the "many" side whose key has no partner; keys with a blank part are counted apart. */
  orphans: z.number().int(),
  blanks: z.number().int(),
  orphanExamples: z.array(z.string()),
  /** Rows behind the key that has most of them, and that key; 1 where the sides are one to one. */
  most: z.number().int(),
  mostExample: z.string(),
  /** Why it stopped holding with a newer version of either side: it answers no question until it holds again. */
  broken: AppError.nullable(),
})
export type Relationship = z.infer<typeof Relationship>
