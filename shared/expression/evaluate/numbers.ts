import { defaultValueDigits } from '../functions/numbers.ts'
import type { NumberFunction } from '../functions/function-id.ts'
import { maxScale } from '../limits.ts'
import type { ApplyPart, OperatorOperation } from '../typed.ts'
import type { Value } from '../value.ts'
import { scaleOf } from '../value-type.ts'
import type { Rounding } from './exact.ts'
import { fit, modulo, narrowed, rescaled, widened } from './exact.ts'
import type { Evaluated } from './operation.ts'
import { exactOf, finite, numberOf, textOf } from './operation.ts'
import { compareValues } from './order.ts'

const scale = (part: ApplyPart, index: number): number => {
  const type = part.args[index]?.type
  return type === undefined ? 0 : scaleOf(type)
}

/** Blank when either is; both are of one kind. */
const onTwo =
  (
    exact: (a: bigint, b: bigint, part: ApplyPart) => Value,
    floating: (a: number, b: number) => number,
  ): Evaluated =>
  ([left, right], part) => {
    const [a, b] = [left, right]
    if (typeof a === 'bigint' && typeof b === 'bigint') return exact(a, b, part)
    if (typeof a === 'number' && typeof b === 'number') return finite(floating(a, b))
    return null
  }

function product(a: bigint, b: bigint, part: ApplyPart): Value {
  const whole = fit(a * b)
  const digits = scale(part, 0) + scale(part, 1)
  return whole === null ? null : rescaled(whole, digits, scaleOf(part.type))
}

/** One digit more than is kept, cut, then rounded: halves are told from less than halves by that digit. */
function quotient(a: bigint, b: bigint, part: ApplyPart): Value {
  if (b === 0n) return null
  const moved = widened(a, maxScale + 1 + scale(part, 1) - scale(part, 0))
  return moved === null ? null : narrowed(moved / b, 1, 'nearest')
}

const arithmetic: Pick<
  Record<OperatorOperation, Evaluated>,
  'add' | 'subtract' | 'multiply' | 'divide' | 'negate' | 'percent'
> = {
  add: onTwo(
    (a, b) => fit(a + b),
    (a, b) => a + b,
  ),
  subtract: onTwo(
    (a, b) => fit(a - b),
    (a, b) => a - b,
  ),
  multiply: onTwo(product, (a, b) => a * b),
  divide: onTwo(quotient, (a, b) => (b === 0 ? NaN : a / b)),
  negate: ([value]) =>
    typeof value === 'bigint' ? -value : typeof value === 'number' ? -value : null,
  percent: ([value], part) => {
    if (typeof value === 'number') return value / 100
    const exact = exactOf(value)
    return exact === null ? null : rescaled(exact, scale(part, 0) + 2, scaleOf(part.type))
  },
}

const digitsOf = (args: readonly Value[], index: number): number => Number(args[index] ?? 0n)

/** Digits to the left of the point become zeros. */
function roundExact(value: bigint, from: number, digits: number, rounding: Rounding): Value {
  if (digits >= from) return value
  const rounded = narrowed(value, from - digits, rounding)
  return digits < 0 ? widened(rounded, -digits) : rounded
}

const rounding =
  (how: Rounding) =>
  (args: readonly Value[], part: ApplyPart): Value => {
    const exact = exactOf(args[0])
    return exact === null ? null : roundExact(exact, scale(part, 0), digitsOf(args, 1), how)
  }

/** A floating number becomes exact. */
function roundFloating(value: number, digits: number): Value {
  const moved = digits < 0 ? value / 10 ** -digits : value * 10 ** digits
  if (!Number.isFinite(moved)) return null
  const size = Math.abs(moved)
  const down = Math.trunc(size)
  const rounded = BigInt(size - down >= 0.5 ? down + 1 : down) * (moved < 0 ? -1n : 1n)
  const fitting = fit(rounded)
  return fitting === null || digits >= 0 ? fitting : widened(fitting, -digits)
}

/** Value and step on one scale: that of the wider one. */
function steps(args: readonly Value[], part: ApplyPart): readonly [bigint, bigint, number] | null {
  const [value, given] = [exactOf(args[0]), part.args.length > 1 ? exactOf(args[1]) : 1n]
  if (value === null || given === null || given <= 0n) return null
  const most = Math.max(scale(part, 0), scale(part, 1))
  const wide = widened(value, most - scale(part, 0))
  const step = widened(given, most - scale(part, 1))
  return wide === null || step === null ? null : [wide, step, most]
}

const stepping =
  (up: boolean): Evaluated =>
  (args, part) => {
    const found = steps(args, part)
    if (found === null) return null
    const [value, step, most] = found
    const rest = modulo(up ? -value : value, step)
    const even = rest === null ? null : fit(up ? value + rest : value - rest)
    // A multiple of the step needs no more digits than the step has.
    return even === null ? null : narrowed(even, most - scaleOf(part.type), 'down')
  }

const extreme =
  (sign: 1 | -1): Evaluated =>
  (args) =>
    args.reduce((best, value) => {
      if (best === null || value === null) return best ?? value
      return sign * compareValues(value, best) > 0 ? value : best
    })

const writtenNumber =
  /^[ \t\r\n\u00a0\u3000]*([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)[ \t\r\n\u00a0\u3000]*$/

function readNumber(text: string, digits: number): Value {
  const found = writtenNumber.exec(text)?.[1]
  if (found === undefined) return null
  const [whole = '', fraction = ''] = found.replaceAll(',', '').split('.')
  const value = rescaled(BigInt(whole + fraction), fraction.length, digits)
  return value === null ? null : fit(value)
}

export const evaluateNumbers: Readonly<Record<NumberFunction, Evaluated>> & typeof arithmetic = {
  ...arithmetic,
  abs: ([value]) =>
    typeof value === 'bigint' && value < 0n
      ? -value
      : typeof value === 'number'
        ? Math.abs(value)
        : (value ?? null),
  sign: ([value]) =>
    typeof value === 'bigint' || typeof value === 'number'
      ? value > 0
        ? 1n
        : value < 0
          ? -1n
          : 0n
      : null,
  round: (args, part) => {
    const floating = numberOf(args[0])
    return floating === null
      ? rounding('nearest')(args, part)
      : roundFloating(floating, digitsOf(args, 1))
  },
  roundUp: rounding('up'),
  roundDown: rounding('down'),
  int: ([value], part) => {
    const exact = exactOf(value)
    return exact === null ? null : narrowed(exact, scale(part, 0), 'floor')
  },
  floor: stepping(false),
  ceiling: stepping(true),
  mod: (args, part) => {
    const [value, divisor] = [exactOf(args[0]), exactOf(args[1])]
    if (value === null || divisor === null) return null
    const most = scaleOf(part.type)
    const a = widened(value, most - scale(part, 0))
    const b = widened(divisor, most - scale(part, 1))
    return a === null || b === null ? null : modulo(a, b)
  },
  min: extreme(-1),
  max: extreme(1),
  power: onTwo(
    () => null,
    (a, b) => a ** b,
  ),
  value: (args, part) => {
    const text = textOf(args[0])
    const digits = part.args.length > 1 ? digitsOf(args, 1) : defaultValueDigits
    return text === null ? null : readNumber(text, digits)
  },
}
