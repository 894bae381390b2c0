/** What the engines of formula tests share: the columns of their one table, and the question for a formula's values. */
import type {
  compileFormula,
  computeFormula,
} from '../../electron/engine/query/expression/compile-formula.ts'
import type { Expr, Select } from '../../electron/engine/sql/nodes.ts'
import { column, select } from '../../electron/engine/sql/nodes.ts'
import type { ScopeField } from '../../shared/expression/scope.ts'
import type { Typed } from '../../shared/expression/typed.ts'
import { formulaFields, formulaLastDay, formulaScope } from './formula-rows.ts'

/** Fields of related datasets stand in the same table, as a join would leave them. */
export const formulaColumns: readonly (ScopeField & { readonly as: string })[] = [
  ...formulaFields.map((field) => ({ ...field, as: field.name })),
  ...formulaScope.datasets.flatMap(({ name, fields, reached }) =>
    reached ? fields.map((field) => ({ ...field, as: `${name}.${field.name}` })) : [],
  ),
]

/** Extracts compile a formula, other engines compute it. */
export function compiledFormula(
  formula: Typed,
  compile: typeof compileFormula | typeof computeFormula,
): Expr {
  const compiled = compile(formula, {
    lastDay: formulaLastDay,
    columnOf: ({ dataset, field }) =>
      column('t', dataset === undefined ? field.name : `${dataset}.${field.name}`),
  })
  if (!compiled.ok) throw new Error(compiled.errors[0]?.reason)
  return compiled.value
}

/** In the order of the rows' numbers. */
export const formulaQuestion = (value: Expr, from: Select['from']): Select =>
  select({
    columns: [{ expr: value, as: 'value' }],
    from,
    as: 't',
    orderBy: [{ by: column('t', 'n'), descending: false }],
  })
