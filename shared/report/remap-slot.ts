import type { Draft } from 'immer'
import type { FieldId } from './field-use.ts'
import { besideFields, fieldId, fieldNameOf, slotOf } from './field-use.ts'
import type { ReportFormula } from './formula.ts'
import { columnsBehind, fieldsInFormulas, renameFields } from './formula-places.ts'
import { formulasOf } from './report-formulas.ts'
import type { DatasetSlot, Report } from './report.ts'
import { allPills } from './shelves.ts'

/** Every place of the document that names a field, with a way to write it. */
export function* fieldPlaces(
  report: Draft<Report>,
): Generator<{ readonly id: string; readonly write: (id: string) => void }> {
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      for (const { use } of allPills(block)) {
        yield { id: use.field, write: (id) => (use.field = id) }
        const { compare } = use
        if (compare) yield { id: compare.field, write: (id) => (compare.field = id) }
        for (const name of besideFields) {
          const id = use[name]
          if (id !== undefined) yield { id, write: (to) => (use[name] = to) }
        }
      }
      if ('filters' in block) {
        for (const filter of block.filters) {
          yield { id: filter.field, write: (id) => (filter.field = id) }
        }
      }
    }
  }
  for (const path of Object.values(report.drillPaths)) {
    for (const level of path.levels) {
      yield { id: level.field, write: (id) => (level.field = id) }
    }
  }
}

export function slotIsUsed(report: Report, slot: string): boolean {
  if (formulasOf(report).some((formula) => formula.slot === slot)) return true
  if (fieldsInFormulas(report).some((id) => slotOf(id) === slot)) return true
  for (const place of fieldPlaces(report)) if (slotOf(place.id) === slot) return true
  return false
}

/** Every column a block, a filter or a drill path needs, those behind calculated fields included. */
export function columnsUsed(report: Report): FieldId[] {
  const named = new Set([...fieldPlaces(report)].map(({ id }) => id))
  return [...new Set([...named].flatMap((id) => columnsBehind(report, id)))]
}

export function remapSlot(
  report: Draft<Report>,
  slot: DatasetSlot,
  fields: Readonly<Record<string, string>>,
): void {
  const before = { datasets: { ...report.datasets } }
  const calculated = new Set(
    formulasOf(report).flatMap((one) => (one.slot === slot.id ? one.name : [])),
  )
  report.datasets[slot.id] = slot
  renameFields(report, before, (id) =>
    slotOf(id) === slot.id ? fields[fieldNameOf(id)] : undefined,
  )
  for (const place of fieldPlaces(report)) {
    const name = fieldNameOf(place.id)
    if (slotOf(place.id) !== slot.id || calculated.has(name)) continue
    const mapped = fields[name]
    if (mapped !== undefined) place.write(fieldId(slot.id, mapped))
  }
  giveWayToColumns(report, slot.id)
}

/** Calculated fields whose names a slot's columns have now. */
export function giveWayToColumns(report: Draft<Report>, slot: string): void {
  for (const formula of formulasOf(report)) if (formula.slot === slot) giveWay(report, formula)
}

/** A calculated field whose name the new columns have takes another, and what shows it follows. */
function giveWay(report: Draft<Report>, formula: Draft<ReportFormula>): void {
  const columns = report.datasets[formula.slot]?.fields.map(({ name }) => name) ?? []
  if (!columns.includes(formula.name)) return
  const others = formulasOf(report).map(({ name }) => name)
  let number = 2
  while ([...columns, ...others].includes(`${formula.name} ${number}`)) number++
  renameFormula(report, formula, `${formula.name} ${number}`)
}

/** Everything that names the formula names it anew: pills, filters and levels, and formulas. */
export function renameFormula(
  report: Draft<Report>,
  formula: Draft<ReportFormula>,
  name: string,
): void {
  const [before, after] = [fieldId(formula.slot, formula.name), fieldId(formula.slot, name)]
  if (before === after) return
  for (const place of fieldPlaces(report)) if (place.id === before) place.write(after)
  renameFields(report, report, (id) => (id === before ? name : undefined))
  formula.name = name
}
