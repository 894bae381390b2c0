/** Fields a question computes from others in every row: calculated ones, and what aggregates of formulas are over. */
import { AppErrorException } from '../../../shared/errors.ts'
import type { Operand } from '../../../shared/expression/check/fixed-operand.ts'
import { checkOperandTree } from '../../../shared/expression/check/fixed-operand.ts'
import { checkFormula } from '../../../shared/expression/check/check-formula.ts'
import { leafMark } from '../../../shared/expression/check/leaf-marks.ts'
import type { FormulaError, FormulaOutcome } from '../../../shared/expression/formula-error.ts'
import { asAppError } from '../../../shared/expression/formula-error.ts'
import { parseFormula } from '../../../shared/expression/parser.ts'
import type { FormulaScope, ScopeField } from '../../../shared/expression/scope.ts'
import type { ValueType } from '../../../shared/expression/value-type.ts'
import { scaleOf } from '../../../shared/expression/value-type.ts'
import type { FieldType } from '../../../shared/data/field.ts'
import { reachedFrom } from '../../../shared/data/relationship-graph.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import type { QueryCatalog, QueryDataset } from './query-catalog.ts'
import { ownFields } from './query-catalog.ts'

/** The calculated fields of a question, each checked against those before it. */
export class FormulaFields {
  /** What a formula of the question may name. */
  readonly scope: FormulaScope
  readonly #outcomes = new Map<string, FormulaOutcome<Operand>>()

  constructor(query: ReportQuery, dataset: QueryDataset, catalog: QueryCatalog) {
    const fields: ScopeField[] = ownFields(dataset).map(({ name, type, scale }) => ({
      ...{ name, type, scale },
    }))
    const parameters = query.parameters ?? []
    const scope = { fields, parameters, datasets: relatedDatasets(dataset, catalog) }
    for (const { name, formula } of query.calculated ?? []) {
      const outcome = checked(name, formula, scope)
      this.#outcomes.set(name, outcome)
      // One that is wrong is told where it is used.
      if (outcome.ok) fields.push(scopeField(name, outcome.value.typed.type))
    }
    this.scope = scope
  }

  get(name: string): FormulaOutcome<Operand> | undefined {
    return this.#outcomes.get(name)
  }
}

function checked(name: string, formula: string, scope: FormulaScope): FormulaOutcome<Operand> {
  const tree = parseFormula(formula)
  if (!tree.ok) return tree
  if (name.startsWith(leafMark)) return checkOperandTree(tree.value, scope)
  const outcome = checkFormula(tree.value, scope)
  return outcome.ok ? { ok: true, value: { typed: outcome.value, fixed: undefined } } : outcome
}

/** By name and by id: a question asked from elsewhere writes ids. */
function relatedDatasets(own: QueryDataset, catalog: QueryCatalog): FormulaScope['datasets'] {
  const reached = reachedFrom(own.id, catalog.relations)
  return catalog.datasets
    .filter((dataset) => dataset !== own)
    .flatMap((dataset) => {
      const fields = ownFields(dataset).map(({ name, type, scale }) => ({ name, type, scale }))
      return [dataset.name, dataset.id].map((name) => ({
        ...{ name, fields, reached: reached.has(dataset.id) },
      }))
    })
}

export function fieldTypeOf(type: ValueType): FieldType {
  return type.kind === 'blank' ? 'text' : type.kind
}

const scopeField = (name: string, type: ValueType): ScopeField => ({
  ...{ name, type: fieldTypeOf(type), scale: scaleOf(type) },
})

/** The first mistake of a formula, with where in the question it stands. */
export function formulaFault(
  errors: readonly FormulaError[],
  where: { readonly path: string; readonly formula: string },
): AppErrorException {
  const [first] = errors
  if (!first) throw new Error('a formula that is wrong has a mistake')
  const error = asAppError(first)
  return new AppErrorException({ ...error, details: { ...error.details, ...where } })
}
