import { parseIsoDay } from '../../data/calendar-day.ts'
import { formulaError } from '../formula-error.ts'
import { formulaLimits, maxScale } from '../limits.ts'
import type { ScopeParameter } from '../scope.ts'
import type { Span } from '../tree.ts'
import type { Typed } from '../typed.ts'
import { blankType, booleanType, dateType, exactType, textType } from '../value-type.ts'
import type { CheckContext } from './check-context.ts'
import { constant } from './check-context.ts'

/** A parameter stands for its value; one of the wrong form is refused where it is used. */
export function parameterConstant(
  parameter: ScopeParameter,
  span: Span,
  context: CheckContext,
): Typed {
  const { name, type, value } = parameter
  if (value === null) return constant(null, blankType, span)
  const found = constantOf(type, value, span)
  if (found) return found
  const details = { name, value: String(value).slice(0, 60) }
  return context.refuse(formulaError('expression/typeMismatch', 'badParameter', span, details))
}

function constantOf(
  type: ScopeParameter['type'],
  value: number | string | boolean,
  span: Span,
): Typed | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'boolean' ? undefined : numberOf(digitsOf(value), span)
    case 'text':
      if (typeof value !== 'string') return undefined
      return constant(value === '' ? null : value, textType, span)
    case 'date': {
      const day = typeof value === 'string' ? parseIsoDay(value) : undefined
      return day === undefined ? undefined : constant(day, dateType, span)
    }
    case 'boolean':
      return typeof value === 'boolean' ? constant(value, booleanType, span) : undefined
  }
}

/** Doubles that are written with an exponent get their digits. */
function digitsOf(value: number | string): string {
  const text = String(value)
  if (typeof value === 'string' || !text.includes('e')) return text
  return Math.abs(value) < 1e15 ? value.toFixed(maxScale) : text
}

function numberOf(text: string, span: Span): Typed | undefined {
  const form = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!form) return undefined
  const [, sign = '', whole = '', written = ''] = form
  const fraction = written.replace(/0+$/, '')
  if (fraction.length > maxScale || whole.length + fraction.length > formulaLimits.digits) {
    return undefined
  }
  return constant(BigInt(sign + whole + fraction), exactType(fraction.length), span)
}
