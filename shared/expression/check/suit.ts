/** What an argument has to be, and what it is made into. */
import type { FormulaError, FormulaErrorOf } from '../formula-error.ts'
import { formulaError } from '../formula-error.ts'
import type { Takes } from '../functions/function-entry.ts'
import type { Typed } from '../typed.ts'
import type { TypeKind, ValueType } from '../value-type.ts'
import {
  booleanType,
  dateType,
  doubleType,
  integerType,
  isDay,
  isExact,
  textType,
  timestampType,
} from '../value-type.ts'
import type { CheckContext } from './check-context.ts'
import { convert } from './convert.ts'

/** Kinds of value as an error names them. */
export type Wanted = 'number' | Exclude<TypeKind, 'decimal' | 'double' | 'blank'>

export function wanted(kind: Wanted, found: Typed): FormulaErrorOf<'expression/typeMismatch'> {
  const details = { wanted: kind, found: found.type.kind }
  return formulaError('expression/typeMismatch', 'wanted', found.span, details)
}

/** Exact numbers and dates have one way to be written; floating numbers are rounded first, conditions are not text. */
export function asText(part: Typed, context: CheckContext): Typed {
  const { kind } = part.type
  if (kind === 'double') return context.refuse(roundFirst(part))
  if (kind === 'boolean') return context.refuse(wanted('text', part))
  return convert(part, textType)
}

function roundFirst({ span }: Typed): FormulaError {
  return formulaError('expression/typeMismatch', 'roundFirst', span)
}

type Suited = (part: Typed, context: CheckContext) => Typed

const ofKind =
  (kind: Wanted, type: ValueType): Suited =>
  (part, context) =>
    part.type.kind === kind || part.type.kind === 'blank'
      ? convert(part, type)
      : context.refuse(wanted(kind, part))

const exact: Suited = (part, context) => {
  if (isExact(part.type)) return part
  if (part.type.kind === 'blank') return convert(part, integerType)
  return context.refuse(part.type.kind === 'double' ? roundFirst(part) : wanted('number', part))
}

const whole: Suited = (part, context) => {
  const { kind } = part.type
  if (kind === 'decimal' || kind === 'double') {
    return context.refuse(formulaError('expression/typeMismatch', 'wholeNeeded', part.span))
  }
  return ofKind('integer', integerType)(part, context)
}

const day: Suited = (part, context) =>
  isDay(part.type) ? part : ofKind('date', dateType)(part, context)

type Plain = Exclude<
  Takes,
  'same' | 'ordered' | 'result' | 'digits' | 'pattern' | 'unit' | 'related' | 'axis' | 'direction'
>

/** Arguments that are what they are on their own. */
export const suited: Readonly<Record<Plain, Suited>> = {
  whole,
  exact,
  number: (part, context) => (part.type.kind === 'double' ? part : exact(part, context)),
  text: asText,
  day,
  timestamp: ofKind('timestamp', timestampType),
  condition: ofKind('boolean', booleanType),
  any: (part) => part,
}

export const floating = (part: Typed): Typed => convert(part, doubleType)
