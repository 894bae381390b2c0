import { z } from 'zod'
import { DatasetId, DatasetInfo } from './dataset.ts'
import { SourceKind } from './source-kind.ts'

/** How the lines of a text file are cut into the columns of its dataset. */
export const TextShape = z.strictObject({
  /** One character. */
  delimiter: z.string().length(1),
  /** Fields of the usual line. */
  width: z.number().int().min(1),
  names: z.array(z.string()),
  /** What stands around fields, where it is no `"`. */
  quote: z.literal("'").optional(),
  /** A backslash inside quotes takes the quote behind it for itself. */
  escaped: z.boolean().optional(),
  /** Blank fields at the end of a line are left off. */
  short: z.boolean().optional(),
})
export type TextShape = z.infer<typeof TextShape>

const SourcePlace = z.number().int().min(0)
const SourceRow = z.number().int().min(0)
const Line = z.string().max(100_000)

/** A line that was kept apart because it does not parse. */
export const QuarantinedRow = z.strictObject({
  /** Place of its source among those of the dataset. */
  source: SourcePlace,
  /** 1-based row in that source. */
  row: SourceRow,
  reason: z.string(),
  raw: z.string(),
  /** The line went on: it can be left out, not mended. */
  cut: z.boolean(),
})
export type QuarantinedRow = z.infer<typeof QuarantinedRow>

export const RejectedAsk = z.strictObject({
  dataset: DatasetId,
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(500),
})

export const RejectedRows = z.strictObject({
  /** Rows that were rejected; of very many only the first are kept. */
  total: z.number().int(),
  kept: z.number().int(),
  sources: z.array(
    z.strictObject({
      ...{ source: SourcePlace, name: z.string(), kind: SourceKind },
      shape: TextShape.nullable(),
    }),
  ),
  rows: z.array(QuarantinedRow),
})
export type RejectedRows = z.infer<typeof RejectedRows>

/** What becomes of a rejected line: read as `text`, or left out for good where that is null. */
const RowFix = z.strictObject({
  source: SourcePlace,
  row: SourceRow,
  /** As it was shown: a line that is another one by now is not touched. */
  raw: z.string(),
  text: Line.nullable(),
})
export type RowFix = z.infer<typeof RowFix>

export const MendRows = z.strictObject({
  dataset: DatasetId,
  fixes: z.array(RowFix).min(1).max(10_000),
})
export type MendRows = z.infer<typeof MendRows>

export const MendedRows = z.strictObject({
  dataset: DatasetInfo,
  /** Lines that parse now and joined the dataset. */
  joined: z.number().int(),
  dropped: z.number().int(),
  /** Lines that still do not parse, with their reason, or that are gone. */
  still: z.array(z.strictObject({ source: SourcePlace, row: SourceRow, reason: z.string() })),
})
export type MendedRows = z.infer<typeof MendedRows>
