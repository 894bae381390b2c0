/** A calculated field as it is being written: what it may name, and what it is found to be. Pure. */
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type { FieldType } from '../../shared/data/field.ts'
import { isNumeric } from '../../shared/data/field.ts'
import { formulaErrorSentence } from '../../shared/expression/error-words.ts'
import { suggestedAsWritten } from '../../shared/expression/suggestion-spelling.ts'
import { explainFormula } from '../../shared/expression/explain.ts'
import { formulaError } from '../../shared/expression/formula-error.ts'
import type { FormulaError, FormulaOutcome } from '../../shared/expression/formula-error.ts'
import {
  checkMeasureFormula,
  checkRowFormula,
  formulaKind,
} from '../../shared/expression/measure-formula.ts'
import { measuresNamed } from '../../shared/query/measure-types.ts'
import { namesIn } from '../../shared/expression/references.ts'
import { parseFormula } from '../../shared/expression/parser.ts'
import type { MeasureScope } from '../../shared/expression/scope.ts'
import type { Tree } from '../../shared/expression/tree.ts'
import type { ValueType } from '../../shared/expression/value-type.ts'
import { doubleType, fieldValueType, integerType } from '../../shared/expression/value-type.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { fieldOf, pillCaption } from '../../shared/report/captions.ts'
import type { FieldUse, NumberFormat } from '../../shared/report/field-use.ts'
import type { FormulaKind, ReportFormula } from '../../shared/report/formula.ts'
import { aggregateFormulasOf, rowFormulasOf } from '../../shared/report/formula-query.ts'
import { measureNames } from '../../shared/report/measure-names.ts'
import { reachableOver } from '../../shared/report/page-questions.ts'
import { leadsTo } from '../../shared/report/measures-behind.ts'
import {
  formulaNamed,
  formulaOf,
  formulasNaming,
  parametersOf,
} from '../../shared/report/report-formulas.ts'
import type { Bindings, DatasetSlot, Report } from '../../shared/report/report.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { FormulaWords } from '../ui/complete-formula.ts'

/** What a formula is computed from, as its writer chooses; of data, its text says which kind it is. */
export type Over = 'data' | 'cells'

export interface FormulaDraft {
  readonly id: string
  readonly slot: DatasetSlot
  readonly name: string
  readonly over: Over
  readonly text: string
  readonly format: NumberFormat | undefined
}

/** What stands around the draft; the report has its slot. */
export interface Surroundings {
  readonly report: Report
  readonly bindings: Bindings
  readonly datasets: readonly DatasetInfo[]
  readonly relationships: readonly Relationship[]
  /** Whose cells it is computed from. */
  readonly block: Block | undefined
}

export type CheckedDraft =
  | { readonly state: 'empty' }
  | { readonly state: 'wrong'; readonly error: FormulaError; readonly words: string }
  | {
      readonly state: 'right'
      readonly kind: FormulaKind
      readonly type: FieldType
      readonly scale: number | undefined
      readonly words: string
    }

/** A dataset by the name formulas of this report call it. */
function calledDatasets({ report, bindings, datasets }: Surroundings) {
  return datasets.map((dataset) => {
    const slot = Object.values(report.datasets).find(({ id }) => bindings[id] === dataset.id)
    return { dataset, name: slot?.name ?? dataset.name }
  })
}

export function draftScope(draft: FormulaDraft, around: Surroundings): MeasureScope {
  const { report, bindings, datasets, relationships, block } = around
  const home = bindings[draft.slot.id]
  const columns = datasets.find(({ id }) => id === home)?.fields ?? draft.slot.fields
  const reaches = reachableOver(relationships)
  const related = calledDatasets(around).filter(({ dataset }) => dataset.id !== home)
  return {
    fields: [...columns, ...formulasFor(draft, report)],
    datasets: related.map(({ dataset, name }) => ({
      ...{ name, fields: dataset.fields },
      reached: home !== undefined && reaches(home, dataset.id),
    })),
    parameters: parametersOf(report).map(({ name, type, value }) => ({ name, type, value })),
    ...(draft.over === 'cells'
      ? block && { measures: measuresFor(draft, block, report) }
      : {
          measures: [
            ...aggregatesFor(draft, around).map((one) => ({
              name: one.name,
              type: fieldValueType(one),
            })),
            ...besideFor(draft, around).map(({ name, use }) => ({
              name,
              type: measureType(onOwnRows(use), report),
            })),
          ],
        }),
  }
}

