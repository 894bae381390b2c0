import { z } from 'zod'
import { FieldType } from '../data/field.ts'
import { NumberFormat } from './field-use.ts'
import { FormulaId, ParameterId, SlotId } from './ids.ts'

/** Of rows, of aggregates of rows, or of the cells a block shows: never mixed. */
export const FormulaKind = z.enum(['row', 'aggregate', 'cells'])
export type FormulaKind = z.infer<typeof FormulaKind>

/** Of a report: more are not made. */
export const maxFormulas = 200
export const maxParameters = 100

/** A calculated field: it stands among the fields of its slot by its name, and pills name it as they name those. */
export const ReportFormula = z.strictObject({
  id: FormulaId,
  slot: SlotId,
  name: z.string().min(1).max(120),
  kind: FormulaKind,
  text: z.string().min(1).max(10_000),
  /** What it gave when it was last checked: a report is read without its data beside it. */
  type: FieldType,
  /** Digits after the point of a decimal. */
  scale: z.number().int().min(1).max(12).optional(),
  format: NumberFormat.optional(),
})
export type ReportFormula = z.infer<typeof ReportFormula>

/** As formulas write it after an `@`. */
export const ParameterName = z
  .string()
  .max(60)
  .regex(/^[\p{L}_][\p{L}\p{N}_]*$/u)

export type ParameterName = z.infer<typeof ParameterName>

const named = { id: ParameterId, name: ParameterName }
const listed = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(200).optional()
const number = z.number()
const words = z.string().max(1000)
const day = z.iso.date()

/** A value formulas name, set by people at a control on the page. With a list only its values can be chosen. */
export const ReportParameter = z.discriminatedUnion('type', [
  z.strictObject({
    ...named,
    type: z.literal('number'),
    value: number,
    range: z.strictObject({ min: number, max: number, step: number.positive() }).optional(),
    list: listed(number),
  }),
  z.strictObject({ ...named, type: z.literal('text'), value: words, list: listed(words) }),
  z.strictObject({ ...named, type: z.literal('date'), value: day, list: listed(day) }),
  z.strictObject({ ...named, type: z.literal('boolean'), value: z.boolean() }),
])
export type ReportParameter = z.infer<typeof ReportParameter>
export type ParameterType = ReportParameter['type']
export type ParameterValue = ReportParameter['value']

/** The parameter with another value, or null where its type, range or list does not allow it. */
export function withValue(
  parameter: ReportParameter,
  value: ParameterValue,
): ReportParameter | null {
  const next = ReportParameter.safeParse({ ...parameter, value })
  return next.success && allows(next.data) ? next.data : null
}

/** Whether the value is one of those that may be chosen. */
export function allows(parameter: ReportParameter): boolean {
  if (parameter.type === 'boolean') return true
  if (parameter.list) return parameter.list.some((one) => one === parameter.value)
  if (parameter.type !== 'number' || !parameter.range) return true
  return parameter.value >= parameter.range.min && parameter.value <= parameter.range.max
}
