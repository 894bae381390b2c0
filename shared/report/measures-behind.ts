/** Measures of a block that formulas over aggregates name, and the formulas these lead to. */
import { namesIn } from '../expression/references.ts'
import { measuresNamed } from '../query/measure-types.ts'
import type { Block } from './blocks/block.ts'
import type { FieldUse } from './field-use.ts'
import type { ReportFormula } from './formula.ts'
import { measureNames } from './measure-names.ts'
import { formulaNamed, formulaOf, namedFormulas } from './report-formulas.ts'
import type { Report } from './report.ts'
import { allPills } from './shelves.ts'

type Named = Pick<Report, 'datasets' | 'formulas'>

/** What a formula over aggregates names outside of them that is neither a field nor a formula: measures of its block. */
export function measureWords(report: Named, { slot, text, kind }: ReportFormula): string[] {
  if (kind !== 'aggregate') return []
  const fields = report.datasets[slot]?.fields ?? []
  const written = new Set(namesIn(text).map(({ name }) => name))
  return measuresNamed(text).filter(
    (name) =>
      written.has(name) &&
      !fields.some((field) => field.name === name) &&
      // What a formula over cells is called stands for a measure, like any other.
      (formulaNamed(report, slot, name)?.kind ?? 'cells') === 'cells',
  )
}

/** The pills a formula names itself; what shows cells is known too late for it. */
function pillsNamed(report: Named, formula: ReportFormula, block: Block): FieldUse[] {
  const names = measureNames(block)
  const uses = allPills(block).map(({ use }) => use)
  return measureWords(report, formula).flatMap((name) => {
    const use = uses.find(({ id }) => id === names.get(name))
    return use && use.aggregate !== 'cells' ? [use] : []
  })
}

/** All measures of a block a formula leads to, by way of others as well. */
export function measuresBehind(report: Named, formula: ReportFormula, block: Block): FieldUse[] {
  const found = new Map<string, FieldUse>()
  const seen = new Set<string>()
  const visit = (one: ReportFormula): void => {
    if (seen.has(one.id)) return
    seen.add(one.id)
    for (const use of pillsNamed(report, one, block)) {
      found.set(use.id, use)
      const below = formulaOf(report, use.field)
      if (below?.kind === 'aggregate') visit(below)
    }
    for (const named of namedFormulas(report, one)) visit(named)
  }
  visit(formula)
  return [...found.values()]
}

/** Whether a formula is computed from another one, or is that one. */
export function leadsTo(
  report: Named,
  from: ReportFormula,
  id: string,
  block: Block | undefined,
): boolean {
  const seen = new Set<string>()
  const visit = (one: ReportFormula): boolean => {
    if (one.id === id) return true
    if (seen.has(one.id)) return false
    seen.add(one.id)
    const pills = block ? pillsNamed(report, one, block) : []
    const below = pills.flatMap(({ field }) => formulaOf(report, field) ?? [])
    return [...namedFormulas(report, one), ...below].some(visit)
  }
  return visit(from)
}
