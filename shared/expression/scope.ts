import type { FieldType } from '../data/field.ts'
import type { FormulaError } from './formula-error.ts'
import { formulaError } from './formula-error.ts'
import { nearestName } from './nearest-name.ts'
import type { Span } from './tree.ts'
import type { ValueType } from './value-type.ts'

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
  readonly parameters?: readonly ScopeParameter[]
}

export const parameterTypes = ['number', 'text', 'date', 'boolean'] as const
export type ParameterType = (typeof parameterTypes)[number]

/** A value given with the question; a date as `2025-01-31`, a number with more digits than a double has as text. */
export interface ScopeParameter {
  readonly name: string
  readonly type: ParameterType
  readonly value: number | string | boolean | null
}

/** What a formula of a question may name besides fields: its measures, for formulas over shown cells. */
export interface MeasureScope extends FormulaScope {
  readonly measures?: readonly ScopeMeasure[]
}

export interface ScopeMeasure {
  readonly name: string
  readonly type: ValueType
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

export function findParameter(
  name: string,
  span: Span,
  { parameters = [] }: FormulaScope,
): ScopeParameter | FormulaError {
  const found = parameters.find((one) => one.name === name)
  if (found) return found
  const names = parameters.map((one) => one.name)
  const near = nearestName(name, names)
  const suggestion = near === undefined ? undefined : writeParameter(near)
  return formulaError('expression/unknownField', 'parameter', span, { name }, suggestion)
}

/** A parameter as a formula writes it. */
export function writeParameter(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `@${name}` : `@${writeField(name)}`
}

/** A field as a formula writes it. */
export function writeField(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}
