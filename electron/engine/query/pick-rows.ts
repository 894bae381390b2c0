/** Some rows of a level, with what its measures say there. */
import type { ExactValues, MeasureInput } from '../../../shared/query/spread/level-input.ts'

export function pickedNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? NaN)
}

export function pickedExact(values: ExactValues, rows: Int32Array): ExactValues {
  return values instanceof Float64Array
    ? pickedNumbers(values, rows)
    : Array.from(rows, (row) => values[row] ?? null)
}

type RolledUp = Exclude<MeasureInput, { kind: 'perLevel' | 'exactPerLevel' | 'carried' }>

export function pickedInput(input: RolledUp, rows: Int32Array): MeasureInput {
  switch (input.kind) {
    case 'exactSum':
    case 'extreme':
      return { ...input, values: pickedExact(input.values, rows) }
    case 'floatSum':
    case 'extremeFloat':
      return { ...input, values: pickedNumbers(input.values, rows) }
    case 'mean': {
      const { sum } = input
      const counts = pickedNumbers(input.counts, rows)
      return 'scale' in sum
        ? { ...input, counts, sum: { ...sum, values: pickedExact(sum.values, rows) } }
        : { ...input, counts, sum: { values: pickedNumbers(sum.values, rows) } }
    }
  }
}
