import { evaluateFormula } from '../evaluate/evaluate.ts'
import { formulaError } from '../formula-error.ts'
import type { AggregateFunction } from '../functions/function-id.ts'
import { formulaLimits } from '../limits.ts'
import { printFormula } from '../print.ts'
import type { Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import type { ValueType } from '../value-type.ts'
import { doubleType, integerType, isDay, isExact, isNumber, scaleOf } from '../value-type.ts'
import type { CallTree, CheckContext } from './check-context.ts'
import { checkIn, kindError, notInRow, rowField } from './check-formula.ts'
import type { FixedOperand, OperandRules } from './fixed-operand.ts'
import { checkOperandTree } from './fixed-operand.ts'
import { leafMark } from './leaf-marks.ts'
import { namedPart } from './named-part.ts'
import { plainAggregate } from './plain-aggregates.ts'
import { suited, wanted } from './suit.ts'

/** What an engine is asked for: an aggregate over the rows of a cell. */
export interface AggregateLeaf {
  /** How the formula over the values names it; no field can be called so. */
  readonly name: string
  readonly aggregate: LeafAggregate
  /** A formula of rows; undefined for a count of rows. */
  readonly operand: Tree | undefined
  readonly typed: Typed | undefined
  /** Where the operand is made of values per combination of fields. */
  readonly fixed: FixedOperand | undefined
  /** Of a percentile: 0 to 100. */
  readonly percent: number | undefined
  readonly type: ValueType
}
export type LeafAggregate =
  'sum' | 'rows' | 'countDistinct' | 'min' | 'max' | 'median' | 'percentile'

/** Equal aggregates are asked once. */
export class LeafList {
  readonly all: AggregateLeaf[] = []
  readonly #places = new Map<string, AggregateLeaf>()
  readonly #mark: string

  constructor(mark = leafMark) {
    this.#mark = mark
  }

  add(leaf: Omit<AggregateLeaf, 'name'>): AggregateLeaf {
    const { aggregate, operand, percent } = leaf
    const written = operand ? printFormula(operand, 'en') : ''
    const key = `${aggregate} ${percent ?? ''} ${written}`
    const known = this.#places.get(key)
    if (known) return known
    const made = { ...leaf, name: `${this.#mark}${this.all.length}` }
    this.all.push(made)
    this.#places.set(key, made)
    return made
  }
}

export type AggregateCall = CallTree & { readonly fn: Exclude<AggregateFunction, 'fixed'> }

/** The value of an aggregate, as a part of the formula over the leaves. */
export function aggregateValue(
  call: AggregateCall,
  leaves: LeafList,
  rules: OperandRules,
  context: CheckContext,
): Typed {
  const plain = plainAggregate(call)
  if (plain) return context.check(plain)
  const leaf = leafOf(call, rules, context)
  if ('kind' in leaf) return leaf
  if (leaves.all.length >= formulaLimits.aggregates) {
    const details = { limit: formulaLimits.aggregates }
    return context.refuse(
      formulaError('expression/kindMismatch', 'tooManyAggregates', call.span, details),
    )
  }
  const { name, type } = leaves.add(leaf)
  return namedPart(name, type, call.span)
}

type NewLeaf = Omit<AggregateLeaf, 'name'>
const alone = { operand: undefined, typed: undefined, fixed: undefined, percent: undefined }

/** A part instead of a leaf stands for a mistake that has been told. */
function leafOf(call: AggregateCall, rules: OperandRules, context: CheckContext): NewLeaf | Typed {
  const [operand] = call.args
  if (call.fn === 'countRows' || operand === undefined) {
    return { ...alone, aggregate: 'rows', type: integerType }
  }
  const checked = checkOperandTree(operand, context.scope, rules)
  if (!checked.ok) {
    const [first, ...others] = checked.errors
    for (const error of others) context.refuse(error)
    if (first) return context.refuse(first)
    throw new Error('a mistake is told')
  }
  const { typed, fixed } = checked.value
  const over = { ...alone, operand, fixed }
  switch (call.fn) {
    case 'distinctCount':
      return { ...over, aggregate: 'countDistinct', typed, type: integerType }
    case 'minimum':
    case 'maximum': {
      const aggregate = call.fn === 'minimum' ? 'min' : 'max'
      if (typed.type.kind === 'blank' || isNumber(typed.type)) {
        const number = suited.number(typed, context)
        return { ...over, aggregate, typed: number, type: number.type }
      }
      if (isDay(typed.type)) return { ...over, aggregate, typed, type: typed.type }
      return context.refuse(
        formulaError('expression/typeMismatch', 'ofNumbersOrDates', operand.span),
      )
    }
    case 'median':
      return { ...over, aggregate: 'median', typed: numeric(typed, context), type: doubleType }
    case 'percentile': {
      const percent = percentOf(call, context)
      if (typeof percent !== 'number') return percent
      const number = numeric(typed, context)
      return { ...over, aggregate: 'percentile', typed: number, percent, type: doubleType }
    }
    default: {
      const number = numeric(typed, context)
      return { ...over, aggregate: 'sum', typed: number, type: number.type }
    }
  }
}

function numeric(typed: Typed, context: CheckContext): Typed {
  if (isNumber(typed.type)) return typed
  return typed.type.kind === 'blank'
    ? suited.number(typed, context)
    : context.refuse(wanted('number', typed))
}

/** Written out, as 0.9 or 90%, or given by a parameter. */
function percentOf({ args, span }: CallTree, context: CheckContext): number | Typed {
  const [, share] = args
  const checked = share && checkIn(share, context.scope, { field: rowField, other: notInRow })
  const value = checked?.ok === true && isConstant(checked.value) ? valueOf(checked.value) : NaN
  if (value >= 0 && value <= 1) return value * 100
  return context.refuse(
    formulaError('expression/typeMismatch', 'badShare', share?.span ?? span, {}, '90%'),
  )
}

function isConstant(part: Typed): boolean {
  switch (part.kind) {
    case 'constant':
      return true
    case 'field':
      return false
    case 'convert':
      return isConstant(part.of)
    case 'apply':
      return part.operation !== 'lastDay' && part.args.every(isConstant)
  }
}

function valueOf(part: Typed): number {
  const value = evaluateFormula(part, { valueOf: () => null, lastDay: null })
  if (typeof value !== 'bigint' || !isExact(part.type)) return NaN
  return Number(value) / 10 ** scaleOf(part.type)
}

/** Inside an aggregate of single rows no other aggregate stands. */
export function aggregateInside(call: CallTree, context: CheckContext): Typed {
  return context.refuse(kindError('aggregateInAggregate', call))
}
