import { doubleType, exactType, integerType, scaleOf } from '../value-type.ts'
import type { ValueType } from '../value-type.ts'
import type { FunctionEntry, GivenArgument, Parameter } from './function-entry.ts'
import { always, asArgument } from './function-entry.ts'
import type { NumberFunction } from './function-id.ts'

const number = { kind: 'row', group: 'number' } as const
const exact: Parameter = { name: 'number', takes: 'exact' }
const anyNumber: Parameter = { name: 'number', takes: 'number' }
const digits: Parameter = { name: 'digits', takes: 'digits' }
const several: Parameter = { name: 'value', takes: 'ordered' }
const step: Parameter = { name: 'step', takes: 'exact', optional: true }

/** Never more digits than there were; a floating number has any. */
function roundedType(args: readonly GivenArgument[]): ValueType {
  const [of, wanted] = args
  const places = Math.max(0, Number(wanted?.constant ?? 0))
  if (of === undefined || of.type.kind === 'double') return exactType(places)
  return exactType(Math.min(places, scaleOf(of.type)))
}

/** A multiple of the step has the step's digits; of 1 when none is given. */
const steppedType = (args: readonly GivenArgument[]): ValueType => args[1]?.type ?? integerType

function widest(args: readonly GivenArgument[]): ValueType {
  return exactType(Math.max(...args.map(({ type }) => scaleOf(type))))
}

export const defaultValueDigits = 6

export const numberEntries: Readonly<Record<NumberFunction, FunctionEntry>> = {
  abs: {
    ...number,
    id: 'abs',
    english: ['ABS'],
    chinese: ['绝对值'],
    parameters: [anyNumber],
    gives: asArgument(0),
  },
  sign: {
    ...number,
    id: 'sign',
    english: ['SIGN'],
    chinese: ['正负号'],
    parameters: [anyNumber],
    gives: always(integerType),
  },
  round: {
    ...number,
    id: 'round',
    english: ['ROUND'],
    chinese: ['四舍五入'],
    parameters: [anyNumber, digits],
    gives: roundedType,
  },
  roundUp: {
    ...number,
    id: 'roundUp',
    english: ['ROUNDUP'],
    chinese: ['向上舍入'],
    parameters: [exact, digits],
    gives: roundedType,
  },
  roundDown: {
    ...number,
    id: 'roundDown',
    english: ['ROUNDDOWN'],
    chinese: ['向下舍入'],
    parameters: [exact, digits],
    gives: roundedType,
  },
  int: {
    ...number,
    id: 'int',
    english: ['INT'],
    chinese: ['取整'],
    parameters: [exact],
    gives: always(integerType),
  },
  floor: {
    ...number,
    id: 'floor',
    english: ['FLOOR'],
    chinese: ['向下取整'],
    parameters: [exact, step],
    gives: steppedType,
  },
  ceiling: {
    ...number,
    id: 'ceiling',
    english: ['CEILING'],
    chinese: ['向上取整'],
    parameters: [exact, step],
    gives: steppedType,
  },
  mod: {
    ...number,
    id: 'mod',
    english: ['MOD'],
    chinese: ['取余'],
    parameters: [exact, { name: 'divisor', takes: 'exact' }],
    gives: widest,
  },
  min: {
    ...number,
    id: 'min',
    english: ['MIN'],
    chinese: ['较小值'],
    parameters: [several],
    repeated: [several],
    gives: asArgument(0),
  },
  max: {
    ...number,
    id: 'max',
    english: ['MAX'],
    chinese: ['较大值'],
    parameters: [several],
    repeated: [several],
    gives: asArgument(0),
  },
  power: {
    ...number,
    id: 'power',
    english: ['POWER'],
    chinese: ['乘方'],
    parameters: [
      { name: 'base', takes: 'number' },
      { name: 'exponent', takes: 'number' },
    ],
    gives: always(doubleType),
  },
  value: {
    ...number,
    id: 'value',
    english: ['VALUE'],
    chinese: ['转数值'],
    parameters: [
      { name: 'text', takes: 'text' },
      { ...digits, optional: true },
    ],
    gives: (args) => exactType(Math.max(0, Number(args[1]?.constant ?? defaultValueDigits))),
  },
}
