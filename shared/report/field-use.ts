import { z } from 'zod'
import { Grain } from '../data/grain.ts'
import { compareShape } from '../query/measure-compare.ts'
import { Aggregate, SortDirection } from '../query/report-query.ts'
import { PillId } from './ids.ts'

/** `sl_xxxxxxxx.field name`: the slot of the report, then the field's name in it. */
export const FieldId = z.string().regex(/^sl_[a-z0-9]{4,24}\..{1,200}$/s)
export type FieldId = z.infer<typeof FieldId>

export function fieldId(slot: string, field: string): FieldId {
  return `${slot}.${field}`
}

export function slotOf(id: FieldId): string {
  return id.slice(0, id.indexOf('.'))
}

export function fieldNameOf(id: FieldId): string {
  return id.slice(id.indexOf('.') + 1)
}

/** How a number is shown; the value itself is never rounded. */
export const NumberFormat = z.strictObject({
  kind: z.enum(['number', 'percent', 'currency']),
  decimals: z.number().int().min(0).max(6),
  grouping: z.boolean(),
  /** `wan` shows 万 and 亿, `kmb` shows K, M and B. */
  unit: z.enum(['none', 'wan', 'kmb']),
})
export type NumberFormat = z.infer<typeof NumberFormat>

export const PillSort = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('label'), direction: SortDirection }),
  z.strictObject({ by: z.literal('measure'), pill: PillId, direction: SortDirection }),
])
export type PillSort = z.infer<typeof PillSort>

/** A comparison along a date field of the report. */
export const PillCompare = z.strictObject({ field: FieldId, ...compareShape })
export type PillCompare = z.infer<typeof PillCompare>

/** One field on a shelf: what the user sees as a pill. With an aggregate it is a measure, without one a dimension. */
export const FieldUse = z.strictObject({
  id: PillId,
  field: FieldId,
  aggregate: Aggregate.optional(),
  grain: Grain.optional(),
  sort: PillSort.optional(),
  top: z
    .strictObject({
      count: z.number().int().min(1).max(1000),
      pill: PillId,
      direction: z.enum(['highest', 'lowest']).optional(),
    })
    .optional(),
  /** Of a measure: the same over other days. */
  compare: PillCompare.optional(),
  format: NumberFormat.optional(),
  caption: z.string().max(200).optional(),
})
export type FieldUse = z.infer<typeof FieldUse>
