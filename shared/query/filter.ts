import { z } from 'zod'
import { Member } from '../data/cell-value.ts'
import { Grain } from '../data/grain.ts'

/** A bare name belongs to the query's dataset; a related dataset's field is written `dataset.field`. */
export const FieldRef = z.string().min(1).max(330)

const target = { field: FieldRef, grain: Grain.optional() }
const bound = z.union([z.string().max(400), z.number()])

export const InFilter = z.strictObject({
  ...target,
  op: z.enum(['in', 'notIn']),
  /** Null stands for blank. An empty `in` keeps nothing. */
  values: z.array(Member).max(10_000),
})

/** Both ends are included unless said otherwise; a date end without a time covers its whole day. */
export const RangeFilter = z.strictObject({
  ...target,
  op: z.literal('range'),
  from: bound.optional(),
  to: bound.optional(),
  excludeFrom: z.boolean().optional(),
  excludeTo: z.boolean().optional(),
})

export const ContainsFilter = z.strictObject({
  field: FieldRef,
  op: z.enum(['contains', 'notContains', 'startsWith']),
  text: z.string().max(400),
  ignoreCase: z.boolean().optional(),
})

export const BlankFilter = z.strictObject({ field: FieldRef, op: z.enum(['blank', 'notBlank']) })

/** `last` n whole units ending with the anchor's unit, or the unit to date; the anchor is the dataset's last day by default. */
export const RelativeFilter = z.strictObject({
  field: FieldRef,
  op: z.literal('relative'),
  span: z.enum(['last', 'previous', 'toDate']),
  unit: z.enum(['day', 'week', 'month', 'quarter', 'year']),
  count: z.number().int().min(1).max(1000).optional(),
  anchor: z.enum(['lastDay', 'today']).optional(),
})

export const Filter = z.discriminatedUnion('op', [
  InFilter,
  RangeFilter,
  ContainsFilter,
  BlankFilter,
  RelativeFilter,
])
export type Filter = z.infer<typeof Filter>
export type InFilter = z.infer<typeof InFilter>
export type RangeFilter = z.infer<typeof RangeFilter>
export type RelativeFilter = z.infer<typeof RelativeFilter>
