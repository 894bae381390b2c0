import { formulaError } from '../formula-error.ts'
import { maxScale } from '../limits.ts'
import type { BinaryOperator, Span, Tree } from '../tree.ts'
import type { Operation, Typed } from '../typed.ts'
import type { ValueType } from '../value-type.ts'
import {
  blankType,
  booleanType,
  commonType,
  doubleType,
  exactType,
  integerType,
  isDay,
  isNumber,
  scaleOf,
  textType,
} from '../value-type.ts'
import type { CheckContext } from './check-context.ts'
import { constant } from './check-context.ts'
import { convert } from './convert.ts'
import { asText, wanted } from './suit.ts'

type BinaryTree = Extract<Tree, { kind: 'binary' }>
type Check = (left: Typed, right: Typed, span: Span, context: CheckContext) => Typed

function apply(operation: Operation, type: ValueType, args: readonly Typed[], span: Span): Typed {
  return { kind: 'apply', operation, args, type, span }
}

const comparing =
  (operation: Operation, ordered: boolean): Check =>
  (left, right, span, context) => {
    const type = commonType(left.type, right.type)
    if (type === undefined) return mixed(left, right, context)
    if (ordered && type.kind === 'boolean') {
      return context.refuse(formulaError('expression/typeMismatch', 'notOrdered', span))
    }
    return apply(operation, booleanType, [convert(left, type), convert(right, type)], span)
  }

export function mixed(left: Typed, right: Typed, context: CheckContext): Typed {
  const details = { left: left.type.kind, right: right.type.kind }
  return context.refuse(formulaError('expression/typeMismatch', 'mixed', right.span, details))
}

/** Numbers of one scale; a date moves by whole days; two dates are some days apart. */
const adding =
  (operation: 'add' | 'subtract'): Check =>
  (left, right, span, context) => {
    const dates = [isDay(left.type), isDay(right.type)] as const
    if (operation === 'subtract' && left.type.kind === 'date' && right.type.kind === 'date') {
      return apply('dateDif', integerType, [right, left, dayUnit(span)], span)
    }
    if (dates[0] && !dates[1]) return moved(left, right, operation === 'subtract', span, context)
    if (dates[1] && !dates[0] && operation === 'add') {
      return moved(right, left, false, span, context)
    }
    return onNumbers(operation, left, right, span, context)
  }

const dayUnit = (span: Span): Typed => constant('day', textType, span)

function moved(date: Typed, days: Typed, back: boolean, span: Span, context: CheckContext): Typed {
  if (days.type.kind !== 'integer' && days.type.kind !== 'blank') {
    const reason = isNumber(days.type) ? 'wholeNeeded' : 'mixed'
    const details = { left: date.type.kind, right: days.type.kind }
    return context.refuse(formulaError('expression/typeMismatch', reason, days.span, details))
  }
  const whole = convert(days, integerType)
  const by = back ? apply('negate', integerType, [whole], days.span) : whole
  return apply('dateAdd', date.type, [date, by, dayUnit(span)], span)
}

/** Both as numbers of one kind, or undefined when one is none; the error is told. */
function numbers(left: Typed, right: Typed, context: CheckContext): ValueType | undefined {
  const strange = [left, right].find(({ type }) => !isNumber(type) && type.kind !== 'blank')
  if (strange !== undefined) {
    context.refuse(wanted('number', strange))
    return undefined
  }
  const type = commonType(left.type, right.type) ?? integerType
  return type.kind === 'blank' ? integerType : type
}

function onNumbers(
  operation: Operation,
  left: Typed,
  right: Typed,
  span: Span,
  context: CheckContext,
): Typed {
  const type = numbers(left, right, context)
  if (type === undefined) return constant(null, blankType, span)
  return apply(operation, type, [convert(left, type), convert(right, type)], span)
}

/** Exact operands keep their own scales here: the digits of a product are those of both. */
const scaling =
  (operation: 'multiply' | 'divide'): Check =>
  (left, right, span, context) => {
    const type = numbers(left, right, context)
    if (type === undefined || type.kind === 'double') {
      return onNumbersAs(operation, left, right, span, type)
    }
    const [a, b] = [left, right].map((part) =>
      part.type.kind === 'blank' ? convert(part, integerType) : part,
    )
    if (a === undefined || b === undefined) throw new Error('two operands stay two')
    const scale =
      operation === 'divide' ? maxScale : Math.min(maxScale, scaleOf(a.type) + scaleOf(b.type))
    return apply(operation, exactType(scale), [a, b], span)
  }

function onNumbersAs(
  operation: Operation,
  left: Typed,
  right: Typed,
  span: Span,
  type: ValueType | undefined,
): Typed {
  if (type === undefined) return constant(null, blankType, span)
  return apply(operation, type, [convert(left, type), convert(right, type)], span)
}

const joining: Check = (left, right, span, context) =>
  apply('concat', textType, [asText(left, context), asText(right, context)], span)

const raising: Check = (left, right, span, context) => {
  const type = numbers(left, right, context)
  return onNumbersAs('power', left, right, span, type && doubleType)
}

const checks: Readonly<Record<BinaryOperator, Check>> = {
  '=': comparing('equal', false),
  '<>': comparing('unequal', false),
  '<': comparing('less', true),
  '<=': comparing('atMost', true),
  '>': comparing('more', true),
  '>=': comparing('atLeast', true),
  '&': joining,
  '+': adding('add'),
  '-': adding('subtract'),
  '*': scaling('multiply'),
  '/': scaling('divide'),
  '^': raising,
}

export function checkBinary(tree: BinaryTree, context: CheckContext): Typed {
  return checks[tree.op](context.check(tree.left), context.check(tree.right), tree.span, context)
}

export function checkNegate(tree: Tree, span: Span, context: CheckContext): Typed {
  const of = context.check(tree)
  if (of.type.kind === 'blank') return convert(of, integerType)
  if (!isNumber(of.type)) return context.refuse(wanted('number', of))
  if (of.kind === 'constant' && typeof of.value === 'bigint') {
    return constant(-of.value, of.type, span)
  }
  return apply('negate', of.type, [of], span)
}

/** A hundredth: two more digits after the point. */
export function checkPercent(tree: Tree, span: Span, context: CheckContext): Typed {
  const of = context.check(tree)
  if (of.type.kind === 'blank') return convert(of, integerType)
  if (!isNumber(of.type)) return context.refuse(wanted('number', of))
  const type =
    of.type.kind === 'double' ? of.type : exactType(Math.min(maxScale, scaleOf(of.type) + 2))
  return apply('percent', type, [of], span)
}
