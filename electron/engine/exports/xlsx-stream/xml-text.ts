import type { ByteBuilder } from './byte-builder.ts'

/** Excel refuses a cell with more UTF-16 units than this and offers to repair the file. */
export const MAX_CELL_TEXT = 32_767

const AMP = encode('&amp;')
const LT = encode('&lt;')
const GT = encode('&gt;')
const LITERAL_UNDERSCORE = encode('_x005F_')
const HEX = encode('0123456789ABCDEF')
const REPLACEMENT = 0xfffd

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** True when readers would trim or fold the text unless it is marked `xml:space="preserve"`. */
export function needsPreserve(text: string): boolean {
  if (text.length === 0) return false
  return (
    isSpace(text.charCodeAt(0)) || isSpace(text.charCodeAt(text.length - 1)) || /[\n\t]/.test(text)
  )
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13
}

/** The text cut to what a cell may hold, never between the halves of a surrogate pair. */
export function fitCell(text: string): string {
  if (text.length <= MAX_CELL_TEXT) return text
  const last = text.charCodeAt(MAX_CELL_TEXT - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? MAX_CELL_TEXT - 1 : MAX_CELL_TEXT)
}

/**
 * Appends cell text as escaped UTF-8. What XML cannot carry is written in Excel's `_xHHHH_` form,
 * a literal `_xHHHH_` in the text is protected, and a lone surrogate becomes U+FFFD.
 */
export function writeText(out: ByteBuilder, text: string): void {
  out.reserve(text.length * 7)
  const length = text.length
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) writeAscii(out, unit, text, i)
    else if (unit < 0x800) two(out, unit)
    else if (unit < 0xd800 || (unit > 0xdfff && unit < 0xfffe)) three(out, unit)
    else if (unit > 0xdfff) illegal(out, unit)
    else {
      const code = text.codePointAt(i) ?? REPLACEMENT
      if (code > 0xffff) {
        four(out, code)
        i++
      } else three(out, REPLACEMENT)
    }
  }
}

function writeAscii(out: ByteBuilder, unit: number, text: string, at: number): void {
  if (unit === 38) out.copy(AMP)
  else if (unit === 60) out.copy(LT)
  else if (unit === 62) out.copy(GT)
  else if (unit === 95 && looksEscaped(text, at)) out.copy(LITERAL_UNDERSCORE)
  else if (unit < 32 && unit !== 9 && unit !== 10) illegal(out, unit)
  else out.bytes[out.length++] = unit
}

function looksEscaped(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) === 120 && /^_x[0-9A-Fa-f]{4}_/.test(text.slice(at, at + 7))
}

/** A carriage return is legal XML, yet every parser turns it into a line feed: it goes here too. */
function illegal(out: ByteBuilder, unit: number): void {
  const bytes = out.bytes
  bytes[out.length++] = 95
  bytes[out.length++] = 120
  for (let shift = 12; shift >= 0; shift -= 4) bytes[out.length++] = HEX[(unit >> shift) & 15] ?? 48
  bytes[out.length++] = 95
}

function two(out: ByteBuilder, code: number): void {
  out.bytes[out.length++] = 0xc0 | (code >> 6)
  out.bytes[out.length++] = 0x80 | (code & 63)
}

function three(out: ByteBuilder, code: number): void {
  const bytes = out.bytes
  const at = out.length
  bytes[at] = 0xe0 | (code >> 12)
  bytes[at + 1] = 0x80 | ((code >> 6) & 63)
  bytes[at + 2] = 0x80 | (code & 63)
  out.length = at + 3
}

function four(out: ByteBuilder, code: number): void {
  out.bytes[out.length++] = 0xf0 | (code >> 18)
  out.bytes[out.length++] = 0x80 | ((code >> 12) & 63)
  out.bytes[out.length++] = 0x80 | ((code >> 6) & 63)
  out.bytes[out.length++] = 0x80 | (code & 63)
}

/** Escapes text for an attribute of a small part (sheet names, formats). */
export function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
