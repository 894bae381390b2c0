import { z } from 'zod'
import { CellValue } from '../data/cell-value.ts'
import { Filter } from './filter.ts'
import { compareShows } from './measure-compare.ts'
import { ResultMeasure } from './query-result.ts'
import { ReportQuery } from './report-query.ts'
import { CellAddress } from './row-list.ts'

/** A number to be proved: a cell of an answer and the measure it belongs to, by name. */
export const ProofAsk = z.strictObject({
  query: ReportQuery,
  cell: CellAddress,
  measure: z.string().min(1).max(200),
})
export type ProofAsk = z.infer<typeof ProofAsk>

/** What a cell is to the number proved. */
export const operandRoles = [
  'cell',
  'whole',
  'row',
  'column',
  'grand',
  'base',
  'member',
  'shown',
] as const
export type OperandRole = (typeof operandRoles)[number]

/** Days from the first to the last of them. */
const Days = z.strictObject({ from: z.string(), to: z.string() })

/** One side of a comparison over time, from the base rows of its days. */
const ComparedSide = z.strictObject({
  days: z.array(Days),
  value: CellValue,
  rows: z.number().int(),
})
export type ComparedSide = z.infer<typeof ComparedSide>

/** Of a number of other days: which they are, and with what it is compared where it is. */
export const ComparedParts = z.strictObject({
  show: z.enum(compareShows),
  other: ComparedSide,
  own: ComparedSide.optional(),
})
export type ComparedParts = z.infer<typeof ComparedParts>

/** One cell the number is made of: as the pivot has it, and computed anew from its base rows one by one. */
export const ProofOperand = z.strictObject({
  role: z.enum(operandRoles),
  cell: CellAddress,
  fromPivot: CellValue,
  /** Null rows: not read again, for it is itself a number shown. */
  recomputed: CellValue,
  rows: z.number().int().nullable(),
  compared: ComparedParts.optional(),
  /** Of a formula over shown cells: the measure it reads there, by name. */
  measure: ResultMeasure.optional(),
})
export type ProofOperand = z.infer<typeof ProofOperand>

export const Proof = z.strictObject({
  measure: ResultMeasure,
  /** As the crosstab or chart has it. */
  shown: CellValue,
  /** From the operands computed anew. */
  recomputed: CellValue,
  agrees: z.boolean(),
  /** How the number comes from its operands: the measure itself, a "show as", or a total of shown numbers. */
  formula: z.enum([
    ...(['itself', 'percent', 'percentOfParent', 'index', 'difference'] as const),
    ...(['percentDifference', 'runningTotal', 'percentRunningTotal', 'movingAverage'] as const),
    ...(['rank', 'cells', 'sumOfShown', 'averageOfShown', 'minOfShown', 'maxOfShown'] as const),
  ]),
  operands: z.array(ProofOperand),
  filters: z.array(Filter),
  dataset: z.string(),
  version: z.number().int(),
  dataAsOf: z.string(),
  /** Base rows of the cell itself, and how many came from each source. */
  rows: z.number().int(),
  sources: z.array(z.strictObject({ name: z.string(), rows: z.number().int() })),
  /** Of a formula over shown cells: its text. */
  text: z.string().optional(),
  /** Where the cell itself is of other days. */
  compared: ComparedParts.optional(),
})
export type Proof = z.infer<typeof Proof>

/** Cells a number may be made of to be proved. */
export const mostOperands = 400
