import type { AppError } from '../errors.ts'
import { appError } from '../errors.ts'
import type { Span } from './tree.ts'

/** Why a formula is refused; each has words as `error.<code>.<reason>`. */
export interface FormulaReasons {
  readonly 'expression/syntax':
    | 'empty'
    | 'tooLong'
    | 'tooDeep'
    | 'tooManyParts'
    | 'tooComplex'
    | 'badCharacter'
    | 'unclosedText'
    | 'unclosedField'
    | 'emptyField'
    | 'missingClose'
    | 'strayClose'
    | 'missingOperand'
    | 'missingOperator'
    | 'missingArgument'
    | 'bareName'
    | 'unknownFunction'
    | 'volatile'
    | 'ambiguous'
    | 'tooFewArguments'
    | 'tooManyArguments'
    | 'numberTooLong'
  readonly 'expression/unknownField': 'unknown' | 'notRelated' | 'parameter' | 'measure'
  /** Single rows, aggregates and shown cells are three kinds of formula, and never one. */
  readonly 'expression/kindMismatch':
    | 'aggregateInRow'
    | 'cellsInRow'
    | 'fieldInAggregate'
    | 'measureInAggregate'
    | 'cellsInAggregate'
    | 'cellsNamedInAggregate'
    | 'aggregateInAggregate'
    | 'fieldInCells'
    | 'aggregateInCells'
    | 'fixedAlone'
    | 'fixedInFixed'
    | 'fixedOfNoAggregate'
    | 'fixedFieldNeeded'
    | 'fixedFieldsDiffer'
    | 'fieldNotFixed'
    | 'tooManyAggregates'
    | 'cellsInCircle'
  readonly 'expression/typeMismatch':
    | 'wanted'
    | 'mixed'
    | 'wholeNeeded'
    | 'roundFirst'
    | 'notOrdered'
    | 'fixedDigits'
    | 'fixedText'
    | 'relatedField'
    | 'badUnit'
    | 'unitNeedsTime'
    | 'badPattern'
    | 'badAxis'
    | 'badDirection'
    | 'badShare'
    | 'badWindow'
    | 'badParameter'
    | 'ofNumbersOrDates'
}
export type FormulaErrorCode = keyof FormulaReasons

export type FormulaErrorOf<C extends FormulaErrorCode> = {
  readonly code: C
  readonly reason: FormulaReasons[C]
  /** The place to mark. */
  readonly span: Span
  /** Values for the words: names as written, and words for types by key (`formula.type.*`). */
  readonly details: Readonly<Record<string, string | number>>
  /** What the text at `span` could be replaced by. */
  readonly suggestion?: string | undefined
}
export type FormulaError = { [C in FormulaErrorCode]: FormulaErrorOf<C> }[FormulaErrorCode]

export type FormulaOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FormulaError[] }

/** Carries one error out of a recursion; caught where the parser or the checker begins. */
export class FormulaFault extends Error {
  readonly error: FormulaError
  constructor(error: FormulaError) {
    super(error.reason)
    this.name = 'FormulaFault'
    this.error = error
  }
}

export function formulaError<C extends FormulaErrorCode>(
  code: C,
  reason: FormulaReasons[C],
  span: Span,
  details: FormulaErrorOf<C>['details'] = {},
  suggestion?: string,
): FormulaErrorOf<C> {
  return { code, reason, span, details, ...(suggestion === undefined ? {} : { suggestion }) }
}

/** As it crosses the contract: the place is `from` and `to`. */
export function asAppError(error: FormulaError): AppError<FormulaErrorCode> {
  const { code, reason, span, details, suggestion } = error
  return appError(code, {
    ...details,
    reason,
    ...span,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}
