import { z } from 'zod'
import { Member } from '../data/cell-value.ts'
import { Field } from '../data/field.ts'
import { FieldRef } from './filter.ts'
import { ReportQuery, SortDirection } from './report-query.ts'
import { ResultMeasure, ValueColumn } from './query-result.ts'

/** The cell whose base rows are wanted: a path on each edge, shorter for a subtotal, empty for a total. */
export const CellAddress = z.strictObject({
  row: z.array(Member),
  column: z.array(Member),
})
export type CellAddress = z.infer<typeof CellAddress>

/** Base rows behind a cell of `query` (or of the whole filtered dataset), for "show rows" and for detail tables. */
export const RowsRequest = z.strictObject({
  query: ReportQuery,
  cell: CellAddress.optional(),
  /** Whose rows, where the question counts those of several datasets; the question's own when absent. */
  dataset: z.string().min(1).max(120).optional(),
  /** Empty means every field of the listed dataset; names are as that dataset sees them. */
  fields: z.array(FieldRef).max(200),
  sort: z
    .array(z.strictObject({ field: FieldRef, direction: SortDirection }))
    .max(4)
    .default([]),
  limit: z.number().int().min(1).max(5000).default(500),
})
export type RowsRequest = z.infer<typeof RowsRequest>

export const RowsPage = z.strictObject({
  offset: z.number().int(),
  /** Dense row ids of the extract, one per row. */
  rowIds: z.instanceof(Float64Array),
  /** Where each row came from: name of the source file and its row there. */
  sources: z.array(z.string()),
  sourceRows: z.instanceof(Float64Array),
  columns: z.array(ValueColumn),
})
export type RowsPage = z.infer<typeof RowsPage>

export const RowList = z.strictObject({
  /** Names the open list for `rows.window`; forgotten when the dataset's version changes. */
  key: z.string(),
  /** Of the query's dataset: lists of different versions may differ. */
  version: z.number().int(),
  count: z.number().int(),
  /** All rows there are, where only the first of them are listed. */
  whole: z.number().int().optional(),
  fields: z.array(Field),
  /** The query's measures recomputed over exactly these rows. */
  measures: z.array(ResultMeasure),
  totals: z.array(ValueColumn),
  page: RowsPage,
})
export type RowList = z.infer<typeof RowList>
