/** Calculated fields as a question names them: their texts with the names the engine knows, and the parameters they name. */
import { inlineIn, namesIn, renameIn } from '../expression/references.ts'
import type { ReportQuery } from '../query/report-query.ts'
import type { FieldId } from './field-use.ts'
import { fieldNameOf, slotOf } from './field-use.ts'
import { fieldNamed } from './formula-places.ts'
import type { ReportFormula } from './formula.ts'
import { measureWords } from './measures-behind.ts'
import {
  formulaNamed,
  formulaOf,
  formulasOf,
  namedFormulas,
  parametersOf,
} from './report-formulas.ts'
import type { Bindings, Report } from './report.ts'

type Calculated = NonNullable<ReportQuery['calculated']>[number]

/** Collects what a question needs to say about the formulas it names. */
export interface FormulaNames {
  /** The name a row formula has in the question. */
  readonly of: (formula: ReportFormula) => string
  /** The text of a formula of aggregates, over fields of the question's dataset. */
  readonly textOf: (formula: ReportFormula) => string
  /** Whether it names a measure that is not beside it. */
  readonly lacks: (formula: ReportFormula) => boolean
  /** What the question says besides: calculated fields, each after those it is made of, and parameters. */
  readonly parts: () => Pick<ReportQuery, 'calculated' | 'parameters'>
}

export function formulaNames(
  report: Report,
  dataset: string,
  bindings: Bindings,
  /** What formulas over aggregates can call the measures beside them by, and whose the names are. */
  measures: ReadonlyMap<string, string> = new Map(),
): FormulaNames {
  const calculated = new Map<string, Calculated>()
  const written: string[] = []

  /** Of another dataset the rows lead to, a formula is computed over its fields as they are looked up from here. */
  const isHere = (formula: ReportFormula): boolean => bindings[formula.slot] === dataset
  const nameOf = (formula: ReportFormula): string =>
    isHere(formula)
      ? formula.name
      : `${formula.name} (${report.datasets[formula.slot]?.name ?? ''})`

  function rewritten(formula: ReportFormula): string {
    const whole = inlinedText(report, formula)
    const words = new Set(measureWords(report, { ...formula, text: whole }))
    const text = renameIn(whole, (part) => {
      if (part.kind !== 'field') return undefined
      if (words.has(part.name)) return measures.get(part.name)
      const id = fieldNamed(report, formula, part.name)
      const named = formulaNamed(report, slotOf(id), fieldNameOf(id))
      if (named) return of(named)
      const home = bindings[slotOf(id)]
      return home === undefined || home === dataset ? fieldNameOf(id) : `${home}.${fieldNameOf(id)}`
    })
    written.push(text)
    return text
  }

  function of(formula: ReportFormula): string {
    const name = nameOf(formula)
    if (!calculated.has(name)) {
      for (const one of namedFormulas(report, formula)) if (one.kind === 'row') of(one)
      calculated.set(name, { name, formula: rewritten(formula) })
    }
    return name
  }

  return {
    of,
    textOf: rewritten,
    lacks: (formula) =>
      measureWords(report, { ...formula, text: inlinedText(report, formula) }).some(
        (name) => !measures.has(name),
      ),
    parts: () => ({
      ...(calculated.size === 0 ? {} : { calculated: [...calculated.values()] }),
      ...askedParameters(report, written),
    }),
  }
}

/** Formulas of aggregates of the same slot stand in each other as they are written. A circle is refused elsewhere. */
function inlinedText(
  report: Report,
  formula: ReportFormula,
  above: readonly string[] = [],
): string {
  return inlineIn(formula.text, (part) => {
    const named = part.kind === 'field' ? formulaNamed(report, formula.slot, part.name) : undefined
    const ids = [...above, formula.id]
    return named?.kind === 'aggregate' && !ids.includes(named.id)
      ? inlinedText(report, named, ids)
      : undefined
  })
}

/** What a question about one field says of it: its name, and where it is calculated, how. */
export interface FieldQuestion extends Pick<ReportQuery, 'calculated' | 'parameters'> {
  readonly field: string
}

/** A field asked of its own dataset, for its values or its first and last day. */
export function fieldQuestion(report: Report, id: FieldId, bindings: Bindings): FieldQuestion {
  const formula = formulaOf(report, id)
  const names = formulaNames(report, bindings[slotOf(id)] ?? '', bindings)
  const field = formula?.kind === 'row' ? names.of(formula) : fieldNameOf(id)
  return { field, ...names.parts() }
}

/** Only those the texts name: a question that names none is the same whatever they are set to. */
function askedParameters(
  report: Report,
  texts: readonly string[],
): Pick<ReportQuery, 'parameters'> {
  const names = new Set(
    texts.flatMap((text) =>
      namesIn(text).flatMap((part) => (part.kind === 'parameter' ? part.name : [])),
    ),
  )
  const asked = parametersOf(report).filter(({ name }) => names.has(name))
  if (asked.length === 0) return {}
  return { parameters: asked.map(({ name, type, value }) => ({ name, type, value })) }
}

/** The text of a formula over cells with measures named as the question names them; null where the block lacks one. */
export function cellsText(
  formula: ReportFormula,
  names: ReadonlyMap<string, string>,
): string | null {
  const missing = namesIn(formula.text).some(
    (part) => part.kind === 'field' && !names.has(part.name),
  )
  return missing
    ? null
    : renameIn(formula.text, (part) => (part.kind === 'field' ? names.get(part.name) : undefined))
}

/** Formulas of rows or aggregates that could be named in another of the same slot. */
export function rowFormulasOf(report: Report, slot: string): ReportFormula[] {
  return formulasOf(report).filter((one) => one.slot === slot && one.kind === 'row')
}

export function aggregateFormulasOf(report: Report, slot: string): ReportFormula[] {
  return formulasOf(report).filter((one) => one.slot === slot && one.kind === 'aggregate')
}
