import type { AggregateLeaf } from '../../../../shared/expression/check/aggregate-leaves.ts'
import type { FixedOperand } from '../../../../shared/expression/check/fixed-operand.ts'
import { evaluateFormula } from '../../../../shared/expression/evaluate/evaluate.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import type { BaseRows } from './base-rows.ts'
import { asRowValue, leafReader, naiveOf } from './base-rows.ts'
import type { Naive, NaiveValue } from './naive-aggregate.ts'

/** An aggregate over values per combination of fields, in plain lists: first all rows that filters leave, then those of the cell. */
export class FixedValues {
  readonly leaf: AggregateLeaf
  readonly #fixed: FixedOperand
  readonly #groups = new Map<string, readonly Naive[]>()
  readonly #met = new Set<string>()

  constructor(leaf: AggregateLeaf, fixed: FixedOperand) {
    this.leaf = leaf
    this.#fixed = fixed
  }

  addToGroup(row: BaseRows): void {
    const key = this.#keyOf(row)
    if (key === undefined) return
    const { leaves } = this.#fixed
    const group = this.#groups.get(key) ?? leaves.map(naiveOf)
    this.#groups.set(key, group)
    leaves.forEach(({ typed }, index) => {
      const value = typed ? asRowValue(evaluateFormula(typed, row)) : null
      group[index]?.add({ value, weight: null, over: null, per: null })
    })
  }

  meet(row: BaseRows): void {
    const key = this.#keyOf(row)
    if (key !== undefined) this.#met.add(key)
  }

  result(lastDay: number | null): NaiveValue {
    const naive = naiveOf(this.leaf)
    for (const key of this.#met) {
      const group = this.#groups.get(key) ?? []
      const results = this.#fixed.leaves.flatMap((leaf, index) => {
        const result = group[index]?.result()
        return result ? [{ leaf, result }] : []
      })
      const { typed } = this.leaf
      const value = typed ? evaluateFormula(typed, leafReader(results, lastDay)) : null
      naive.add({ value: asRowValue(value), weight: null, over: null, per: null })
    }
    return naive.result()
  }

  /** Undefined where a field is blank. */
  #keyOf(row: BaseRows): string | undefined {
    const values = this.#fixed.by.map((ref): Value => row.valueOf(undefined, ref))
    return values.includes(null) ? undefined : JSON.stringify(values.map(String))
  }
}
