import { z } from 'zod'
import { Member } from '../data/cell-value.ts'
import { FieldType } from '../data/field.ts'
import { Grain } from '../data/grain.ts'
import { AxisTotals, Measure, MeasureAggregate } from './report-query.ts'
import { ShowAs } from './show-as.ts'

/**
 * One column of values. `number` and `scaled` hold NaN for blank (non-finite values never occur: they become blank with
 * a warning). `scaled` is exact: the value is `values[i] / 10^scale`. `text` carries dates, text and numbers too wide for
 * a double, as `writing` says.
 */
export const ValueColumn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), values: z.instanceof(Float64Array) }),
  z.strictObject({
    kind: z.literal('scaled'),
    scale: z.number().int().min(0).max(6),
    values: z.instanceof(Float64Array),
  }),
  z.strictObject({
    kind: z.literal('text'),
    writing: z.enum(['text', 'decimal', 'date', 'timestamp', 'boolean']),
    values: z.array(z.string().nullable()),
  }),
])
export type ValueColumn = z.infer<typeof ValueColumn>

/** A field of so few texts has all of them in the answer, whatever the filters left. */
export const fewMembers = 10

/** More periods than this are not filled: a line over weeks of centuries would be all gaps. */
export const mostPeriods = 2000

export const ResultDimension = z.strictObject({
  field: z.string(),
  type: FieldType,
  grain: Grain.optional(),
  /** Every text the field holds, where they are few: colours stay with their member when others are filtered away. */
  members: z.array(z.string()).max(fewMembers).optional(),
  /** Of a period of the retail calendar all from the first to the last, those without rows as well. */
  periods: z.array(Member).max(mostPeriods).optional(),
})
export type ResultDimension = z.infer<typeof ResultDimension>

export const ResultMeasure = z.strictObject({
  name: z.string(),
  field: z.string().optional(),
  aggregate: MeasureAggregate,
  type: FieldType,
  scale: z.number().int().optional(),
  show: ShowAs.optional(),
  totals: Measure.shape.totals,
})
export type ResultMeasure = z.infer<typeof ResultMeasure>

/**
 * An edge in display order, outline form: a parent's subtotal stands where `totals` puts it (after its children; the
 * grand total last). `paths[i]` is shorter than `fields.length` for a subtotal and empty for the grand total.
 */
export const ResultAxis = z.strictObject({
  fields: z.array(ResultDimension),
  totals: AxisTotals,
  /** Its totals cover members that are not shown as well. */
  over: z.literal('all').optional(),
  /** Places of subtotals that no total is asked for: they stand for their group where it is folded. */
  aside: z.array(z.number().int()).optional(),
  paths: z.array(z.array(Member)),
})
export type ResultAxis = z.infer<typeof ResultAxis>

export const QueryWarning = z.strictObject({
  code: z.enum([
    'nonFinite',
    'floatingSum',
    'castFailed',
    'membersCut',
    'incompletePeriod',
    'comparedBeforeData',
    'holidaysNotAnnounced',
  ]),
  measure: z.string().optional(),
  /** Of holidays not announced: the year. */
  count: z.number().int().optional(),
  /**
   * Of a period that is not over: its last day with data, and the member where it is one. Of days compared with that begin before the
   * data do: the first day with data.
   */
  until: z.string().optional(),
  member: Member.optional(),
})

export const QueryResult = z.strictObject({
  rows: ResultAxis,
  columns: ResultAxis,
  measures: z.array(ResultMeasure),
  /** One column per measure; the cell of row r and column c is at `r * columns.paths.length + c`. */
  cells: z.array(ValueColumn),
  /** Base rows that passed the filters and top-N. */
  baseRows: z.number().int(),
  dataAsOf: z.string(),
  version: z.number().int(),
  elapsedMs: z.number(),
  cached: z.boolean(),
  warnings: z.array(QueryWarning),
})
export type QueryResult = z.infer<typeof QueryResult>
