/** Values of other days put beside a cell's own: as they are, as a difference, or as a share. */
import type { MeasureCompare } from '../../../../shared/query/measure-compare.ts'
import type { ResultMeasure, ValueColumn } from '../../../../shared/query/query-result.ts'

/** Where a cell's value stands among the answers. */
export interface ValueAt {
  readonly column: ValueColumn
  readonly at: number
}

type Show = NonNullable<MeasureCompare['show']>

export function shownMeasure(measure: ResultMeasure, show: Show): ResultMeasure {
  if (show !== 'percent') return measure
  const { scale, ...rest } = measure
  return { ...rest, type: 'double' }
}

/** One value per cell; a cell without a counterpart is blank. */
export function mergedColumn(
  own: readonly (ValueAt | undefined)[],
  other: readonly (ValueAt | undefined)[],
  show: Show,
): ValueColumn {
  if (show === 'value') return gathered(other)
  const pairs = own.map((value, cell) => [numberAt(value), numberAt(other[cell])] as const)
  if (show === 'percent') {
    const share = ([a, b]: readonly [number, number]): number => (b === 0 ? NaN : (a - b) / b)
    return { kind: 'number', values: Float64Array.from(pairs, share) }
  }
  const scale = commonScale([...own, ...other])
  if (scale === undefined) {
    return { kind: 'number', values: Float64Array.from(pairs, ([a, b]) => a - b) }
  }
  const raw = (value: ValueAt | undefined): number => Number(value?.column.values[value.at] ?? NaN)
  const values = Float64Array.from(own, (value, cell) => raw(value) - raw(other[cell]))
  return { kind: 'scaled', scale, values }
}

/** All whole numbers of one scale: subtracted without loss. */
function commonScale(
  values: readonly (ValueAt | undefined)[],
): 0 | 1 | 2 | 3 | 4 | 5 | 6 | undefined {
  const scales = new Set(
    values.flatMap((value) =>
      value ? [value.column.kind === 'scaled' ? value.column.scale : -1] : [],
    ),
  )
  const [scale = -1, ...more] = [...scales]
  return more.length === 0 && scale >= 0 ? (scale as 0) : undefined
}

function numberAt(value: ValueAt | undefined): number {
  const found = value?.column.values[value.at] ?? null
  if (!value || found === null) return NaN
  return value.column.kind === 'scaled' ? Number(found) / 10 ** value.column.scale : Number(found)
}

function gathered(values: readonly (ValueAt | undefined)[]): ValueColumn {
  const scale = commonScale(values)
  if (scale !== undefined) {
    const raw = (value: ValueAt | undefined): number =>
      Number(value?.column.values[value.at] ?? NaN)
    return { kind: 'scaled', scale, values: Float64Array.from(values, raw) }
  }
  const text = values.find((value) => value?.column.kind === 'text')?.column
  if (text?.kind !== 'text') {
    return { kind: 'number', values: Float64Array.from(values, numberAt) }
  }
  const { writing } = text
  return { kind: 'text', writing, values: values.map((value) => written(value)) }
}

function written(value: ValueAt | undefined): string | null {
  const found = value?.column.values[value.at] ?? null
  if (!value || found === null || Number.isNaN(found)) return null
  return value.column.kind === 'scaled'
    ? (Number(found) / 10 ** value.column.scale).toFixed(value.column.scale)
    : String(found)
}
