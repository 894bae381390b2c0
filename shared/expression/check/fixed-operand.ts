/**
 * The operand of an aggregate. `FIXED(aggregate, [field], …)` in it is a value per combination of the fields, whatever the
 * cell; the aggregate then counts every combination once, so that nothing of single rows may stand beside it.
 */
import type { FormulaError, FormulaOutcome } from '../formula-error.ts'
import { formulaError } from '../formula-error.ts'
import { isAggregateFunction } from '../functions/function-id.ts'
import { findField } from '../scope.ts'
import type { FormulaScope } from '../scope.ts'
import type { Span, Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import type { AggregateLeaf } from './aggregate-leaves.ts'
import { aggregateInside, aggregateValue, LeafList } from './aggregate-leaves.ts'
import { bareField } from './aggregate-formula.ts'
import type { CallTree, CheckContext, FieldTree } from './check-context.ts'
import { checkIn, kindError, rowField } from './check-formula.ts'
import { fixedMark } from './leaf-marks.ts'

export interface FixedOperand {
  /** Names of the fields, as written. */
  readonly by: readonly string[]
  /** What is computed per combination; the operand names them as fields. */
  readonly leaves: readonly AggregateLeaf[]
}

export interface Operand {
  readonly typed: Typed
  readonly fixed: FixedOperand | undefined
}

/** Whether FIXED may stand in an operand. */
export type OperandRules = 'fixedAllowed' | 'inFixed'
export const fixedRules: OperandRules = 'fixedAllowed'

export function checkOperandTree(
  tree: Tree,
  scope: FormulaScope,
  rules: OperandRules = fixedRules,
): FormulaOutcome<Operand> {
  const found = new Found()
  const checked = checkIn(tree, scope, {
    field: (field, context) => {
      found.fields.push(field)
      return rowField(field, context)
    },
    other: (call, context) => {
      if (call.fn !== 'fixed') {
        return isAggregateFunction(call.fn)
          ? aggregateInside(call, context)
          : context.refuse(kindError('cellsInAggregate', call))
      }
      if (rules === 'inFixed') return context.refuse(kindError('fixedInFixed', call))
      return fixedValue(call, found, context)
    },
  })
  if (!checked.ok) return checked
  const { by } = found
  if (!by) return { ok: true, value: { typed: checked.value, fixed: undefined } }
  const [stray] = found.fields
  if (stray) return { ok: false, errors: [notFixed(stray)] }
  return { ok: true, value: { typed: checked.value, fixed: { by, leaves: found.leaves.all } } }
}

const notFixed = ({ name, span }: FieldTree): FormulaError =>
  formulaError('expression/kindMismatch', 'fieldNotFixed', span, { name })

class Found {
  readonly fields: FieldTree[] = []
  readonly leaves = new LeafList(fixedMark)
  by: readonly string[] | undefined
}

function fixedValue(call: CallTree, found: Found, context: CheckContext): Typed {
  const [inner, ...fields] = call.args
  if (inner === undefined) throw new Error('the parser counts arguments')
  const before = found.leaves.all.length
  const by = fields.map((field) => fieldName(field, context))
  if (found.by && !sameNames(found.by, by)) {
    return context.refuse(kindError('fixedFieldsDiffer', call))
  }
  found.by = by
  const checked = checkIn(inner, context.scope, {
    field: (field, at) => bareField(field, context.scope, at),
    other: (part, at) => {
      if (!isAggregateFunction(part.fn)) return at.refuse(kindError('cellsInAggregate', part))
      if (part.fn === 'fixed') return at.refuse(kindError('fixedInFixed', part))
      return aggregateValue({ ...part, fn: part.fn }, found.leaves, 'inFixed', at)
    },
  })
  if (!checked.ok) {
    let last: Typed | undefined
    for (const error of checked.errors) last = context.refuse(error)
    if (last) return last
  } else if (found.leaves.all.length > before || namesLeaf(checked.value)) return checked.value
  return context.refuse(kindError('fixedOfNoAggregate', call))
}

function namesLeaf(part: Typed): boolean {
  switch (part.kind) {
    case 'constant':
      return false
    case 'field':
      return true
    case 'convert':
      return namesLeaf(part.of)
    case 'apply':
      return part.args.some(namesLeaf)
  }
}

function fieldName(tree: Tree, context: CheckContext): string {
  if (tree.kind !== 'field') {
    context.refuse(needed(tree.span))
    return ''
  }
  const found = findField(tree.name, tree.span, context.scope)
  if ('code' in found) context.refuse(found)
  return tree.name
}

const needed = (span: Span): FormulaError =>
  formulaError('expression/kindMismatch', 'fixedFieldNeeded', span)

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name))
