/** Numbers as value / 10^decimals where that is exact, so that 148.92 stays 148.92. */
import { cellKind, maxScaledDecimals, maxScaledDigits } from './cell-kinds.ts'

export interface ExactNumber {
  readonly kind: number
  readonly value: number
}

const tens = Array.from({ length: 23 }, (_, power) => 10 ** power)

export function powerOfTen(power: number): number {
  return tens[power] ?? 10 ** power
}

/** The shortest decimal that is this double, as integer and decimals; kind `double` when it needs more than 15 digits. */
export function exactNumber(value: number): ExactNumber {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) {
    return { kind: cellKind.scaled, value: value === 0 ? 0 : value }
  }
  // Prices: the fewest decimals that give the very double back are those of its shortest writing.
  if (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e10) {
    for (let decimals = 1; decimals <= 4; decimals++) {
      const scaled = Math.round(value * powerOfTen(decimals))
      if (scaled / powerOfTen(decimals) === value) return { kind: cellKind.scaled + decimals, value: scaled } // prettier-ignore
    }
  }
  const parsed = /^(-?)(\d+)\.(\d+)$/.exec(String(value))
  if (parsed === null) return { kind: cellKind.double, value }
  const [, sign = '', whole = '', fraction = ''] = parsed
  const digits = (whole + fraction).replace(/^0+/, '')
  if (digits.length > maxScaledDigits || fraction.length > maxScaledDecimals) {
    return { kind: cellKind.double, value }
  }
  return { kind: cellKind.scaled + fraction.length, value: Number(sign + digits) }
}
