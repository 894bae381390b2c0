/** Any cell as the text it would be in a text column. */
import { clockTime, isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { cellKind, shownDigits } from '../cell-kinds.ts'
import { decimalText } from '../../../../shared/query/cell-reading.ts'
import type { Texts } from '../texts.ts'

/** Beyond the widest whole numbers of databases (39 digits) nobody counts or names anything. */
export const isWideWhole = (value: number): boolean =>
  Number.isInteger(value) && Math.abs(value) < 1e39

/** Null for blank and for error cells. */
export function cellText(kind: number, value: number, pool: Texts): string | null {
  if (kind >= cellKind.scaled && kind <= cellKind.scaledLast) {
    return decimalText(value, kind - cellKind.scaled)
  }
  const digits = shownDigits(kind)
  if (digits > 0) return String(value).padStart(digits, '0')
  switch (kind) {
    case cellKind.text:
      return pool.textAt(value)
    case cellKind.double:
      // Its shortest writing has an exponent from 22 digits on.
      return isWideWhole(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value) // prettier-ignore
    case cellKind.boolean:
      return value === 1 ? 'TRUE' : 'FALSE'
    case cellKind.day:
    case cellKind.dayText:
      return isoDay(value)
    case cellKind.second:
    case cellKind.secondText:
      return isoSecond(value).replace('T', ' ')
    case cellKind.clock:
      return clockTime(value)
    default:
      return null
  }
}
