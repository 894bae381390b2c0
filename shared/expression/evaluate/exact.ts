/** Exact arithmetic on digits without a point; blank where more than 38 digits would be needed. */
import { exactLimit } from '../limits.ts'

export type Exact = bigint | null

export function fit(value: bigint): Exact {
  return value < exactLimit && value > -exactLimit ? value : null
}

const powers = Array.from({ length: 64 }, (_, digits) => 10n ** BigInt(digits))

export const powerOfTen = (digits: number): bigint => powers[digits] ?? 10n ** BigInt(digits)

/** More digits after the point. */
export function widened(value: bigint, by: number): Exact {
  return fit(value * powerOfTen(by))
}

export type Rounding = 'nearest' | 'down' | 'up' | 'floor'

/** `by` digits fewer. `nearest` takes halves away from zero, as Excel does; `down` is towards zero, `up` away from it. */
export function narrowed(value: bigint, by: number, rounding: Rounding): bigint {
  const unit = powerOfTen(by)
  const [quotient, rest] = [value / unit, value % unit]
  if (rest === 0n) return quotient
  const away = value < 0n ? -1n : 1n
  switch (rounding) {
    case 'nearest':
      return 2n * magnitude(rest) >= unit ? quotient + away : quotient
    case 'down':
      return quotient
    case 'up':
      return quotient + away
    case 'floor':
      return value < 0n ? quotient - 1n : quotient
  }
}

export const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/** From one count of digits after the point to another. */
export function rescaled(value: bigint, from: number, to: number): Exact {
  return to >= from ? widened(value, to - from) : narrowed(value, from - to, 'nearest')
}

/** The rest has the divisor's sign, as in Excel; blank for a divisor of zero. */
export function modulo(value: bigint, divisor: bigint): Exact {
  if (divisor === 0n) return null
  const moved = fit((value % divisor) + divisor)
  return moved === null ? null : moved % divisor
}

/** Without needless zeros: 1230 of scale 2 is `12.3`. */
export function exactText(value: bigint, scale: number): string {
  const text = fixedText(value, scale)
  return scale === 0 ? text : text.replace(/\.?0+$/, '')
}

/** With all digits of the scale: 1230 of scale 2 is `12.30`. */
export function fixedText(value: bigint, scale: number): string {
  if (scale === 0) return String(value)
  const digits = String(magnitude(value)).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** To a floating number, as the columnar store divides: once. */
export function exactToDouble(value: bigint, scale: number): number {
  return Number(value) / 10 ** scale
}
