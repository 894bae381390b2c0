/** Digits of decimals beyond 15, as many as a column keeps. */
import type { NumberForm } from './number-text.ts'
import { writtenDigits } from './number-text.ts'

/** Digits of a wide decimal, those behind the point included. */
const widestDecimal = 38

/** All digits of a number times 10^scale; null where there are more than fit or some would be cut off. */
export function exactDigits(text: string, scale: number, form: NumberForm): bigint | null {
  const found = writtenDigits(text, form)
  const { whole = '', fraction = '', move = 0, negative = false } = found ?? {}
  const zeros = scale + move - fraction.length
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  if (found === undefined || zeros < 0 || digits.length + zeros > widestDecimal) return null
  const size = BigInt(digits + '0'.repeat(zeros))
  return negative ? -size : size
}

/** Half away from zero; null where no digit would be cut off, or where there are more than fit. */
export function roundedDigits(text: string, scale: number, form: NumberForm): bigint | null {
  const found = writtenDigits(text, form)
  const { whole = '', fraction = '', move = 0, negative = false } = found ?? {}
  const cut = fraction.length - move - scale
  if (found === undefined || cut <= 0) return null
  const unit = 10n ** BigInt(cut)
  const all = BigInt(whole + fraction)
  const size = all / unit + ((all % unit) * 2n >= unit ? 1n : 0n)
  if (String(size).length > widestDecimal) return null
  return negative ? -size : size
}
