/** The second path: every measure in the plainest way, one base row after the other, sharing no code with the pivot. */
import type { Measure } from '../../../../shared/query/report-query.ts'

/** One value of a base row; decimals and whole numbers as whole numbers times 10^scale. */
export type RowValue = bigint | number | string | null

export interface BaseRow {
  readonly value: RowValue
  readonly weight: RowValue
  readonly over: RowValue
  readonly per: RowValue
}

export interface NaiveValue {
  /** Exact decimal text, or a double; null for blank. */
  readonly value: string | number | null
  /** The size of what was added up: how much a double may be off by rounding. */
  readonly size: number
}

/** Digits after the point of the value and of the weight. */
export interface Scales {
  readonly value: number
  readonly weight: number
}

/** Takes rows and says what the measure is over them. */
export interface Naive {
  readonly add: (row: BaseRow) => void
  readonly result: () => NaiveValue
}

/** First and last moment a balance is looked at in, as its date is counted. */
export interface Moments {
  readonly first: number
  readonly last: number
}

export function naiveAggregate(measure: Measure, scales: Scales, period?: Moments): Naive {
  let rows = 0
  const filled: RowValue[] = []
  const kept: BaseRow[] = []
  const keepsRows = ['weightedAverage', 'opening', 'closing'].includes(measure.aggregate)
  return {
    add: (row) => {
      rows++
      if (keepsRows) kept.push(row)
      else if (row.value !== null) filled.push(row.value)
    },
    result: () => {
      if (rows === 0) return { value: null, size: 0 }
      return valueOf(measure, { rows, filled, kept, period }, scales)
    },
  }
}

interface Met {
  readonly rows: number
  readonly filled: readonly RowValue[]
  readonly kept: readonly BaseRow[]
  readonly period: Moments | undefined
}

function valueOf(
  measure: Measure,
  { rows, filled, kept, period }: Met,
  scales: Scales,
): NaiveValue {
  switch (measure.aggregate) {
    case 'count':
      return whole(rows)
    case 'countDistinct':
      return whole(new Set(filled).size)
    case 'countDistinctWithBlank':
      return whole(new Set(filled).size + (filled.length < rows ? 1 : 0))
    case 'sum':
      return total(filled, scales.value)
    case 'average':
      return divided(total(filled, scales.value), filled.length)
    case 'min':
    case 'max':
      return extreme(measure.aggregate, filled, scales.value)
    case 'median':
      return between(filled, 0.5, scales.value)
    case 'percentile':
      return between(filled, (measure.percent ?? 50) / 100, scales.value)
    case 'weightedAverage':
      return weighted(kept, scales)
    case 'opening':
    case 'closing':
      return total(balances(kept, measure.aggregate, period), scales.value)
    case 'formula':
    case 'cells':
      throw new Error('a formula is computed from measures')
  }
}

const whole = (value: number): NaiveValue => ({ value: String(value), size: value })

const asNumber = (value: RowValue, scale: number): number =>
  typeof value === 'bigint' ? Number(value) / 10 ** scale : Number(value)

function total(values: readonly RowValue[], scale: number): NaiveValue {
  if (values.length === 0) return { value: null, size: 0 }
  let exact = 0n
  let sum = 0
  let lost = 0
  let size = 0
  let floating = false
  for (const value of values) {
    if (typeof value === 'bigint') exact += value
    else floating = true
    const number = asNumber(value, scale)
    size += Math.abs(number)
    const next = sum + number
    lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum
    sum = next
  }
  return floating ? { value: sum + lost, size } : { value: plainText(exact, scale), size }
}

function divided({ value, size }: NaiveValue, by: number): NaiveValue {
  return by === 0 || value === null
    ? { value: null, size: 0 }
    : { value: Number(value) / by, size: size / by }
}

function extreme(of: 'min' | 'max', values: readonly RowValue[], scale: number): NaiveValue {
  let best: RowValue = null
  for (const value of values) {
    if (value === null) continue
    if (best === null || (of === 'min' ? value < best : value > best)) best = value
  }
  if (typeof best === 'bigint') return { value: plainText(best, scale), size: 0 }
  return { value: best, size: typeof best === 'number' ? Math.abs(best) : 0 }
}

/** Between the two values nearest to a share of the sorted list. */
function between(values: readonly RowValue[], share: number, scale: number): NaiveValue {
  const sorted = values.map((value) => asNumber(value, scale)).sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  if (low === undefined || high === undefined) return { value: null, size: 0 }
  const size = Math.max(Math.abs(low), Math.abs(high))
  return { value: low + (high - low) * (place - Math.floor(place)), size }
}

function weighted(rows: readonly BaseRow[], scales: Scales): NaiveValue {
  const products: number[] = []
  const weights: number[] = []
  for (const { value, weight } of rows) {
    if (value === null || weight === null) continue
    const by = asNumber(weight, scales.weight)
    products.push(asNumber(value, scales.value) * by)
    weights.push(by)
  }
  const [sum, weight] = [total(products, 0), total(weights, 0)]
  if (sum.value === null || Number(weight.value) === 0) return { value: null, size: 0 }
  const by = Math.abs(Number(weight.value))
  return { value: Number(sum.value) / Number(weight.value), size: sum.size / by }
}

/** Of every owner the values told on its first or last date; with a period what stood at its beginning or its end. */
function balances(
  rows: readonly BaseRow[],
  which: 'opening' | 'closing',
  period: Moments | undefined,
): RowValue[] {
  const known = rows.filter(({ value, over }) => value !== null && over !== null)
  const owners = new Map<RowValue, BaseRow[]>()
  for (const row of known) {
    const own = owners.get(row.per)
    if (own) own.push(row)
    else owners.set(row.per, [row])
  }
  return [...owners.values()].flatMap((own) => {
    const told = period ? own.filter(({ over }) => Number(over) <= period.last) : own
    const before = period ? told.filter(({ over }) => Number(over) < period.first) : []
    const isFirst = which === 'opening' && before.length === 0
    const list = which === 'opening' && before.length > 0 ? before : told
    const dates = list.map(({ over }) => Number(over))
    const edge = dates.reduce((a, b) => (isFirst ? Math.min(a, b) : Math.max(a, b)), dates[0] ?? 0)
    return list.filter(({ over }) => Number(over) === edge).map(({ value }) => value)
  })
}

function plainText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  const fraction = scale === 0 ? '' : `.${digits.slice(point)}`
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`
}
