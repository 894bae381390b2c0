/** Tree to typed parts: fields found, functions and operators checked, types brought together without loss. */
import type { FormulaError, FormulaErrorOf, FormulaOutcome } from '../formula-error.ts'
import { formulaError } from '../formula-error.ts'
import { functions } from '../functions/catalogue.ts'
import { isRowFunction } from '../functions/function-id.ts'
import { findField, findParameter } from '../scope.ts'
import type { FormulaScope } from '../scope.ts'
import type { Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import { blankType, booleanType, exactType, fieldValueType, textType } from '../value-type.ts'
import { checkCall } from './check-call.ts'
import type { CallTree, CheckContext, FieldTree } from './check-context.ts'
import { constant } from './check-context.ts'
import { checkBinary, checkNegate, checkPercent } from './check-operator.ts'
import { parameterConstant } from './parameter-constant.ts'

/** A formula of single rows. Every mistake is listed, in the order of the text. */
export function checkFormula(tree: Tree, scope: FormulaScope): FormulaOutcome<Typed> {
  return checkIn(tree, scope, { field: rowField, other: notInRow })
}

/** What names in brackets and functions beyond those of rows are, by the kind of formula. */
export interface FormulaRules {
  readonly field: (tree: FieldTree, context: CheckContext) => Typed
  readonly other: (tree: CallTree, context: CheckContext) => Typed
}

export function checkIn(
  tree: Tree,
  scope: FormulaScope,
  rules: FormulaRules,
): FormulaOutcome<Typed> {
  const errors: FormulaError[] = []
  const context = contextOf(scope, rules, errors)
  const value = context.check(tree)
  if (errors.length === 0) return { ok: true, value }
  return { ok: false, errors: errors.toSorted((a, b) => a.span.from - b.span.from) }
}

/** Notes what is wrong in `errors`. */
export function contextOf(
  scope: FormulaScope,
  rules: FormulaRules,
  errors: FormulaError[],
): CheckContext {
  const context: CheckContext = {
    scope,
    check: (part) => checkPart(part, context),
    field: (part) => rules.field(part, context),
    other: (part) => rules.other(part, context),
    refuse: (error) => {
      errors.push(error)
      return constant(null, blankType, error.span)
    },
  }
  return context
}

export function rowField({ name, span }: FieldTree, context: CheckContext): Typed {
  const place = findField(name, span, context.scope)
  if ('code' in place) return context.refuse(place)
  return { kind: 'field', place, type: fieldValueType(place.field), span }
}

export function notInRow(tree: CallTree, context: CheckContext): Typed {
  const reason = functions[tree.fn].kind === 'cells' ? 'cellsInRow' : 'aggregateInRow'
  return context.refuse(kindError(reason, tree))
}

/** Names the function as it is first called in English; the words show the place anyway. */
export function kindError(
  reason: FormulaErrorOf<'expression/kindMismatch'>['reason'],
  { fn, span }: CallTree,
  suggestion?: string,
): FormulaError {
  const [name] = functions[fn].english
  return formulaError('expression/kindMismatch', reason, span, { name }, suggestion)
}

function checkPart(tree: Tree, context: CheckContext): Typed {
  const { span } = tree
  switch (tree.kind) {
    case 'number': {
      const [whole = '', fraction = ''] = tree.digits.split('.')
      return constant(BigInt(whole + fraction), exactType(fraction.length), span)
    }
    case 'text':
      // Empty text is blank, as in files.
      return constant(tree.text === '' ? null : tree.text, textType, span)
    case 'boolean':
      return constant(tree.value, booleanType, span)
    case 'field':
      return context.field(tree)
    case 'parameter': {
      const found = findParameter(tree.name, span, context.scope)
      if ('code' in found) return context.refuse(found)
      return parameterConstant(found, span, context)
    }
    case 'negate':
      return checkNegate(tree.of, span, context)
    case 'percent':
      return checkPercent(tree.of, span, context)
    case 'binary':
      return checkBinary(tree, context)
    case 'call': {
      const { fn } = tree
      return isRowFunction(fn) ? checkCall(fn, tree, context) : context.other(tree)
    }
  }
}
