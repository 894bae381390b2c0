/** Recognises numbers, days and seconds in a text file's bytes, only in the one writing that can be written back exactly. */
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'
import { cellKind, maxScaledDigits } from '../cell-kinds.ts'

const zero = 0x30
const nine = 0x39
const dash = 0x2d
const point = 0x2e

/** The last recognised cell; one object for all, because one per cell would cost more than the recognition. */
export const recognised = { kind: 0, value: 0 }

/** True when bytes[from .. to) is such a cell; `recognised` then says which. */
export function recognise(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from] ?? 0
  const isDigit = first >= zero && first <= nine
  if (!isDigit && first !== dash) return false
  const length = to - from
  if (isDigit && bytes[from + 4] === dash && (length === 10 || length === 19)) {
    return recogniseTime(bytes, from, length)
  }
  return recogniseNumber(bytes, from, to)
}

/** No leading zeros, no plus, no exponent, no minus zero, at most 15 digits: `12`, `-0.50`. */
function recogniseNumber(bytes: Uint8Array, from: number, to: number): boolean {
  const negative = bytes[from] === dash
  const start = negative ? from + 1 : from
  if (to - start > maxScaledDigits + 1 || to === start) return false
  let value = 0
  let pointAt = -1
  for (let at = start; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= zero && byte <= nine) value = value * 10 + (byte - zero)
    else if (byte === point && pointAt < 0) pointAt = at
    else return false
  }
  const wholeDigits = (pointAt < 0 ? to : pointAt) - start
  const decimals = pointAt < 0 ? 0 : to - pointAt - 1
  if (wholeDigits === 0 || (pointAt >= 0 && decimals === 0)) return false
  if (wholeDigits + decimals > maxScaledDigits) return false
  if (wholeDigits > 1 && bytes[start] === zero) return false
  if (negative && value === 0) return false
  recognised.kind = cellKind.scaled + decimals
  recognised.value = negative ? -value : value
  return true
}

function recogniseTime(bytes: Uint8Array, from: number, length: number): boolean {
  const year = two(bytes, from) * 100 + two(bytes, from + 2)
  const month = bytes[from + 7] === dash ? two(bytes, from + 5) : -1
  const day = epochDayOf(year, month, two(bytes, from + 8))
  if (day === undefined || !(year >= 1)) return false
  if (length === 10) {
    recognised.kind = cellKind.dayText
    recognised.value = day
    return true
  }
  const clock = clockAt(bytes, from + 10)
  if (clock < 0) return false
  recognised.kind = cellKind.secondText
  recognised.value = day * 86_400 + clock
  return true
}

/** ` HH:MM:SS` as second of the day, or -1. */
function clockAt(bytes: Uint8Array, from: number): number {
  const colon = 0x3a
  if (bytes[from] !== 0x20 || bytes[from + 3] !== colon || bytes[from + 6] !== colon) return -1
  const hour = two(bytes, from + 1)
  const minute = two(bytes, from + 4)
  const second = two(bytes, from + 7)
  const valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
  return valid ? hour * 3600 + minute * 60 + second : -1
}

/** Two digits as a number; far below zero when they are not digits. */
function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - zero
  const ones = (bytes[at + 1] ?? 0) - zero
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -100_000
}
