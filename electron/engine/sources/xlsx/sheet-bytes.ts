/** Bytes of XML and of cell references, for the worksheet scanner. */
import { unreadable } from '../source-limits.ts'
import { cellKind, maxScaledDecimals, maxScaledDigits } from '../cell-kinds.ts'

export const lessThan = 0x3c
export const greaterThan = 0x3e
export const slash = 0x2f
export const colon = 0x3a
export const quote = 0x22
export const apostrophe = 0x27
export const equals = 0x3d
export const zero = 0x30
export const nine = 0x39
export const letterV = 0x76
export const letterF = 0x66

/** What `plainNumber` last found; one object for all, because one per cell would cost more than the finding. */
export const foundNumber = { kind: 0, value: 0 }

/** Plain digits, at most 15 of them: the position after, or -1 for anything a general parser must see. */
export function plainNumber(buffer: Buffer, from: number): number {
  const negative = buffer[from] === 0x2d
  const first = negative ? from + 1 : from
  let at = first
  let value = 0
  let point = -1
  for (; at - first <= maxScaledDigits + 1; at++) {
    const byte = buffer[at] ?? 0
    if (byte >= zero && byte <= nine) value = value * 10 + byte - zero
    else if (byte === 0x2e && point < 0) point = at
    else break
  }
  const digits = at - first - (point < 0 ? 0 : 1)
  const decimals = point < 0 ? 0 : at - point - 1
  if (digits === 0 || digits > maxScaledDigits || decimals > maxScaledDecimals) return -1
  foundNumber.kind = cellKind.scaled + decimals
  foundNumber.value = negative && value !== 0 ? -value : value
  return at
}

/** Plain digits of a whole number that is no amount, at most 9 of them: the position after, or -1. */
export function plainIndex(buffer: Buffer, from: number): number {
  let at = from
  let value = 0
  for (; at - from <= 9; at++) {
    const byte = buffer[at] as number // the caller stays clear of the end
    if (byte < zero || byte > nine) break
    value = value * 10 + byte - zero
  }
  if (at === from || at - from > 9) return -1
  foundNumber.value = value
  return at
}

/** The `>` that ends the tag at `open`, minding quotes; -1 when it is not there yet. */
export function tagEnd(buffer: Buffer, open: number): number {
  let within = 0
  for (let at = open + 1; at < buffer.length; at++) {
    const byte = buffer[at] ?? 0
    if (within !== 0) {
      if (byte === within) within = 0
    } else if (byte === greaterThan) return at
    else if (byte === quote || byte === apostrophe) within = byte
  }
  return -1
}

/** The place after an equals sign at `from`, which may have space around it; -1 when there is none. */
export function afterEquals(buffer: Buffer, from: number): number {
  let at = from
  while ((buffer[at] ?? 0x21) <= 0x20) at++
  if (buffer[at] !== equals) return -1
  at++
  while ((buffer[at] ?? 0x21) <= 0x20) at++
  return at
}

export function isWord(buffer: Buffer, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    if (buffer[at + i] !== word.charCodeAt(i)) return false
  }
  return true
}

/** `</v></c>` */
export function isCellEnd(buffer: Buffer, at: number): boolean {
  return (
    buffer[at] === lessThan &&
    buffer[at + 1] === slash &&
    buffer[at + 2] === letterV &&
    buffer[at + 3] === greaterThan &&
    buffer[at + 4] === lessThan &&
    buffer[at + 5] === slash &&
    buffer[at + 6] === 0x63 &&
    buffer[at + 7] === greaterThan
  )
}

export function digitsAt(buffer: Buffer, from: number): number {
  let value = 0
  for (let at = from; ; at++) {
    const byte = buffer[at] ?? 0
    if (byte < zero || byte > nine) return value
    value = value * 10 + (byte - zero)
  }
}

/** What `referenceEnd` last found; -1 where no letter stands. */
export const foundReference = { column: 0 }

/** Past a reference such as `AB12`, of a row with `rowDigits` digits or any other. */
export function referenceEnd(buffer: Buffer, from: number, rowDigits: number): number {
  let at = from
  let column = 0
  let byte = buffer[at] as number // the caller stays clear of the end
  for (; byte >= 0x41 && byte <= 0x5a; byte = buffer[++at] as number)
    column = column * 26 + byte - 0x40
  foundReference.column = column - 1
  if (buffer[at + rowDigits] === quote) return at + rowDigits
  while (byte >= zero && byte <= nine) byte = buffer[++at] as number
  return at
}

/** The 0-based column of a reference such as `AB12`. */
export function columnAt(buffer: Buffer, start: number, end: number): number {
  let column = 0
  for (let at = start; at < end; at++) {
    const letter = (buffer[at] ?? 0) & 0xdf
    if (letter < 0x41 || letter > 0x5a) break
    column = column * 26 + (letter - 0x40)
  }
  if (column === 0 || column > 16_384) throw unreadable('damaged', 'cell reference damaged')
  return column - 1
}
