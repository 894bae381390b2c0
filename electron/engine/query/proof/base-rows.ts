import type { AggregateLeaf } from '../../../../shared/expression/check/aggregate-leaves.ts'
import { leafMark } from '../../../../shared/expression/check/leaf-marks.ts'
import { evaluateFormula } from '../../../../shared/expression/evaluate/evaluate.ts'
import type { RowReader } from '../../../../shared/expression/evaluate/operation.ts'
import { findField, writeField } from '../../../../shared/expression/scope.ts'
import type { Typed } from '../../../../shared/expression/typed.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import type { ValueType } from '../../../../shared/expression/value-type.ts'
import { fieldValueType, isExact, scaleOf } from '../../../../shared/expression/value-type.ts'
import type { FormulaFields } from '../formula-fields.ts'
import type { Naive, NaiveValue, RowValue } from './naive-aggregate.ts'
import { naiveAggregate } from './naive-aggregate.ts'

/** Reads base rows as formulas name their fields, calculated ones included. */
export class BaseRows implements RowReader {
  readonly names: string[] = []
  /** Texts stand in extracts as codes: each is read by a formula that is the field alone. */
  readonly texts: { readonly name: string; readonly formula: string }[] = []
  readonly lastDay: number | null
  readonly #fields: FormulaFields
  readonly #places = new Map<string, { readonly at: number; readonly type: ValueType }>()
  #values: readonly RowValue[] = []

  constructor(fields: FormulaFields, lastDay: number | null) {
    this.#fields = fields
    this.lastDay = lastDay
  }

  /** Notes the fields a formula reads. */
  read(part: Typed): void {
    switch (part.kind) {
      case 'constant':
        return
      case 'field':
        this.#note(refOf(part.place.dataset, part.place.field.name), part.type)
        return
      case 'convert':
        this.read(part.of)
        return
      case 'apply':
        for (const arg of part.args) this.read(arg)
    }
  }

  /** Of a field by its name alone. */
  readNamed(ref: string): void {
    const found = findField(ref, { from: 0, to: 0 }, this.#fields.scope)
    if (!('code' in found)) this.#note(ref, fieldValueType(found.field))
  }

  #note(ref: string, type: ValueType): void {
    const calculated = this.#fields.get(ref)
    if (calculated?.ok === true) {
      this.read(calculated.value.typed)
      return
    }
    if (this.#places.has(ref)) return
    this.#places.set(ref, { at: this.names.length, type })
    if (type.kind !== 'text') {
      this.names.push(ref)
      return
    }
    const name = `${leafMark}t${this.texts.length}`
    this.texts.push({ name, formula: writeField(ref) })
    this.names.push(name)
  }

  at(values: readonly RowValue[]): void {
    this.#values = values
  }

  valueOf(dataset: string | undefined, field: string): Value {
    const ref = refOf(dataset, field)
    const calculated = this.#fields.get(ref)
    if (calculated?.ok === true) return evaluateFormula(calculated.value.typed, this)
    const place = this.#places.get(ref)
    const value = place ? (this.#values[place.at] ?? null) : null
    if (value === null || !place) return null
    if (place.type.kind === 'boolean') return Number(value) === 1
    return isExact(place.type) ? BigInt(value) : value
  }
}

const refOf = (dataset: string | undefined, field: string): string =>
  dataset === undefined ? field : `${dataset}.${field}`

export const asRowValue = (value: Value): RowValue =>
  typeof value === 'boolean' ? Number(value) : value

export function naiveOf({ aggregate, percent, type, typed }: AggregateLeaf): Naive {
  const plain = aggregate === 'rows' ? 'count' : aggregate
  const scale = scaleOf(typed?.type ?? type)
  return naiveAggregate(
    { aggregate: plain, ...(percent === undefined ? {} : { percent }) },
    { value: scale, weight: 0 },
  )
}

/** What a part of a formula over aggregates is, under the name the formula has for it. */
export interface LeafResult {
  readonly leaf: Pick<AggregateLeaf, 'name' | 'type'>
  readonly result: NaiveValue
}

export function leafReader(results: readonly LeafResult[], lastDay: number | null): RowReader {
  return {
    lastDay,
    valueOf: (_dataset, name) => {
      const found = results.find(({ leaf }) => leaf.name === name)
      const value = found?.result.value ?? null
      if (!found || value === null) return null
      return isExact(found.leaf.type)
        ? digitsOf(String(value), scaleOf(found.leaf.type))
        : Number(value)
    },
  }
}

/** `12.3` of scale 2 is 1230n. */
function digitsOf(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale))
}
