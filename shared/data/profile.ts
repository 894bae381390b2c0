import { z } from 'zod'
import { CellValue } from './cell-value.ts'
import { DatasetId } from './dataset.ts'
import { FieldType } from './field.ts'
import { Grain } from './grain.ts'

const count = z.number().int().min(0)

/** Rows of one bar of a histogram. A period is named by both ends alike, numbers by the edges of their bin. */
export const HistogramBin = z.strictObject({ from: CellValue, to: CellValue, rows: count })
export type HistogramBin = z.infer<typeof HistogramBin>

export const ValueCount = z.strictObject({ value: CellValue, rows: count })
export type ValueCount = z.infer<typeof ValueCount>

/** Values far from the middle half: more than three times its height away. */
export const Outliers = z.strictObject({
  lowest: z.number(),
  highest: z.number(),
  below: count,
  above: count,
  examples: z.array(z.number()).max(10),
})

export const NumberProfile = z.strictObject({
  mean: z.number(),
  /** Of a sample, as Excel's STDEV.S; null for a single value. */
  deviation: z.number().nullable(),
  /** By position with interpolation, as Excel's QUARTILE.INC. */
  quartiles: z.tuple([z.number(), z.number(), z.number()]),
  outliers: Outliers,
})
export type NumberProfile = z.infer<typeof NumberProfile>

export const TextProfile = z.strictObject({
  shortest: count,
  longest: count,
  meanLength: z.number(),
  patterns: z
    .array(z.strictObject({ pattern: z.string(), rows: count, example: z.string() }))
    .max(20),
})
export type TextProfile = z.infer<typeof TextProfile>

/** What all rows of a dataset say about one column. */
export const ColumnProfile = z.strictObject({
  field: z.string(),
  type: FieldType,
  rows: count,
  blanks: count,
  /** Different values that are not blank, counted exactly. */
  distinct: count,
  min: CellValue,
  max: CellValue,
  top: z.array(ValueCount).max(20),
  histogram: z.array(HistogramBin).max(64),
  /** The period a bar of dates stands for. */
  grain: Grain.optional(),
  numbers: NumberProfile.optional(),
  texts: TextProfile.optional(),
})
export type ColumnProfile = z.infer<typeof ColumnProfile>

export const ProfileAsk = z.strictObject({ dataset: DatasetId, field: z.string() })
export type ProfileAsk = z.infer<typeof ProfileAsk>
