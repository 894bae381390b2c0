import { defaultValueDigits } from '../../../../shared/expression/functions/numbers.ts'
import type { NumberFunction } from '../../../../shared/expression/functions/function-id.ts'
import { maxScale } from '../../../../shared/expression/limits.ts'
import type { ApplyPart, OperatorOperation } from '../../../../shared/expression/typed.ts'
import { scaleOf } from '../../../../shared/expression/value-type.ts'
import type { Expr } from '../../sql/nodes.ts'
import { binary, param, when } from '../../sql/nodes.ts'
import type { RowFunction } from '../../sql/row-functions.ts'
import { row } from '../../sql/row-functions.ts'
import type { Compiled } from './compiled.ts'
import {
  at,
  constantAt,
  exactConstant,
  isDoubleAt,
  nearest,
  rescaled,
  scaleAt,
  zero,
} from './compiled.ts'

const plain =
  (exact: RowFunction, floating: RowFunction): Compiled =>
  (args, part) =>
    row(isDoubleAt(part, 0) ? floating : exact, args)

const multiply: Compiled = (args, part) => {
  if (isDoubleAt(part, 0)) return row('floatMultiply', args)
  return rescaled(row('multiply', args), scaleAt(part, 0) + scaleAt(part, 1), scaleOf(part.type))
}

/** One digit more than is kept, cut, then rounded: no fraction is lost that a half could hide in. */
const divide: Compiled = (args, part) => {
  if (isDoubleAt(part, 0)) return row('ratio', args)
  return row('divided', args, maxScale + 1 + scaleAt(part, 1) - scaleAt(part, 0))
}

type Rounding = (expr: Expr, off: number) => Expr
const down: Rounding = (expr, off) => row('cutOff', [expr], off)
const up: Rounding = (expr, off) =>
  when(binary('<', expr, zero), row('floorOff', [expr], off), row('ceilOff', [expr], off))

const rounding =
  (round: Rounding) =>
  (args: readonly Expr[], part: ApplyPart): Expr => {
    const [scale, digits] = [scaleAt(part, 0), Number(constantAt(part, 1))]
    if (digits >= scale) return at(args, 0)
    const rounded = round(at(args, 0), scale - digits)
    return digits < 0 ? row('tens', [rounded], -digits) : rounded
  }

const roundNearest: Compiled = (args, part) => {
  if (!isDoubleAt(part, 0)) return rounding(nearest)(args, part)
  const digits = Number(constantAt(part, 1))
  const rounded = row('exactOfDouble', [at(args, 0)], digits)
  return digits < 0 ? row('tens', [rounded], -digits) : rounded
}

/** With the divisor's sign; blank for a divisor of zero. */
const modulo = (value: Expr, divisor: Expr): Expr =>
  row('rest', [row('add', [row('rest', [value, divisor]), divisor]), divisor])

/** Down to a multiple of the step, or up to one by going down on the other side of zero. */
const stepping =
  (side: 'down' | 'up'): Compiled =>
  (args, part) => {
    const most = Math.max(scaleAt(part, 0), scaleAt(part, 1))
    const value = rescaled(at(args, 0), scaleAt(part, 0), most)
    const given = part.args.length > 1 ? at(args, 1) : exactConstant(1n)
    const step = rescaled(given, scaleAt(part, 1), most)
    const even =
      side === 'down'
        ? row('subtract', [value, modulo(value, step)])
        : row('add', [value, modulo(row('negate', [value]), step)])
    const off = most - scaleOf(part.type)
    const narrow = off === 0 ? even : row('cutOff', [even], off)
    return row('cases', [binary('>', given, zero), narrow, exactNull])
  }

const exactNull = row('exact', [param(null)])

const mod: Compiled = (args, part) => {
  const most = scaleOf(part.type)
  const [value, divisor] = args.map((arg, index) => rescaled(arg, scaleAt(part, index), most))
  return modulo(value ?? exactNull, divisor ?? exactNull)
}

export const compileNumbers: Readonly<
  Record<
    | NumberFunction
    | Extract<OperatorOperation, 'add' | 'subtract' | 'multiply' | 'divide' | 'negate' | 'percent'>,
    Compiled
  >
> = {
  add: plain('add', 'floatAdd'),
  subtract: plain('subtract', 'floatSubtract'),
  multiply,
  divide,
  negate: (args) => row('negate', args),
  percent: (args, part) =>
    isDoubleAt(part, 0)
      ? row('ratio', [at(args, 0), row('typedDouble', [param(100)])])
      : rescaled(at(args, 0), scaleAt(part, 0) + 2, scaleOf(part.type)),
  abs: (args) => row('abs', args),
  sign: (args) => row('sign', args),
  round: roundNearest,
  roundUp: rounding(up),
  roundDown: rounding(down),
  int: (args, part) =>
    scaleAt(part, 0) === 0 ? at(args, 0) : row('floorOff', [at(args, 0)], scaleAt(part, 0)),
  floor: stepping('down'),
  ceiling: stepping('up'),
  mod: mod,
  min: (args) => row('least', args),
  max: (args) => row('greatest', args),
  power: (args) => row('power', args),
  value: (args, part) => {
    const digits = part.args.length > 1 ? Number(constantAt(part, 1)) : defaultValueDigits
    return row('firstOf', [
      row('numberTextNarrow', [at(args, 0)], digits),
      row('numberText', [at(args, 0)], digits),
    ])
  },
}
