import type { ByteBuilder } from './byte-builder.ts'

const MINUS = 45
const POINT = 46
const EXACT = 1e15
const DAY_MS = 86_400_000
/** Ten decimals of a day are 8.6 µs, and with a five-digit day they are the 15 digits Excel keeps. */
const DAY_FRACTION = 1e10
/** Days from Excel's day 0 to 1970-01-01 in the 1900 calendar, for days from 1900-03-01 on. */
const EPOCH_SERIAL = 25_569
/** Below this Excel counts a 29 February 1900 that never was; above the other it has no date. */
const FIRST_SAFE_SERIAL = 61
const LAST_SERIAL = 2_958_465

/** Appends a finite number as the shortest decimal text that reads back as the same double. */
export function writeNumber(out: ByteBuilder, value: number): void {
  out.reserve(32)
  const size = Math.abs(value)
  if (size < EXACT) {
    if (Number.isInteger(value)) {
      sign(out, value)
      out.digits(size)
      return
    }
    if (writeScaled(out, value, 100, 2) || writeScaled(out, value, 1e6, 6)) return
  }
  out.ascii(String(value))
}

/** Money and rates: `n / scale` is exactly the double, so n's digits are its decimal text. */
function writeScaled(out: ByteBuilder, value: number, scale: number, decimals: number): boolean {
  const size = Math.abs(value)
  const scaled = Math.round(size * scale)
  if (scaled >= EXACT || scaled / scale !== size) return false
  sign(out, value)
  const whole = Math.floor(scaled / scale)
  out.digits(whole)
  fraction(out, scaled - whole * scale, decimals)
  return true
}

function sign(out: ByteBuilder, value: number): void {
  if (value < 0) out.bytes[out.length++] = MINUS
}

function fraction(out: ByteBuilder, digits: number, decimals: number): void {
  if (digits === 0) return
  out.bytes[out.length++] = POINT
  out.digits(digits, decimals)
  while (out.bytes[out.length - 1] === 48) out.length--
}

/** True when a date that many days after 1970-01-01 has an Excel serial that means the same day. */
export function hasSerial(epochDay: number): boolean {
  const serial = epochDay + EPOCH_SERIAL
  return serial >= FIRST_SAFE_SERIAL && serial < LAST_SERIAL + 1
}

/** Appends the Excel serial of a whole day given in days since 1970-01-01. */
export function writeDaySerial(out: ByteBuilder, epochDay: number): void {
  out.reserve(32)
  out.digits(epochDay + EPOCH_SERIAL)
}

/** Appends the Excel serial of a wall-clock time given in milliseconds since 1970-01-01T00:00. */
export function writeTimeSerial(out: ByteBuilder, epochMs: number): void {
  out.reserve(32)
  let day = Math.floor(epochMs / DAY_MS)
  let part = Math.round(((epochMs - day * DAY_MS) / DAY_MS) * DAY_FRACTION)
  if (part === DAY_FRACTION) {
    day++
    part = 0
  }
  out.digits(day + EPOCH_SERIAL)
  fraction(out, part, 10)
}
