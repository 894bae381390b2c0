/** Values as cells have them, and as formulas compute with them. */
import {
  isoDay,
  isoSecond,
  parseIsoDay,
  parseIsoSecond,
} from '../../../../shared/data/calendar-day.ts'
import type { CellValue } from '../../../../shared/data/cell-value.ts'
import { exactText } from '../../../../shared/expression/evaluate/exact.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import type { ValueType } from '../../../../shared/expression/value-type.ts'
import { isExact, scaleOf } from '../../../../shared/expression/value-type.ts'

export function readValue(value: CellValue, type: ValueType): Value {
  if (value === null) return null
  if (isExact(type)) return digitsOf(value, scaleOf(type))
  switch (type.kind) {
    case 'date':
      return typeof value === 'string' ? (parseIsoDay(value) ?? null) : Number(value)
    case 'timestamp':
      return typeof value === 'string' ? (parseIsoSecond(value) ?? null) : Number(value)
    case 'text':
      return String(value)
    case 'boolean':
      return String(value) === 'true'
    default:
      return Number(value)
  }
}

/** Text is exact; a number is the nearest one with so many digits. */
function digitsOf(value: Exclude<CellValue, null>, scale: number): bigint | null {
  if (typeof value === 'string') {
    const [whole = '0', fraction = ''] = value.split('.')
    return BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale))
  }
  const digits = Math.round(Number(value) * 10 ** scale)
  return Number.isFinite(digits) ? BigInt(digits) : null
}

export function writtenValue(value: Value, type: ValueType): string | number | null {
  if (typeof value === 'bigint') return exactText(value, scaleOf(type))
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return value
  if (type.kind === 'date') return isoDay(value)
  return type.kind === 'timestamp' ? isoSecond(value) : value
}
