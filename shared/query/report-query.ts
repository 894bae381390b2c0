import { z } from 'zod'
import { Grain } from '../data/grain.ts'
import { FieldRef, Filter } from './filter.ts'
import { MeasureCompare } from './measure-compare.ts'

export const aggregates = [
  'sum',
  'count',
  'countDistinct',
  'countDistinctWithBlank',
  'average',
  'min',
  'max',
  'median',
] as const
export const Aggregate = z.enum(aggregates)
export type Aggregate = z.infer<typeof Aggregate>

export const SortDirection = z.enum(['ascending', 'descending'])
export type SortDirection = z.infer<typeof SortDirection>

/** Siblings are sorted by caption, or by a measure's value on their own subtotal; blank members come last either way. */
export const AxisSort = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('label'), direction: SortDirection }),
  z.strictObject({ by: z.literal('measure'), measure: z.string(), direction: SortDirection }),
])
export type AxisSort = z.infer<typeof AxisSort>

/** Keeps, within each parent, the `count` members with the highest (or lowest) value of a measure; acts as a filter. */
export const TopN = z.strictObject({
  count: z.number().int().min(1).max(10_000),
  measure: z.string(),
  direction: z.enum(['highest', 'lowest']).optional(),
})
export type TopN = z.infer<typeof TopN>

export const AxisField = z.strictObject({
  field: FieldRef,
  grain: Grain.optional(),
  sort: AxisSort.optional(),
  top: TopN.optional(),
})
export type AxisField = z.infer<typeof AxisField>

/** `count` needs no field (rows). The name is `as`, or `aggregate(field)` when absent. */
export const Measure = z.strictObject({
  field: FieldRef.optional(),
  aggregate: Aggregate,
  as: z.string().min(1).max(200).optional(),
  /** The same measure over other days; a sort or a top-N by it goes by the days asked. */
  compare: MeasureCompare.optional(),
})
export type Measure = z.infer<typeof Measure>

export const AxisTotals = z.enum(['none', 'grand', 'all'])
export type AxisTotals = z.infer<typeof AxisTotals>

export const ReportQuery = z.strictObject({
  dataset: z.string().min(1).max(120),
  rows: z.array(AxisField).max(8).default([]),
  columns: z.array(AxisField).max(8).default([]),
  measures: z.array(Measure).max(20).default([]),
  filters: z.array(Filter).max(100).default([]),
  totals: z
    .strictObject({ rows: AxisTotals.default('none'), columns: AxisTotals.default('none') })
    .default({ rows: 'none', columns: 'none' }),
  /** A retail calendar by id or name; the workspace's default one when absent. */
  calendar: z.string().min(1).max(80).optional(),
})
/** The question a block, the command line or a test asks: plain data, never SQL. */
export type ReportQuery = z.infer<typeof ReportQuery>
export type ReportQueryInput = z.input<typeof ReportQuery>

export function measureName(measure: Measure): string {
  return measure.as ?? `${measure.aggregate}(${measure.field ?? ''})`
}
