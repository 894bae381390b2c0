/** Workbook date serials to wall-clock days and seconds. */
import { cellKind } from '../cell-kinds.ts'

const firstSerialDay1900 = 25_569
const days1904 = 1462
const lastSerial = 2_958_466
const secondsPerDay = 86_400

export interface DatedCell {
  readonly kind: number
  readonly value: number
}

/**
 * Kind day, second or clock; undefined when the number cannot be a date. Times are rounded to whole seconds. The 1900
 * system counts a 29 February 1900 that never was (serial 60, read as the 28th), so earlier days shift by one.
 */
export function fromSerial(
  serial: number,
  timeOnly: boolean,
  date1904: boolean,
): DatedCell | undefined {
  if (!(serial >= 0 && serial < lastSerial)) return undefined
  const rounded = Math.round(serial * secondsPerDay)
  // A time of day half a second before midnight is no midnight of the next day.
  const seconds = timeOnly && serial < 1 ? Math.min(rounded, secondsPerDay - 1) : rounded
  const day = Math.floor(seconds / secondsPerDay)
  const clock = seconds - day * secondsPerDay
  if (day === 0 && !date1904) {
    return timeOnly || clock > 0 ? { kind: cellKind.clock, value: clock } : undefined
  }
  if (timeOnly && day === 0) return { kind: cellKind.clock, value: clock }
  const epochDay = date1904 ? day + days1904 - firstSerialDay1900 : shift1900(day)
  return clock === 0
    ? { kind: cellKind.day, value: epochDay }
    : { kind: cellKind.second, value: epochDay * secondsPerDay + clock }
}

function shift1900(day: number): number {
  return day - firstSerialDay1900 + (day < 60 ? 1 : 0)
}