/** Row formulas it can be computed from: not itself, and none that is computed from it. */
function formulasFor(draft: FormulaDraft, report: Report): ReportFormula[] {
  const own = report.formulas?.[draft.id]
  const above = own ? formulasNaming(report, own).map(({ id }) => id) : []
  return rowFormulasOf(report, draft.slot.id).filter(
    ({ id }) => id !== draft.id && !above.includes(id),
  )
}

/** Formulas of aggregates it can name: neither itself nor one that leads back to it. */
function aggregatesFor(draft: FormulaDraft, { report, block }: Surroundings): ReportFormula[] {
  return aggregateFormulasOf(report, draft.slot.id).filter(
    (one) => !leadsTo(report, one, draft.id, block),
  )
}

interface Beside {
  readonly name: string
  readonly use: FieldUse
}

/** Measures of the block by the names that no field or formula has. */
function measuresBeside(draft: FormulaDraft, around: Surroundings): Beside[] {
  const { report, bindings, datasets, block } = around
  if (!block) return []
  const columns = datasets.find(({ id }) => id === bindings[draft.slot.id])?.fields
  const taken = (columns ?? draft.slot.fields).map(({ name }) => name)
  const uses = allPills(block).map(({ use }) => use)
  return [...measureNames(block)].flatMap(([name, pill]) => {
    const use = uses.find(({ id }) => id === pill)
    const called = formulaNamed(report, draft.slot.id, name)?.kind ?? 'cells'
    const isFree = !taken.includes(name) && called === 'cells'
    return use && isFree ? [{ name, use }] : []
  })
}

/** Whether what a measure says is computed from the draft itself. */
function leadsBack(draft: FormulaDraft, { report, block }: Surroundings, use: FieldUse): boolean {
  const formula = formulaOf(report, use.field)
  return formula !== undefined && leadsTo(report, formula, draft.id, block)
}

/** Those a formula over aggregates can name: what they are over the rows of a cell is known before it. */
function besideFor(draft: FormulaDraft, around: Surroundings): Beside[] {
  return measuresBeside(draft, around).filter(
    ({ use }) => use.aggregate !== 'cells' && !leadsBack(draft, around, use),
  )
}

const onOwnRows = ({ show: _show, totals: _totals, ...use }: FieldUse): FieldUse => use

/** A name that is a measure of the block and cannot be named here, and why. */
function misnamed(draft: FormulaDraft, around: Surroundings): FormulaError | undefined {
  const outside = new Set(measuresNamed(draft.text))
  const known = measuresBeside(draft, around)
  for (const { kind, name, span } of namesIn(draft.text)) {
    const found = kind === 'field' && outside.has(name) ? known.find((one) => one.name === name) : undefined // prettier-ignore
    if (!found) continue
    const { use } = found
    if (leadsBack(draft, around, use)) return formulaError('expression/kindMismatch', 'cellsInCircle', span, { name }) // prettier-ignore
    if (use.aggregate === 'cells') return formulaError('expression/kindMismatch', 'cellsNamedInAggregate', span, { name }) // prettier-ignore
  }
  return undefined
}

function otherMeasures(draft: FormulaDraft, block: Block, report: Report): FieldUse[] {
  return allPills(block).flatMap(({ use }) =>
    use.aggregate !== undefined && formulaOf(report, use.field)?.id !== draft.id ? [use] : [],
  )
}

function measuresFor(draft: FormulaDraft, block: Block, report: Report) {
  const others = otherMeasures(draft, block, report)
  return [...measureNames(block)].flatMap(([name, pill]) => {
    const use = others.find(({ id }) => id === pill)
    return use ? [{ name, type: measureType(use, report) }] : []
  })
}

function measureType(use: FieldUse, report: Report): ValueType {
  const { aggregate, show, compare } = use
  const field = fieldOf(report, use.field)
  const formula = formulaOf(report, use.field)
  if (show || compare?.show === 'percent') return doubleType
  if (aggregate === 'formula' || aggregate === 'cells') {
    return formula ? fieldValueType(formula) : doubleType
  }
  if (aggregate?.startsWith('count') === true) return integerType
  const kept = ['sum', 'min', 'max', 'opening', 'closing'].includes(aggregate ?? '')
  return kept && field ? fieldValueType(field) : doubleType
}

/** Measures of the block, each as it is called there. */
function measureWords(draft: FormulaDraft, around: Surroundings, text: Text): Field[] {
  const words = new Map<string, string>()
  for (const { name, use } of besideFor(draft, around)) {
    if (!words.has(use.id) || name === pillCaption(use, text)) words.set(use.id, name)
  }
  return [...words.values()].map((name) => ({ name, type: 'decimal', role: 'measure' }))
}

