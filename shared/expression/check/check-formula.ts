/** Tree to typed parts: fields found, functions and operators checked, types brought together without loss. */
import type { FormulaError, FormulaOutcome } from '../formula-error.ts'
import { findField } from '../scope.ts'
import type { FormulaScope } from '../scope.ts'
import type { Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import { blankType, booleanType, exactType, fieldValueType, textType } from '../value-type.ts'
import { checkCall } from './check-call.ts'
import type { CheckContext } from './check-context.ts'
import { constant } from './check-context.ts'
import { checkBinary, checkNegate, checkPercent } from './check-operator.ts'

/** Every mistake is listed, in the order of the text. */
export function checkFormula(tree: Tree, scope: FormulaScope): FormulaOutcome<Typed> {
  const errors: FormulaError[] = []
  const context: CheckContext = {
    scope,
    check: (part) => checkPart(part, context),
    refuse: (error) => {
      errors.push(error)
      return constant(null, blankType, error.span)
    },
  }
  const value = context.check(tree)
  if (errors.length === 0) return { ok: true, value }
  return { ok: false, errors: errors.toSorted((a, b) => a.span.from - b.span.from) }
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
    case 'field': {
      const place = findField(tree.name, span, context.scope)
      if ('code' in place) return context.refuse(place)
      return { kind: 'field', place, type: fieldValueType(place.field), span }
    }
    case 'negate':
      return checkNegate(tree.of, span, context)
    case 'percent':
      return checkPercent(tree.of, span, context)
    case 'binary':
      return checkBinary(tree, context)
    case 'call':
      return checkCall(tree, context)
  }
}
