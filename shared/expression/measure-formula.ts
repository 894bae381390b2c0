/** The three kinds of formula, and what each is checked to. */
import type { AggregateFormula } from './check/aggregate-formula.ts'
import { checkAggregateFormula } from './check/aggregate-formula.ts'
import type { CellsFormula } from './check/cells-formula.ts'
import { checkCellsFormula } from './check/cells-formula.ts'
import { checkFormula } from './check/check-formula.ts'
import type { FormulaOutcome } from './formula-error.ts'
import { functions } from './functions/catalogue.ts'
import { parseFormula } from './parser.ts'
import type { FormulaScope, MeasureScope } from './scope.ts'
import type { Tree } from './tree.ts'
import { partsOf } from './tree.ts'
import type { Typed } from './typed.ts'

export type MeasureFormulaKind = 'aggregate' | 'cells'
export type MeasureFormula = AggregateFormula | CellsFormula

/** A formula over aggregates, or over shown cells; its `value.type` is the type of the result. */
export function checkMeasureFormula(
  text: string,
  kind: 'aggregate',
  scope: MeasureScope,
): FormulaOutcome<AggregateFormula>
export function checkMeasureFormula(
  text: string,
  kind: 'cells',
  scope: MeasureScope,
): FormulaOutcome<CellsFormula>
export function checkMeasureFormula(
  text: string,
  kind: MeasureFormulaKind,
  scope: MeasureScope,
): FormulaOutcome<MeasureFormula>
export function checkMeasureFormula(
  text: string,
  kind: MeasureFormulaKind,
  scope: MeasureScope,
): FormulaOutcome<MeasureFormula> {
  const parsed = parseFormula(text)
  if (!parsed.ok) return parsed
  return kind === 'aggregate'
    ? checkAggregateFormula(parsed.value, scope)
    : checkCellsFormula(parsed.value, scope)
}

export interface RowFormula {
  readonly kind: 'row'
  readonly tree: Tree
  readonly value: Typed
}

/** A formula of single rows: a calculated field. */
export function checkRowFormula(text: string, scope: FormulaScope): FormulaOutcome<RowFormula> {
  const parsed = parseFormula(text)
  if (!parsed.ok) return parsed
  const checked = checkFormula(parsed.value, scope)
  if (!checked.ok) return checked
  return { ok: true, value: { kind: 'row', tree: parsed.value, value: checked.value } }
}

/** What a text is by its functions and names; `constant` suits every kind, `mixed` none. */
export type FormulaKind = 'row' | 'aggregate' | 'cells' | 'constant' | 'mixed'

/** Names alone are fields, or measures where they are no fields. */
export function formulaKind(tree: Tree, scope?: MeasureScope): FormulaKind {
  const used = { row: false, aggregate: false, cells: false }
  const visit = (part: Tree): void => {
    if (part.kind === 'field') {
      const isField = scope?.fields.some(({ name }) => name === part.name) === true
      const isMeasure = scope?.measures?.some(({ name }) => name === part.name) === true
      used[isMeasure && !isField ? 'cells' : 'row'] = true
    }
    if (part.kind === 'call') {
      const { kind } = functions[part.fn]
      if (kind !== 'row') used[kind] = true
    }
    for (const below of partsOf(part)) visit(below)
  }
  visit(tree)
  if (used.aggregate) return used.cells ? 'mixed' : 'aggregate'
  if (hasCellFunction(tree)) return 'cells'
  if (used.cells) return used.row ? 'mixed' : 'cells'
  return used.row ? 'row' : 'constant'
}

const hasCellFunction = (tree: Tree): boolean =>
  (tree.kind === 'call' && functions[tree.fn].kind === 'cells') ||
  partsOf(tree).some(hasCellFunction)
