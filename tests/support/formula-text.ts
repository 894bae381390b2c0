import { isoDay, isoSecond } from '../../shared/data/calendar-day.ts'
import { checkFormula } from '../../shared/expression/check/check-formula.ts'
import type { FormulaOutcome } from '../../shared/expression/formula-error.ts'
import { parseFormula } from '../../shared/expression/parser.ts'
import type { FormulaScope } from '../../shared/expression/scope.ts'
import type { Typed } from '../../shared/expression/typed.ts'
import type { Value } from '../../shared/expression/value.ts'
import type { ValueType } from '../../shared/expression/value-type.ts'
import { scaleOf } from '../../shared/expression/value-type.ts'
import { formulaScope } from './formula-rows.ts'

export function read(text: string, scope: FormulaScope = formulaScope): FormulaOutcome<Typed> {
  const tree = parseFormula(text)
  return tree.ok ? checkFormula(tree.value, scope) : tree
}

export function typed(text: string): Typed {
  const outcome = read(text)
  if (outcome.ok) return outcome.value
  throw new Error(`${text}: ${outcome.errors.map((error) => error.reason).join(', ')}`)
}

/** A value as the tests write it: `12.30` by its scale, `"text"`, ISO days, `blank`. */
export function shown(value: Value, type: ValueType): string {
  if (value === null) return 'blank'
  if (typeof value === 'string') return `"${value}"`
  if (typeof value === 'bigint') return digitsOf(value, scaleOf(type))
  if (type.kind === 'date') return isoDay(Number(value))
  if (type.kind === 'timestamp') return isoSecond(Number(value))
  return String(value)
}

function digitsOf(value: bigint, scale: number): string {
  if (scale === 0) return String(value)
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
