import { z } from 'zod'
import { Member } from '../data/cell-value.ts'
import { Grain } from '../data/grain.ts'
import { formulaLimits } from '../expression/limits.ts'
import { parameterTypes } from '../expression/scope.ts'
import { FieldRef, Filter } from './filter.ts'
import { MeasureCompare } from './measure-compare.ts'
import { Retention } from './retention.ts'
import { SecondPass, ShowAs } from './show-as.ts'

export const aggregates = [
  'sum',
  'count',
  'countDistinct',
  'countDistinctWithBlank',
  'average',
  'min',
  'max',
  'median',
  'percentile',
  'weightedAverage',
  'opening',
  'closing',
] as const
export const Aggregate = z.enum(aggregates)
export type Aggregate = z.infer<typeof Aggregate>

/** A measure is one of these over a field, or a formula: over aggregates (`formula`), or over the shown cells of others. */
export const MeasureAggregate = z.enum([...aggregates, 'formula', 'cells'])
export type MeasureAggregate = z.infer<typeof MeasureAggregate>

/** A formula's text, as long as the language allows. */
const FormulaText = z.string().min(1).max(formulaLimits.length)

/** A field computed from others in every row, used like those of the dataset; it may name those listed before it. */
export const Calculated = z.strictObject({
  name: z.string().min(1).max(200),
  formula: FormulaText,
})
export type Calculated = z.infer<typeof Calculated>

/** A value formulas name as `@name`; a date is written 2025-01-31. */
export const QueryParameter = z.strictObject({
  name: z.string().min(1).max(80),
  type: z.enum(parameterTypes),
  value: z.union([z.number(), z.string().max(1000), z.boolean(), z.null()]),
})
export type QueryParameter = z.infer<typeof QueryParameter>

export const SortDirection = z.enum(['ascending', 'descending'])
export type SortDirection = z.infer<typeof SortDirection>

/** The path of one line of the other edge, shorter for a subtotal; absent means its grand total. */
const LineOfOther = z.array(Member).max(8).optional()

/** Members in an order of the user's own; those not named follow by caption. */
const ownOrder = { by: z.literal('list'), members: z.array(Member).max(1000) }

/**
 * Siblings are sorted by caption, by a measure's value on their own subtotal (before it is shown as something else), or as
 * listed; blank members come last either way.
 */
export const AxisSort = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('label'), direction: SortDirection }),
  z.strictObject({
    by: z.literal('measure'),
    measure: z.string(),
    direction: SortDirection,
    at: LineOfOther,
  }),
  z.strictObject(ownOrder),
])
export type AxisSort = z.infer<typeof AxisSort>

/**
 * Keeps, within each parent, the `count` members with the highest (or lowest) value of a measure. Alone it acts as a filter;
 * with `others` the rows of all further members stand under one more, placed last, and totals stay as they were.
 */
export const TopN = z.strictObject({
  count: z.number().int().min(1).max(10_000),
  measure: z.string(),
  direction: z.enum(['highest', 'lowest']).optional(),
  others: z.boolean().optional(),
  at: LineOfOther,
})
export type TopN = z.infer<typeof TopN>

/** A key of customers stands for the person behind the account; without it, for the account. */
const Each = z.literal('person')

export const AxisField = z.strictObject({
  field: FieldRef,
  grain: Grain.optional(),
  sort: AxisSort.optional(),
  top: TopN.optional(),
  /** Members without rows have a line as well, under every parent. */
  empty: z.boolean().optional(),
  each: Each.optional(),
})
export type AxisField = z.infer<typeof AxisField>

/** `count` needs no field (rows). The name is `as`; when absent `aggregate(field)`, or the formula. */
export const Measure = z.strictObject({
  field: FieldRef.optional(),
  aggregate: MeasureAggregate,
  /** Of `formula` and `cells`, which have no field. */
  formula: FormulaText.optional(),
  each: Each.optional(),
  as: z.string().min(1).max(200).optional(),
  /** The same measure over other days; a top-N by it goes by the days asked, a sort by what it says. */
  compare: MeasureCompare.optional(),
  /** Of a weighted average. */
  weight: FieldRef.optional(),
  /** Of a percentile: 0 to 100. */
  percent: z.number().min(0).max(100).optional(),
  /** Of a balance: the date it is told on, and whose balance it is (a member, a shop) where rows are of several. */
  over: FieldRef.optional(),
  per: FieldRef.optional(),
  show: ShowAs.optional(),
  /** Asked to sort, rank or cut by, and not answered. */
  hidden: z.boolean().optional(),
  /** Totals made of the numbers shown below them, by edge. */
  totals: z
    .strictObject({ rows: SecondPass.optional(), columns: SecondPass.optional() })
    .optional(),
  /** Cells without rows read 0; nothing else is computed from it. */
  blankAs: z.literal('zero').optional(),
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
    .strictObject({
      rows: AxisTotals.default('none'),
      columns: AxisTotals.default('none'),
      /** No subtotal under a parent that has one child only. */
      singles: z.literal('hide').optional(),
      /** Totals also cover members that filters on the edges' own fields, or a top-N, leave out. */
      over: z.literal('all').optional(),
      /** Edges whose subtotals are answered though they are not shown; nothing else is computed from them. */
      aside: z
        .array(z.enum(['rows', 'columns']))
        .max(2)
        .optional(),
    })
    .default({ rows: 'none', columns: 'none' }),
  calculated: z.array(Calculated).max(100).optional(),
  parameters: z.array(QueryParameter).max(100).optional(),
  /** A retail calendar by id or name; the workspace's default one when absent. */
  calendar: z.string().min(1).max(80).optional(),
  /** Who comes back: asked alone, answered as cohorts by periods since. */
  retention: Retention.optional(),
})
/** The question a block, the command line or a test asks: plain data, never SQL. */
export type ReportQuery = z.infer<typeof ReportQuery>
export type ReportQueryInput = z.input<typeof ReportQuery>

/** What a measure is over its own base rows, before it is shown as anything else. */
export function baseMeasure(measure: Measure): Measure {
  const { show, totals, hidden, blankAs, ...base } = measure
  return { ...base, as: measureName(measure) }
}

export function measureName(measure: Measure): string {
  if (measure.as !== undefined) return measure.as
  if (measure.formula !== undefined) return measure.formula.slice(0, 200)
  return `${measure.aggregate}(${measure.field ?? ''})`
}
