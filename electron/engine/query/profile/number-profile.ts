import type { HistogramBin, NumberProfile } from '../../../../shared/data/profile.ts'
import type { Frequencies } from './frequencies.ts'

export const binCount = 20
/** Half of the examples of outliers come from each end. */
const examplesPerEnd = 5
/** Outliers lie further from the middle half than this many times its height. */
const outlierFactor = 3

export function numberProfile(found: Frequencies): NumberProfile {
  const mean = weightedSum(found, (value) => value) / found.total
  const squares = weightedSum(found, (value) => (value - mean) ** 2)
  const [q1, q2, q3] = [0.25, 0.5, 0.75].map((share) => quantile(found, share))
  const quartiles: NumberProfile['quartiles'] = [q1 ?? NaN, q2 ?? NaN, q3 ?? NaN]
  return {
    mean,
    deviation: found.total > 1 ? Math.sqrt(squares / (found.total - 1)) : null,
    quartiles,
    outliers: outliersOf(found, quartiles[0], quartiles[2]),
  }
}

/** Neumaier's compensated sum: a million cents do not drift. */
function weightedSum({ values, rows }: Frequencies, term: (value: number) => number): number {
  let sum = 0
  let lost = 0
  for (let index = 0; index < values.length; index++) {
    const next = term(values[index] ?? 0) * (rows[index] ?? 0)
    const after = sum + next
    lost += Math.abs(sum) >= Math.abs(next) ? sum - after + next : next - after + sum
    sum = after
  }
  return sum + lost
}

/** The value at a share of the sorted rows, between two rows by their distance. */
function quantile(found: Frequencies, share: number): number {
  const position = (found.total - 1) * share
  const lower = Math.floor(position)
  const low = valueAt(found, lower)
  if (position === lower) return low
  return low + (valueAt(found, lower + 1) - low) * (position - lower)
}

function valueAt({ values, rows }: Frequencies, position: number): number {
  let passed = 0
  for (let index = 0; index < values.length; index++) {
    passed += rows[index] ?? 0
    if (passed > position) return values[index] ?? NaN
  }
  return NaN
}

function outliersOf(found: Frequencies, q1: number, q3: number): NumberProfile['outliers'] {
  const { values, rows } = found
  const reach = outlierFactor * (q3 - q1)
  const [lowest, highest] = [q1 - reach, q3 + reach]
  let [below, above] = [0, 0]
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN
    if (value < lowest) below += rows[index] ?? 0
    else if (value > highest) above += rows[index] ?? 0
  }
  const low = values.slice(0, examplesPerEnd).filter((value) => value < lowest)
  const high = values.slice(-examplesPerEnd).filter((value) => value > highest)
  return { lowest, highest, below, above, examples: [...low, ...high] }
}

/** Bins of one width from the smallest to the largest value; whole numbers that fit get a bin each. */
export function numberBins({ values, rows }: Frequencies, whole: boolean): HistogramBin[] {
  const [min, max] = [values[0], values.at(-1)]
  if (min === undefined || max === undefined) return []
  const single = min === max || (whole && max - min < binCount)
  const count = single ? max - min + 1 : binCount
  const width = single ? 1 : (max - min) / binCount
  const totals = new Array<number>(count).fill(0)
  for (let index = 0; index < values.length; index++) {
    const at = Math.min(count - 1, Math.floor(((values[index] ?? 0) - min) / width))
    totals[at] = (totals[at] ?? 0) + (rows[index] ?? 0)
  }
  return totals.map((total, index) => ({
    from: min + index * width,
    to: single ? min + index : index === count - 1 ? max : min + (index + 1) * width,
    rows: total,
  }))
}