/** What completion offers. */
export function draftWords(draft: FormulaDraft, around: Surroundings, text: Text): FormulaWords {
  const { report, block } = around
  const parameters = parametersOf(report)
  if (draft.over === 'cells') {
    const uses = block ? otherMeasures(draft, block, report) : []
    const names = block ? [...measureNames(block)] : []
    const fields = uses.map((use): Field => {
      const name = names.find(([, pill]) => pill === use.id)?.[0] ?? pillCaption(use, text)
      return { name, type: 'decimal', role: 'measure' }
    })
    return { fields, parameters, kinds: ['cells', 'row'] }
  }
  const home = around.bindings[draft.slot.id]
  const reaches = reachableOver(around.relationships)
  const own = around.datasets.find(({ id }) => id === home)?.fields ?? draft.slot.fields
  const related = calledDatasets(around)
    .filter(({ dataset }) => dataset.id !== home && home !== undefined && reaches(home, dataset.id))
    .flatMap(({ dataset, name }) =>
      dataset.fields.map((field) => ({ ...field, name: `${name}.${field.name}` })),
    )
  const calculated = formulasFor(draft, report).map(({ name, type }): Field => ({
    ...{ name, type },
    role: isNumeric(type) ? 'measure' : 'dimension',
  }))
  const aggregates = aggregatesFor(draft, around).map(({ name, type }): Field => ({
    ...{ name, type },
    role: 'measure',
  }))
  return {
    fields: [...own, ...calculated, ...aggregates, ...related],
    measures: measureWords(draft, around, text),
    ...{ parameters, kinds: ['aggregate', 'row'] },
  }
}

/** The first mistake with its place, or what the formula is and says. */
export function checkDraft(draft: FormulaDraft, around: Surroundings, text: Text): CheckedDraft {
  if (draft.text.trim() === '') return { state: 'empty' }
  const wrong = (errors: readonly FormulaError[]): CheckedDraft => {
    const [first] = errors
    if (!first) return { state: 'empty' }
    const error = suggestedAsWritten(first, draft.text)
    return { state: 'wrong', error, words: formulaErrorSentence(error, text) }
  }
  const parsed = parseFormula(draft.text)
  if (!parsed.ok) return wrong(parsed.errors)
  const scope = draftScope(draft, around)
  const kind = kindOf(draft, parsed.value, scope)
  const fault = draft.over === 'data' ? misnamed(draft, around) : undefined
  if (fault) return wrong([fault])
  const checked: FormulaOutcome<{ readonly value: { readonly type: ValueType } }> =
    kind === 'row'
      ? checkRowFormula(draft.text, scope)
      : checkMeasureFormula(draft.text, kind, scope)
  if (!checked.ok) return wrong(checked.errors)
  const { type } = checked.value.value
  return {
    ...{ state: 'right', kind, words: explainFormula(parsed.value, text) },
    type: type.kind === 'blank' ? 'double' : type.kind,
    scale: type.kind === 'decimal' ? type.scale : undefined,
  }
}

function kindOf({ over }: FormulaDraft, tree: Tree, scope: MeasureScope): FormulaKind {
  if (over === 'cells') return 'cells'
  const kind = formulaKind(tree, scope)
  return kind === 'row' || kind === 'constant' ? 'row' : 'aggregate'
}

export function formulaOfDraft(
  draft: FormulaDraft,
  checked: Extract<CheckedDraft, { state: 'right' }>,
): ReportFormula {
  const { id, slot, name, text, format } = draft
  const { kind, type, scale } = checked
  return {
    ...{ id, slot: slot.id, name: name.trim(), kind, text: text.trim(), type },
    ...(scale === undefined ? {} : { scale }),
    ...(format === undefined ? {} : { format }),
  }
}

/** Whose names the text uses that the report has no slot for yet. */
export function datasetsToAdd(draft: FormulaDraft, around: Surroundings): DatasetInfo[] {
  const known = new Set(Object.keys(around.report.datasets).map((slot) => around.bindings[slot]))
  const fields = namesIn(draft.text).flatMap((part) => (part.kind === 'field' ? [part.name] : []))
  return calledDatasets(around).flatMap(({ dataset, name }) =>
    !known.has(dataset.id) && fields.some((field) => field.startsWith(`${name}.`)) ? [dataset] : [],
  )
}
