import type { FieldType } from '../data/field.ts'
import type { FormulaError } from './formula-error.ts'
import { formulaError } from './formula-error.ts'
import { nearestName } from './nearest-name.ts'
import type { Span } from './tree.ts'

export interface ScopeField {
  readonly name: string
  readonly type: FieldType
  /** Digits after the point of a decimal. */
  readonly scale?: number | undefined
}

/** What a formula of one dataset may name. */
export interface FormulaScope {
  readonly fields: readonly ScopeField[]
  readonly datasets: readonly ScopeDataset[]
}

export interface ScopeDataset {
  readonly name: string
  readonly fields: readonly ScopeField[]
  /** Whether each row has at most one row there: the only way in which a field can be looked up. */
  readonly reached: boolean
}

export interface FieldPlace {
  /** Undefined for the formula's own dataset. */
  readonly dataset: string | undefined
  readonly field: ScopeField
}

/** A bare name is the own dataset's, even with a point in it; otherwise the longest dataset name before a point. */
export function findField(
  name: string,
  span: Span,
  scope: FormulaScope,
): FieldPlace | FormulaError {
  const own = scope.fields.find((field) => field.name === name)
  if (own) return { dataset: undefined, field: own }
  const prefixed = scope.datasets
    .filter((dataset) => name.startsWith(`${dataset.name}.`))
    .toSorted((a, b) => b.name.length - a.name.length)
  for (const dataset of prefixed) {
    const field = dataset.fields.find((one) => one.name === name.slice(dataset.name.length + 1))
    if (field && dataset.reached) return { dataset: dataset.name, field }
    if (field) {
      const details = { name, dataset: dataset.name }
      return formulaError('expression/unknownField', 'notRelated', span, details)
    }
  }
  const near = nearestName(name, fieldNames(scope))
  const suggestion = near === undefined ? undefined : writeField(near)
  return formulaError('expression/unknownField', 'unknown', span, { name }, suggestion)
}

/** Every name a formula could use, own fields first. */
export function fieldNames(scope: FormulaScope): string[] {
  const related = scope.datasets
    .filter(({ reached }) => reached)
    .flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}`))
  return [...scope.fields.map(({ name }) => name), ...related]
}

/** A field as a formula writes it. */
export function writeField(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}
