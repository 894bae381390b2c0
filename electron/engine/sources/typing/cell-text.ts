/** Any cell as the text it would be in a text column. */
import { clockTime, isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { cellKind, shownDigits } from '../cell-kinds.ts'
import { decimalText } from '../../../../shared/query/cell-reading.ts'
import type { Texts } from '../texts.ts'

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
      return String(value)
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
