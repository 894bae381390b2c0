import { z } from 'zod'
import { Meaning } from './meaning.ts'
import { PersonalKind } from './personal.ts'

/**
 * Types a stored column can have. `decimal` is exact with `scale` digits after the point; `date` is a wall-clock day,
 * `timestamp` a wall-clock second in the dataset's named zone (no offset is kept).
 */
export const fieldTypes = [
  'text',
  'integer',
  'decimal',
  'double',
  'date',
  'timestamp',
  'boolean',
] as const
export const FieldType = z.enum(fieldTypes)
export type FieldType = z.infer<typeof FieldType>

/** A dimension is grouped by, a measure is aggregated, an identifier names things (receipt, member) and is counted. */
export const FieldRole = z.enum(['dimension', 'measure', 'identifier'])
export type FieldRole = z.infer<typeof FieldRole>

export const FieldName = z.string().min(1).max(200)

/** Digits after the point a column is stored with. */
export const maxFieldScale = 6

export const Field = z.strictObject({
  name: FieldName,
  type: FieldType,
  role: FieldRole,
  /** Digits after the decimal point, for type `decimal` only. */
  scale: z.number().int().min(0).max(maxFieldScale).optional(),
  /** The sign its numbers bore in the file: `%` (stored as shares of one), a currency, a unit. */
  sign: z.string().max(8).optional(),
  /** What it stands for in the business; absent for none. */
  meaning: Meaning.optional(),
  /** Says something about a person: masked in everything that leaves the program. */
  personal: PersonalKind.optional(),
  /** Not of any source: says which person a row belongs to. It can be asked for, and neither tagged nor related. */
  derived: z.literal('person').optional(),
})
export type Field = z.infer<typeof Field>

export function isNumeric(type: FieldType): boolean {
  return type === 'integer' || type === 'decimal' || type === 'double'
}

export function isTemporal(type: FieldType): boolean {
  return type === 'date' || type === 'timestamp'
}

/** Whether values are of another kind than before, or are sums no longer exact that were: reports made over them change. */
export function isRetyped(before: FieldType, after: FieldType): boolean {
  if (isNumeric(before) && isNumeric(after)) return before !== 'double' && after === 'double'
  return before !== after && !(isTemporal(before) && isTemporal(after))
}
