/** A dataset whose rows are the answer of a statement the user wrote. */
import { z } from 'zod'
import { ConnectionId } from './connection.ts'
import { DatasetId, DatasetInfo } from './dataset.ts'
import { FieldName, FieldType } from './field.ts'

/** Where it is asked: over the extracts of the workspace, the SQLite file of a live dataset, or a server. */
export const SqlPlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('extracts') }),
  z.strictObject({ kind: z.literal('file'), dataset: DatasetId }),
  z.strictObject({ kind: z.literal('server'), connection: ConnectionId }),
])
export type SqlPlace = z.infer<typeof SqlPlace>

export const SqlParameterType = z.enum(['text', 'number', 'date', 'boolean'])
export type SqlParameterType = z.infer<typeof SqlParameterType>

/** Written `:name` in the statement; its value is bound there, never pasted. */
export const SqlParameter = z.strictObject({
  name: z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u).max(60), // prettier-ignore
  type: SqlParameterType,
  /** Digits, an ISO day, `true` or `false`, or any text. */
  value: z.string().max(4000),
})
export type SqlParameter = z.infer<typeof SqlParameter>

const parameters = z.array(SqlParameter).max(50)
const text = z.string().min(1).max(100_000)

export const SqlDraft = z.strictObject({ place: SqlPlace, text, parameters })
export type SqlDraft = z.infer<typeof SqlDraft>

export const SqlPreview = z.strictObject({
  columns: z.array(z.strictObject({ name: FieldName, type: FieldType })),
  /** Cells as the place they come from writes them. */
  rows: z.array(z.array(z.string().nullable())).max(200),
  /** There are more rows than these. */
  more: z.boolean(),
})
export type SqlPreview = z.infer<typeof SqlPreview>

export const SaveSql = z.strictObject({
  /** Null for a new one; else it gets another statement. */
  dataset: DatasetId.nullable(),
  name: z.string().trim().min(1).max(120),
  draft: SqlDraft,
})
export type SaveSql = z.infer<typeof SaveSql>

/** The statement of a dataset, and whether it was written or agreed to on this machine. */
export const KeptSql = z.strictObject({
  dataset: DatasetInfo,
  /** Where its file or connection is gone there is none. */
  place: SqlPlace.nullable(),
  /** The name of what is asked, for people: a file, a connection. */
  placeName: z.string(),
  text,
  parameters,
  agreed: z.boolean(),
  /** Names what is agreed to: another statement or another place is another one. */
  hash: z.string(),
})
export type KeptSql = z.infer<typeof KeptSql>
