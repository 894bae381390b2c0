import type { CellValue } from '../../../../shared/data/cell-value.ts'
import type { ValueCount } from '../../../../shared/data/profile.ts'
import { isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { decimalText } from '../../../../shared/query/spread/accumulate.ts'
import type { KeyKind } from '../field-access.ts'
import type { RawColumn } from '../query-runner.ts'
import { toNumbers } from '../read-levels.ts'

/** Different values in ascending order with their rows: everything a profile of numbers and dates is made of. */
export interface Frequencies {
  /** Numbers as they are, days or seconds since 1970, 0 and 1. */
  readonly values: Float64Array
  readonly rows: Float64Array
  readonly total: number
  /** A value as people see it; numbers no double holds are text. */
  readonly show: (index: number) => CellValue
}

export function frequenciesOf(key: KeyKind, keys: RawColumn, counts: RawColumn): Frequencies {
  const raw = toNumbers(keys)
  const rows = toNumbers(counts)
  const factor = key.kind === 'number' ? 10 ** key.scale : 1
  const values = factor === 1 ? raw : raw.map((value) => value / factor)
  const total = rows.reduce((sum, count) => sum + count, 0)
  return { values, rows, total, show: (index) => shown(key, keys, values[index] ?? NaN, index) }
}

function shown(key: KeyKind, keys: RawColumn, value: number, index: number): CellValue {
  switch (key.kind) {
    case 'boolean':
      return value === 1
    case 'second':
      return isoSecond(value)
    case 'period':
      return isoDay(value)
    default: {
      const exact = keys.kind === 'wide' ? keys.values[index] : undefined
      return typeof exact === 'bigint' && key.kind === 'number'
        ? decimalText(exact, key.scale)
        : value
    }
  }
}

const shownTop = 20

/** The most frequent values; of equally frequent ones the smaller first. */
export function topOf({ rows, show }: Frequencies): ValueCount[] {
  const best: number[] = []
  for (let index = 0; index < rows.length; index++) {
    const last = best.at(-1)
    if (best.length === shownTop && last !== undefined && (rows[index] ?? 0) <= (rows[last] ?? 0))
      continue
    const at = best.findIndex((other) => (rows[other] ?? 0) < (rows[index] ?? 0))
    best.splice(at < 0 ? best.length : at, 0, index)
    if (best.length > shownTop) best.pop()
  }
  return best.map((index) => ({ value: show(index), rows: rows[index] ?? 0 }))
}
