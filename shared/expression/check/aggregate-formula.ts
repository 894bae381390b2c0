/**
 * A formula over aggregates: split into the aggregates it is made of, each over rows, and a formula over their values that is
 * computed once per cell. What engines are asked stays simple: see `plain-aggregates.ts`.
 */
import type { FormulaError, FormulaOutcome } from '../formula-error.ts'
import { formulaError } from '../formula-error.ts'
import { isAggregateFunction } from '../functions/function-id.ts'
import { printFormula } from '../print.ts'
import { nearestName } from '../nearest-name.ts'
import { fieldNames, findField, writeField } from '../scope.ts'
import type { MeasureScope, ScopeField } from '../scope.ts'
import type { Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import type { ValueType } from '../value-type.ts'
import type { AggregateLeaf } from './aggregate-leaves.ts'
import { aggregateValue, LeafList } from './aggregate-leaves.ts'
import type { CallTree, CheckContext, FieldTree } from './check-context.ts'
import type { FormulaRules } from './check-formula.ts'
import { checkIn, kindError } from './check-formula.ts'
import { fixedRules } from './fixed-operand.ts'
import { inputMark } from './leaf-marks.ts'
import { namedPart } from './named-part.ts'

export interface AggregateFormula {
  readonly kind: 'aggregate'
  readonly tree: Tree
  /** Over the values of the leaves, which it names as fields. */
  readonly value: Typed
  readonly leaves: readonly AggregateLeaf[]
  /** Measures of the question it names, which it reads like leaves. */
  readonly named: readonly NamedMeasure[]
}

export interface NamedMeasure {
  /** How the formula over the values names it; no field can be called so. */
  readonly name: string
  readonly measure: string
  readonly type: ValueType
}

export function checkAggregateFormula(
  tree: Tree,
  scope: MeasureScope,
): FormulaOutcome<AggregateFormula> {
  const leaves = new LeafList()
  const named: NamedMeasure[] = []
  const checked = checkIn(tree, scope, aggregateRules(leaves, named, scope))
  if (!checked.ok) return { ok: false, errors: withoutTwins(checked.errors) }
  const { value } = checked
  return { ok: true, value: { kind: 'aggregate', tree, value, leaves: leaves.all, named } }
}

function aggregateRules(
  leaves: LeafList,
  named: NamedMeasure[],
  scope: MeasureScope,
): FormulaRules {
  return {
    field: (field, context) =>
      measureValue(field, scope, named) ?? bareField(field, scope, context),
    other: (call, context) => {
      if (!isAggregateFunction(call.fn)) return context.refuse(kindError('cellsInAggregate', call))
      if (call.fn === 'fixed') return context.refuse(fixedAlone(call))
      return aggregateValue({ ...call, fn: call.fn }, leaves, fixedRules, context)
    },
  }
}

const fixedAlone = (call: CallTree): FormulaError =>
  kindError('fixedAlone', call, `AVERAGE(${printFormula(call, 'en')})`)

/** A name that is no field's, but a measure's, stands for what that is over the rows of the cell. */
function measureValue(
  { name, span }: FieldTree,
  scope: MeasureScope,
  named: NamedMeasure[],
): Typed | undefined {
  const found = scope.measures?.find((measure) => measure.name === name)
  if (!found || !('code' in findField(name, span, scope))) return undefined
  const known = named.find(({ measure }) => measure === name)
  const part = known ?? { name: `${inputMark}${named.length}`, measure: name, type: found.type }
  if (!known) named.push(part)
  return namedPart(part.name, part.type, span)
}

/** A value of a single row has no place beside aggregates: which row's would it be? */
export function bareField(
  { name, span }: FieldTree,
  scope: MeasureScope,
  context: CheckContext,
): Typed {
  const found = findField(name, span, scope)
  if (!('code' in found)) {
    const suggestion = `${suggested(found.field)}(${writeField(name)})`
    return context.refuse(
      formulaError('expression/kindMismatch', 'fieldInAggregate', span, { name }, suggestion),
    )
  }
  if (scope.measures?.some((measure) => measure.name === name) === true) {
    return context.refuse(
      formulaError('expression/kindMismatch', 'measureInAggregate', span, { name }),
    )
  }
  const near = nearestName(name, [...fieldNames(scope), ...(scope.measures ?? []).map((one) => one.name)]) // prettier-ignore
  return context.refuse(near === undefined ? found : { ...found, suggestion: writeField(near) })
}

function suggested({ type }: ScopeField): string {
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'double':
      return 'SUM'
    case 'date':
    case 'timestamp':
      return 'MAX'
    case 'text':
    case 'boolean':
      return 'DISTINCTCOUNT'
  }
}

/** A mean reads its operand twice: one mistake is told once. */
function withoutTwins(errors: readonly FormulaError[]): FormulaError[] {
  const seen = new Set<string>()
  return errors.filter(({ reason, span }) => {
    const key = `${reason} ${span.from} ${span.to}`
    const fresh = !seen.has(key)
    seen.add(key)
    return fresh
  })
}
