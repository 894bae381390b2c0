import { z } from 'zod'
import { Grain } from '../data/grain.ts'
import { compareShape } from '../query/measure-compare.ts'
import { Member } from '../data/cell-value.ts'
import { MeasureAggregate, SortDirection } from '../query/report-query.ts'
import { SecondPass, showAsOver } from '../query/show-as.ts'
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

/** The path of one line of the other edge; absent means its grand total. */
const lineOfOther = z.array(Member).max(8).optional()

export const PillSort = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('label'), direction: SortDirection }),
  z.strictObject({
    by: z.literal('measure'),
    pill: PillId,
    direction: SortDirection,
    at: lineOfOther,
  }),
  z.strictObject({ by: z.literal('list'), members: z.array(Member).max(1000) }),
])
export type PillSort = z.infer<typeof PillSort>

/** A comparison along a date field of the report. */
export const PillCompare = z.strictObject({ field: FieldId, ...compareShape })
export type PillCompare = z.infer<typeof PillCompare>
/** As a question's "show as", with fields named by their pills. */
export const PillShow = showAsOver(PillId)
export type PillShow = z.infer<typeof PillShow>

/** The pill a "show as" compares along, if it names one. */
export function pillOfShow(show: PillShow): string | undefined {
  if ('field' in show) return show.field
  return 'reset' in show && typeof show.reset === 'object' ? show.reset.field : undefined
}

/** One field on a shelf: what the user sees as a pill. With an aggregate it is a measure, without one a dimension. */
export const FieldUseFields = z.strictObject({
  id: PillId,
  field: FieldId,
  aggregate: MeasureAggregate.optional(),
  /** Of a distinct count of accounts: the persons behind them are counted. */
  each: z.literal('person').optional(),
  grain: Grain.optional(),
  sort: PillSort.optional(),
  top: z
    .strictObject({
      count: z.number().int().min(1).max(1000),
      pill: PillId,
      direction: z.enum(['highest', 'lowest']).optional(),
      others: z.boolean().optional(),
      at: lineOfOther,
    })
    .optional(),
  /** Of a measure: the same over other days. */
  compare: PillCompare.optional(),
  /** A line for members without rows. */
  empty: z.boolean().optional(),
  /** Of a weighted average. */
  weight: FieldId.optional(),
  /** Of a percentile: 0 to 100. */
  percent: z.number().min(0).max(100).optional(),
  /** Of a balance: its date, and whose it is. */
  over: FieldId.optional(),
  per: FieldId.optional(),
  show: PillShow.optional(),
  /** Asked to sort or rank by, and not shown. */
  hidden: z.boolean().optional(),
  totals: z
    .strictObject({ rows: SecondPass.optional(), columns: SecondPass.optional() })
    .optional(),
  blankAs: z.literal('zero').optional(),
  format: NumberFormat.optional(),
  caption: z.string().max(200).optional(),
})
// A name of its own: written out in every place that holds pills, the contract's type grows beyond what the compiler emits.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface FieldUse extends z.infer<typeof FieldUseFields> {}
export const FieldUse: z.ZodType<FieldUse> = FieldUseFields

/** Whether a pill counts different values. */
export const countsDistinct = ({ aggregate }: Pick<FieldUse, 'aggregate'>): boolean =>
  aggregate === 'countDistinct' || aggregate === 'countDistinctWithBlank'

/** Further fields a measure is made of. */
export const besideFields = ['weight', 'over', 'per'] as const

/** Every field a pill names, its own first. */
export function fieldsOfUse(use: FieldUse): FieldId[] {
  return [use.field, ...besideFields.flatMap((name) => use[name] ?? [])]
}

/** A measure members can be cut by: what is computed from cells needs to know which there are. */
export function canRank({ aggregate }: Pick<FieldUse, 'aggregate'>): boolean {
  return aggregate !== undefined && aggregate !== 'cells'
}

/** A measure computed by a formula of aggregates or of cells: it is what its name says, and is aggregated no further. */
export function isFormula({ aggregate }: Pick<FieldUse, 'aggregate'>): boolean {
  return aggregate === 'formula' || aggregate === 'cells'
}
