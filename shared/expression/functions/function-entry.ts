import type { Value } from '../value.ts'
import type { ValueType } from '../value-type.ts'
import type { FunctionId } from './function-id.ts'

/**
 * What an argument may be. `same` and `ordered` arguments of a call are brought to one type, `result` ones to another.
 * `digits`, `pattern` and `unit` are written out, never computed, since the type or the statement depends on them; `related`
 * is a field of a related dataset, by its name; `axis` and `direction` are words.
 */
export type Takes =
  | 'whole'
  | 'exact'
  | 'number'
  | 'text'
  | 'day'
  | 'timestamp'
  | 'condition'
  | 'any'
  | 'same'
  | 'ordered'
  | 'result'
  | 'digits'
  | 'pattern'
  | 'unit'
  | 'related'
  | 'axis'
  | 'direction'

export interface Parameter {
  /** For people, as `formula.arg.<name>`. */
  readonly name: ParameterName
  readonly takes: Takes
  readonly optional?: true
}

export const parameterNames = [
  'condition', 'result', 'otherwise', 'value', 'option', 'low', 'high', 'number', 'digits', 'step', 'divisor', 'base', 'exponent',
  'text', 'count', 'start', 'old', 'new', 'part', 'length', 'fill', 'pattern', 'year', 'month', 'day', 'date', 'time', 'unit', 'from', 'to',
  'field', 'weight', 'share', 'aggregate', 'axis', 'direction', 'window',
] as const // prettier-ignore
export type ParameterName = (typeof parameterNames)[number]

/** An argument as the rule for the result sees it. */
export interface GivenArgument {
  readonly type: ValueType
  /** Of a written-out argument. */
  readonly constant?: Value
}

export const functionGroups = ['logic', 'number', 'text', 'date', 'aggregate', 'cells'] as const
export type FunctionGroup = (typeof functionGroups)[number]

export interface FunctionEntry {
  readonly id: FunctionId
  /** `row` functions stand in every kind of formula; the others in their own. */
  readonly kind: 'row' | 'aggregate' | 'cells'
  readonly group: FunctionGroup
  /** Upper case; the first is the one that is written. */
  readonly english: readonly [string, ...string[]]
  readonly chinese: readonly [string, ...string[]]
  readonly parameters: readonly Parameter[]
  /** Follow the others once or more. */
  readonly repeated?: readonly Parameter[]
  /** May stand at the end. */
  readonly last?: Parameter
  readonly gives: (args: readonly GivenArgument[]) => ValueType
}

/** The parameter each of `count` arguments is for. */
export function argumentPlaces(
  entry: FunctionEntry,
  count: number,
): readonly Parameter[] | 'tooFew' | 'tooMany' {
  const { parameters, repeated = [], last } = entry
  const required = parameters.filter(({ optional }) => optional !== true).length + repeated.length
  if (count < required) return 'tooFew'
  if (repeated.length === 0) {
    return count > parameters.length ? 'tooMany' : parameters.slice(0, count)
  }
  const groups = Math.floor((count - parameters.length) / repeated.length)
  const places = [...parameters, ...Array.from({ length: groups }, () => repeated).flat()]
  if (places.length === count) return places
  return last === undefined ? 'tooFew' : [...places, last]
}

/** The type of the first argument that takes `kind`, for results that are as their arguments. */
export const asArgument =
  (index: number) =>
  (args: readonly GivenArgument[]): ValueType =>
    args[index]?.type ?? { kind: 'blank' }

export const always = (type: ValueType) => (): ValueType => type
