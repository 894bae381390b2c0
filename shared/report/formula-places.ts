/** Where formulas are named, and what they name, so that names can change and nothing is left behind. */
import type { Draft } from 'immer'
import { namesIn, renameIn } from '../expression/references.ts'
import { fieldId, slotOf } from './field-use.ts'
import type { FieldId } from './field-use.ts'
import type { ReportFormula } from './formula.ts'
import { measureWords } from './measures-behind.ts'
import { formulaOf, formulasOf, namedFormulas } from './report-formulas.ts'
import type { Report } from './report.ts'

/** The slot and the field a name in a formula stands for: the own slot's, or that of the slot named before the point. */
export function fieldNamed(
  report: Pick<Report, 'datasets'>,
  formula: Pick<ReportFormula, 'slot'>,
  name: string,
): FieldId {
  const own = report.datasets[formula.slot]
  if (own?.fields.some((field) => field.name === name) !== false) return fieldId(formula.slot, name)
  const before = Object.values(report.datasets)
    .filter((slot) => slot.id !== own.id && name.startsWith(`${slot.name}.`))
    .toSorted((a, b) => b.name.length - a.name.length)
  const other = before.find((slot) =>
    slot.fields.some((field) => field.name === name.slice(slot.name.length + 1)),
  )
  return other === undefined
    ? fieldId(formula.slot, name)
    : fieldId(other.id, name.slice(other.name.length + 1))
}

/** The fields of slots a formula reads, those of formulas it names included. */
export function fieldsOfFormula(report: Report, formula: ReportFormula): FieldId[] {
  if (formula.kind === 'cells') return []
  const named = namedFormulas(report, formula)
  const names = new Set(named.map(({ name }) => name))
  const measures = measureWords(report, formula)
  const own = namesIn(formula.text).flatMap((part) =>
    part.kind === 'field' && !names.has(part.name) && !measures.includes(part.name)
      ? [fieldNamed(report, formula, part.name)]
      : [],
  )
  // A circle is refused elsewhere; here it must end.
  const below = named.filter((one) => one.id !== formula.id)
  const without = { ...report, formulas: withoutKey(report.formulas ?? {}, formula.id) }
  return [...new Set([...own, ...below.flatMap((one) => fieldsOfFormula(without, one))])]
}

/** As above, of whatever fields are named: a calculated one stands for those it reads. */
export function columnsBehind(report: Report, id: FieldId): FieldId[] {
  const formula = formulaOf(report, id)
  return formula ? fieldsOfFormula(report, formula) : [id]
}

/** Fields of slots that formulas name themselves. */
export function fieldsInFormulas(report: Report): FieldId[] {
  return formulasOf(report).flatMap((formula) => fieldsOfFormula(report, formula))
}

/** Gives fields other names wherever formulas of the report write them; `to` says nothing about those that keep theirs. */
export function renameFields(
  report: Draft<Report>,
  before: Pick<Report, 'datasets'>,
  to: (id: FieldId) => string | undefined,
): void {
  for (const formula of Object.values(report.formulas ?? {})) {
    formula.text = renameIn(formula.text, (part) => {
      if (part.kind !== 'field') return undefined
      // Over cells the names are those of measures, and a measure of a field may go by the field's.
      const id = fieldNamed(before, formula, part.name)
      const slot = slotOf(id)
      const name = to(id) ?? id.slice(slot.length + 1)
      if (slot === formula.slot || formula.kind === 'cells') return to(id)
      return `${report.datasets[slot]?.name ?? before.datasets[slot]?.name ?? ''}.${name}`
    })
  }
}

export function withoutKey<T>(map: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _, ...others } = map
  return others
}
