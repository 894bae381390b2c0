/** Calculated fields and parameters as the rest of the report sees them. */
import type { Field } from '../data/field.ts'
import { isNumeric } from '../data/field.ts'
import type { PersonalKind } from '../data/personal.ts'
import type { NumberStyle } from '../data/number-format.ts'
import { namesIn } from '../expression/references.ts'
import type { FieldId, FieldUse } from './field-use.ts'
import { fieldNameOf, slotOf } from './field-use.ts'
import type { ReportFormula, ReportParameter } from './formula.ts'
import type { Report } from './report.ts'

type WithFormulas = Pick<Report, 'formulas'>

export function formulasOf(report: WithFormulas): readonly ReportFormula[] {
  return Object.values(report.formulas ?? {})
}

export function parametersOf(report: Pick<Report, 'parameters'>): readonly ReportParameter[] {
  return Object.values(report.parameters ?? {})
}

/** The calculated field a pill, a filter or a level names, if it names one. */
export function formulaOf(report: WithFormulas, id: FieldId): ReportFormula | undefined {
  return formulaNamed(report, slotOf(id), fieldNameOf(id))
}

export function formulaNamed(
  report: WithFormulas,
  slot: string,
  name: string,
): ReportFormula | undefined {
  return formulasOf(report).find((one) => one.slot === slot && one.name === name)
}

/** A field with the number format its author gave it. */
export type DescribedField = Field & { readonly format?: NumberStyle | undefined }

/** A calculated field as if it were a column. */
export function formulaField(formula: ReportFormula, personal?: PersonalKind): DescribedField {
  const key = personal ?? ''
  const known = described.get(formula) ?? new Map<string, DescribedField>()
  described.set(formula, known)
  const field = known.get(key) ?? describe(formula, personal)
  known.set(key, field)
  return field
}

/** One object a formula, as there is one a column: those who watch it see a change only where there is one. */
const described = new WeakMap<ReportFormula, Map<string, DescribedField>>()

function describe(
  { name, type, kind, scale: digits = 2, format }: ReportFormula,
  personal: PersonalKind | undefined,
): DescribedField {
  const role = kind !== 'row' || isNumeric(type) ? 'measure' : 'dimension'
  const scale = type === 'decimal' ? { scale: Math.min(digits, 2) } : {}
  return {
    name,
    type,
    role,
    ...scale,
    ...(format ? { format } : {}),
    ...(personal ? { personal } : {}),
  }
}

/** What a slot has to group, filter and drill by, or to aggregate: its columns and the formulas of its rows. */
export function fieldsOfSlot(report: Report, slot: string): DescribedField[] {
  const calculated = formulasOf(report).filter((one) => one.slot === slot && one.kind === 'row')
  return [
    ...(report.datasets[slot]?.fields ?? []),
    ...calculated.map((formula) => formulaField(formula)),
  ]
}

/** Whether a pill uses its field as the field can be used: what is computed of aggregates is aggregated no more. */
export function suitsFormula(
  report: WithFormulas,
  use: Pick<FieldUse, 'field' | 'aggregate'>,
): boolean {
  const kind = formulaOf(report, use.field)?.kind ?? 'row'
  if (kind === 'aggregate') return use.aggregate === 'formula'
  if (kind === 'cells') return use.aggregate === 'cells'
  return use.aggregate !== 'formula' && use.aggregate !== 'cells'
}

/** Formulas of the same slot a formula names, for rows: those it is computed from. */
export function namedFormulas(
  report: WithFormulas,
  { slot, text, kind }: Pick<ReportFormula, 'slot' | 'text' | 'kind'>,
): ReportFormula[] {
  // A formula over cells names measures of whichever block it stands in.
  if (kind === 'cells') return []
  const names = new Set(namesIn(text).flatMap((part) => (part.kind === 'field' ? part.name : [])))
  return [...names].flatMap((name) => formulaNamed(report, slot, name) ?? [])
}

/** The formulas among `all` that lead back to themselves. */
export function circularFormulas(report: WithFormulas): ReportFormula[] {
  return formulasOf(report).filter((one) => {
    const seen = new Set<ReportFormula>()
    const next = namedFormulas(report, one)
    for (let at = next.pop(); at; at = next.pop()) {
      if (at.id === one.id) return true
      if (!seen.has(at)) next.push(...namedFormulas(report, at))
      seen.add(at)
    }
    return false
  })
}

/** Formulas that cannot do without this one. */
export function formulasNaming(report: WithFormulas, formula: ReportFormula): ReportFormula[] {
  return formulasOf(report).filter(
    (one) =>
      one.id !== formula.id && namedFormulas(report, one).some(({ id }) => id === formula.id),
  )
}

/** The parameters a block's numbers depend on, by what its pills and filters name. */
export function parametersBehind(
  report: Pick<Report, 'formulas' | 'parameters'>,
  fields: readonly FieldId[],
): ReportParameter[] {
  const seen = new Set<ReportFormula>()
  const next = fields.flatMap((id) => formulaOf(report, id) ?? [])
  for (let at = next.pop(); at; at = next.pop()) {
    if (!seen.has(at)) next.push(...namedFormulas(report, at))
    seen.add(at)
  }
  const users = (name: string): boolean =>
    formulasWithParameter(report, name).some((one) => seen.has(one))
  return parametersOf(report).filter(({ name }) => users(name))
}

export function formulasWithParameter(report: WithFormulas, name: string): ReportFormula[] {
  return formulasOf(report).filter(({ text }) =>
    namesIn(text).some((part) => part.kind === 'parameter' && part.name === name),
  )
}
