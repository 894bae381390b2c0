import type { ConstantPart, Typed } from '../typed.ts'
import type { Value } from '../value.ts'
import type { ValueType } from '../value-type.ts'
import { isExact, sameType, scaleOf } from '../value-type.ts'

/** The same part as another type; constants are rewritten at once. The caller knows that the types go together. */
export function convert(of: Typed, type: ValueType): Typed {
  if (sameType(of.type, type)) return of
  if (of.kind === 'constant') {
    const value = constantAs(of, type)
    if (value !== undefined) return { kind: 'constant', value, type, span: of.span }
  }
  return { kind: 'convert', of, type, span: of.span }
}

function constantAs({ value, type: from }: ConstantPart, to: ValueType): Value | undefined {
  if (value === null) return null
  if (typeof value === 'bigint' && isExact(from) && isExact(to)) {
    return value * 10n ** BigInt(scaleOf(to) - scaleOf(from))
  }
  return undefined
}
