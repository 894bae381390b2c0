/** Taking calculated fields and parameters out of a report, with everything that would point at nothing. */
import type { Draft } from 'immer'
import { namesIn } from '../expression/references.ts'
import { dropPillTraces, forgetFolds } from './commands/cleanup.ts'
import { fieldId } from './field-use.ts'
import type { ParameterType, ParameterValue } from './formula.ts'
import { fieldPlaces } from './remap-slot.ts'
import { formulaOf, formulasNaming, formulasOf, namedFormulas } from './report-formulas.ts'
import type { Report } from './report.ts'
import { draftPills, shelfRules } from './shelves.ts'

/** Takes a field from everything that shows, filters or drills by it. */
export function dropFieldUses(report: Draft<Report>, id: string): void {
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      for (const { shelf } of shelfRules(block)) {
        const pills = draftPills(block, shelf)
        const left = pills?.filter((use) => use.field !== id) ?? []
        if (!pills || left.length === pills.length) continue
        pills.splice(0, pills.length, ...left)
        forgetFolds(block, shelf)
      }
      if ('filters' in block) block.filters = block.filters.filter(({ field }) => field !== id)
      dropPillTraces(block)
    }
  }
  for (const path of Object.values(report.drillPaths)) {
    const levels = path.levels.filter(({ field }) => field !== id)
    if (levels.length === path.levels.length) continue
    if (levels.length >= 2) path.levels = levels
    else dropDrillPath(report, path.id)
  }
}

export function dropDrillPath(report: Draft<Report>, path: string): void {
  delete report.drillPaths[path]
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      if ('drillPath' in block && block.drillPath === path) delete block.drillPath
    }
  }
}

/** The formula, and first those that name it. */
export function dropFormula(report: Draft<Report>, id: string): void {
  const formula = report.formulas?.[id]
  if (!formula) return
  const naming = formulasNaming(report, formula).map((one) => one.id)
  delete report.formulas?.[id]
  for (const one of naming) dropFormula(report, one)
  dropFieldUses(report, fieldId(formula.slot, formula.name))
}

/** Formulas no block, filter or drill path shows, and parameters neither a formula nor a control has a use for. */
export function dropUnusedFormulas(report: Draft<Report>): void {
  const used = new Set<string>()
  const next = [...fieldPlaces(report)].flatMap(({ id }) => formulaOf(report, id) ?? [])
  for (let at = next.pop(); at; at = next.pop()) {
    if (used.has(at.id)) continue
    used.add(at.id)
    next.push(...namedFormulas(report, at))
  }
  for (const { id } of formulasOf(report)) if (!used.has(id)) delete report.formulas?.[id]
  dropUnusedParameters(report)
}

function dropUnusedParameters(report: Draft<Report>): void {
  const named = new Set(
    formulasOf(report).flatMap(({ text }) =>
      namesIn(text).flatMap((part) => (part.kind === 'parameter' ? part.name : [])),
    ),
  )
  const set = new Set(
    Object.values(report.pages).flatMap(({ blocks }) =>
      Object.values(blocks).flatMap((block) =>
        block.kind === 'parameter' ? (block.parameter ?? []) : [],
      ),
    ),
  )
  for (const { id, name } of Object.values(report.parameters ?? {}))
    if (!named.has(name) && !set.has(id)) delete report.parameters?.[id]
}

/** What says nothing of the author's. */
export const emptyValues: Readonly<Record<ParameterType, ParameterValue>> = {
  number: 0,
  text: '',
  date: '2000-01-01',
  boolean: false,
}

export function emptyParameter(report: Draft<Report>, id: string): void {
  const parameter = report.parameters?.[id]
  if (!parameter) return
  if ('list' in parameter) delete parameter.list
  // Within a range a number without a meaning would not be allowed; its lower end says as little.
  const range = parameter.type === 'number' ? parameter.range : undefined
  parameter.value =
    range && (range.min > 0 || range.max < 0) ? range.min : emptyValues[parameter.type]
}
